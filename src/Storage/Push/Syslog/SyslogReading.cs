using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Storage.Push.Syslog;

/// <summary>Syslog targets as people see them.</summary>
public interface ISyslogReading
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<SyslogTargetView>> PageAsync(Scope scope, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken);

    Task<int> CountAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Null when it is unknown or out of reach.</summary>
    Task<SyslogTargetView?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken);
}

/// <param name="Behind">Events of the feed that are not known to have arrived, of whatever kind.</param>
public sealed record SyslogTargetView(SyslogTargetRow Row, long Behind);

internal sealed class SyslogReading(IPlatformDbFactory databases) : ISyslogReading
{
    public async Task<IReadOnlyList<SyslogTargetView>> PageAsync(Scope scope, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        var targets = db.SyslogTargets.AsNoTracking();
        return await ViewsAsync(db, await targets.NewestFirst(row => row.CreatedAt, after).Take(count).ToListAsync(cancellationToken), cancellationToken);
    }

    public async Task<int> CountAsync(Scope scope, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return await db.SyslogTargets.CountAsync(cancellationToken);
    }

    public async Task<SyslogTargetView?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushRead);
        await using var db = databases.Open(scope);
        return (await ViewsAsync(db, await db.SyslogTargets.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken), cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<SyslogTargetView>> ViewsAsync(PlatformDb db, List<SyslogTargetRow> rows, CancellationToken cancellationToken)
    {
        var last = await PushProgress.LastAsync(db, [.. rows.Select(row => row.OwnerId).Distinct()], cancellationToken);
        return [.. rows.Select(row => new SyslogTargetView(row, Math.Max(0, last.GetValueOrDefault(row.OwnerId) - row.Position)))];
    }
}
