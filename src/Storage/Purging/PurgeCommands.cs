using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Holds;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.TenantExports;
using Platform.Storage.Transactions;

namespace Platform.Storage.Purging;

internal sealed class PurgeCommands(IMoveRunner moves, IReadConnections reads, IMessageSearch search, MessageErasure erasure, PurgeSignal signal, TimeProvider time) : IPurges
{
    public const int MaxMessages = 100;
    public const int MaxReason = 500;

    private const int MinReason = 3;

    public async Task<CommandResult<Guid>> PurgeMessagesAsync(Scope scope, Guid tenantId, IReadOnlyList<Guid> messageIds, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(messageIds);
        ArgumentNullException.ThrowIfNull(reason);
        scope.Require(Permissions.MessagesPurge);
        scope.Require(tenantId);
        if (messageIds.Count is 0 or > MaxMessages)
            return Refused("BAD_USER_INPUT", $"Name 1 to {MaxMessages} messages.");
        if (reason.Trim().Length is < MinReason or > MaxReason)
            return Refused("BAD_USER_INPUT", $"A reason has {MinReason} to {MaxReason} characters.");
        // In one order, so that two purges cannot wait for each other.
        List<Guid> ids = [.. messageIds.Distinct().Order()];
        var searched = await SearchedHolds.AskAsync(reads, search, tenantId, ids, time.GetUtcNow(), cancellationToken);
        try
        {
            return new CommandResult<Guid>(await moves.RunAsync((session, ct) => PurgeAsync(session, scope, tenantId, ids, reason.Trim(), searched, ct), cancellationToken), null, null);
        }
        catch (PurgeRefusedException refused)
        {
            return Refused(refused.Code, refused.Message);
        }
    }

    public static string HashOf(Guid id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id.ToString())));

    private async ValueTask<Guid> PurgeAsync(MoveSession session, Scope scope, Guid tenantId, List<Guid> ids, string reason, SearchedHolds searched, CancellationToken cancellationToken)
    {
        var holds = await ActiveHolds.LoadAsync(session, tenantId, searched, cancellationToken);
        var purge = Guid.CreateVersion7(session.Now);
        var counts = PurgeCounts.None;
        foreach (var id in ids)
        {
            var outcome = await erasure.EraseAsync(session, tenantId, id, whole: true, purge, holds, cancellationToken);
            if (Refusal(outcome.Status) is { } refusal)
                throw refusal;
            counts += outcome.Counts;
            session.Record(new PendingEvent(tenantId, EventKinds.MessagePurged, session.Now, id, null, $$"""{"actor":{{PurgeJson.Text(scope.Actor)}},"redacted":true}"""));
        }

        counts += await WithdrawBundlesAsync(session, tenantId, cancellationToken);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO purges (id, owner_id, subject_id, kind, state, items, counts, reason, requested_by, requested_at)
            VALUES (@id, @tenant, @tenant, @kind, @state, @items, @counts, @reason, @actor, @now)
            """,
            cancellationToken,
            ("@id", purge),
            ("@tenant", tenantId),
            ("@kind", PurgeKinds.Messages),
            ("@state", PurgeStates.Running),
            ("@items", PurgeJson.Write(ids.Select(HashOf))),
            ("@counts", PurgeJson.Write(counts)),
            ("@reason", reason),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds));
        session.Record(new PendingAudit(tenantId, scope.Actor, "message.purge", "purge:" + purge, $$"""{"messages":{{ids.Count}},"reason":{{PurgeJson.Text(reason)}}}"""));
        session.AfterCommit(signal.PurgeReady);
        return purge;
    }

    /// <summary>Bundles that were made before may hold the messages: their keys go, those being made begin anew.</summary>
    private static async ValueTask<PurgeCounts> WithdrawBundlesAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            "UPDATE tenant_exports SET lease_token = NULL, lease_until = NULL WHERE tenant_id = @tenant AND state = @state", cancellationToken, ("@tenant", tenantId), ("@state", TenantExportStates.Running));
        var withdrawn = await session.Sql.ExecuteAsync(
            "UPDATE tenant_exports SET body_key = NULL, expires_at = @now WHERE tenant_id = @tenant AND state = @state AND body_key IS NOT NULL",
            cancellationToken,
            ("@tenant", tenantId),
            ("@state", TenantExportStates.Done),
            ("@now", session.NowMilliseconds));
        return new PurgeCounts { OtherRows = withdrawn };
    }

    private static PurgeRefusedException? Refusal(ErasureStatus status) => status switch
    {
        ErasureStatus.NotFound => new("NOT_FOUND", "One of the messages is not in reach of this client; none was purged."),
        ErasureStatus.Held => new("LEGAL_HOLD", "One of the messages is under a legal hold; none was purged. Release the hold first."),
        ErasureStatus.Working => new("MESSAGE_IN_PROGRESS", "One of the messages waits for its scan, its delivery or a person; none was purged. Delete its held deliveries, or try again when it has arrived."),
        _ => null,
    };

    private static CommandResult<Guid> Refused(string code, string message) => new(default, code, message);

    /// <summary>Rolls the transaction back with an answer for the caller.</summary>
    private sealed class PurgeRefusedException(string code, string message) : Exception(message)
    {
        public string Code { get; } = code;
    }
}
