using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Transactions;

namespace Platform.Storage.Purging;

/// <summary>A purge of which nothing is left to do but to say so.</summary>
internal sealed record Finished(Guid Id, Guid OwnerId, Guid SubjectId, string Kind, string Items, string Counts, string RequestedBy, DateTimeOffset RequestedAt);

/// <summary>Signs the receipt of a purge and tells it, once.</summary>
internal static class PurgeReceipts
{
    public const string Type = "purge-receipt";

    private const string Actor = "system:purge";

    public static async ValueTask<bool> SignAsync(MoveSession session, IReceiptSigner signer, Finished purge, bool compacted, CancellationToken cancellationToken)
    {
        var head = await session.Sql.FirstAsync(
            "SELECT sequence, hash FROM audit_heads WHERE owner_id = @owner", row => new ChainHead(purge.OwnerId, row.GetInt64(0), row.GetString(1)), cancellationToken, ("@owner", purge.OwnerId));
        var receipt = new PurgeReceipt(
            1, purge.Id, purge.Kind, purge.SubjectId, purge.RequestedBy, purge.RequestedAt, session.Now, PurgeJson.ReadItems(purge.Items), PurgeJson.ReadCounts(purge.Counts), compacted, head);
        var written = await session.Sql.ExecuteAsync(
            $"UPDATE purges SET state = '{PurgeStates.Done}', finished_at = @now, receipt = @receipt, lease_token = NULL, lease_until = NULL WHERE id = @id AND state = '{PurgeStates.Running}'",
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@receipt", signer.Sign(Type, PurgeJson.Write(receipt))),
            ("@id", purge.Id));
        if (written == 0)
            return false;
        if (purge.Kind == PurgeKinds.Messages)
            session.Record(new PendingEvent(purge.OwnerId, EventKinds.PurgeCompleted, session.Now, null, null, $$"""{"actor":{{PurgeJson.Text(purge.RequestedBy)}},"purge":"{{purge.Id}}","messages":{{receipt.Items.Count}}}"""));
        if (purge.OwnerId != PurgeOwners.Platform)
            session.Record(new PendingAudit(purge.OwnerId, Actor, "purge.complete", "purge:" + purge.Id, purge.Counts));
        return true;
    }
}
