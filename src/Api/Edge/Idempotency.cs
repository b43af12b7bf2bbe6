using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>
/// One command acts once for one key (API5): <c>Idempotency-Key</c> on REST (draft-ietf-httpapi-idempotency-key-header),
/// <c>idempotencyKey</c> in the input of a mutation. The key is reserved before the command runs and holds its answer after; a repeat gets
/// that answer, another request under the same key is refused, and a repeat while the first still runs is told to wait. A reservation
/// whose process died is taken over after a minute. Keys are apart for each client and operation.
/// </summary>
internal sealed class Idempotency(IPlatformDbFactory databases, TimeProvider time)
{
    public const int MaxKeyLength = 200;
    private const string Running = "";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    /// <exception cref="ApiException">The key is malformed, was used for something else, or its command still runs.</exception>
    public async Task<TAnswer> RunAsync<TAnswer>(Scope scope, Guid owner, string? key, string operation, object request, Func<Task<TAnswer>> command, CancellationToken cancellationToken)
    {
        if (key is null)
            return await command();
        if (key.Length is 0 or > MaxKeyLength)
            throw ApiException.BadInput("idempotencyKey", $"An idempotency key has 1 to {MaxKeyLength} characters.");

        var name = Hash($"{scope.Actor}\n{operation}\n{key}");
        var requestHash = Hash(JsonSerializer.Serialize(request, request.GetType()));
        // The owner is a tenant of the scope, or the MSP itself where the command makes a tenant.
        var own = scope with { Tenants = new HashSet<Guid> { owner } };
        if (await FindAsync<TAnswer>(own, owner, name, requestHash, cancellationToken) is { } before)
            return before.Answer;
        if (!await ReserveAsync(own, owner, name, requestHash, cancellationToken))
        {
            return await FindAsync<TAnswer>(own, owner, name, requestHash, cancellationToken) is { } winner
                ? winner.Answer
                : throw StillRunning();
        }

        try
        {
            var answer = await command();
            var response = JsonSerializer.Serialize(answer);
            // The command has acted: its answer is kept even when the caller has gone.
            await using var db = databases.Open(own);
            var row = await db.IdempotencyKeys.SingleAsync(row => row.TenantId == owner && row.Key == name, CancellationToken.None);
            db.Entry(row).Property(r => r.Response).CurrentValue = response;
            await db.SaveChangesAsync(CancellationToken.None);
            return answer;
        }
        catch
        {
            await ForgetAsync(own, owner, name, CancellationToken.None);
            throw;
        }
    }

    private async Task ForgetAsync(Scope scope, Guid owner, string name, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        if (await db.IdempotencyKeys.SingleOrDefaultAsync(row => row.TenantId == owner && row.Key == name && row.Response == Running, cancellationToken) is not { } row)
            return;
        db.IdempotencyKeys.Remove(row);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Kept<TAnswer>?> FindAsync<TAnswer>(Scope scope, Guid owner, string name, string requestHash, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var row = await db.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == owner && row.Key == name, cancellationToken);
        if (row is null)
            return null;
        if (row.RequestHash != requestHash)
            throw new ApiException(ErrorCodes.IdempotencyKeyReused, "This idempotency key was used for another request. Use a new key.", 422, "idempotencyKey");
        if (row.Response != Running)
            return new Kept<TAnswer>(JsonSerializer.Deserialize<TAnswer>(row.Response)!);
        if (time.GetUtcNow() - row.CreatedAt < AbandonedAfter)
            throw StillRunning();
        await ForgetAsync(scope, owner, name, cancellationToken);
        return null;
    }

    private async Task<bool> ReserveAsync(Scope scope, Guid owner, string name, string requestHash, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        db.IdempotencyKeys.Add(new IdempotencyRow { TenantId = owner, Key = name, RequestHash = requestHash, Response = Running, CreatedAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another request reserved the key first, or the insert failed for another reason: then the row is not there to be found.
            if (await db.IdempotencyKeys.AsNoTracking().AnyAsync(row => row.TenantId == owner && row.Key == name, cancellationToken))
                return false;
            throw;
        }
    }

    private static ApiException StillRunning() =>
        new(ErrorCodes.IdempotencyInProgress, "The first request under this idempotency key still runs. Repeat in a moment.", 409, "idempotencyKey");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Kept<TAnswer>(TAnswer Answer);
}
