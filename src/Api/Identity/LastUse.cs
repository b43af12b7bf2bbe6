using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Platform.Api.Identity;

/// <summary>Notes when a client last used its key, at most once a minute, never at the cost of the request.</summary>
internal sealed partial class LastUse(IServiceScopeFactory scopes, TimeProvider time, ILogger<LastUse> logger)
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    public async ValueTask NoteAsync(string clientId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = _noted.GetOrAdd(clientId, DateTimeOffset.MinValue);
        if (now - before < Grain || !_noted.TryUpdate(clientId, now, before))
            return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            var updated = await db.ClientUses.Where(row => row.ClientId == clientId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
            if (updated > 0)
                return;
            db.ClientUses.Add(new ClientUseRow { ClientId = clientId, LastUsedAt = now });
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            NotNoted(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of an API client could not be noted")]
    private static partial void NotNoted(ILogger logger, Exception exception);
}
