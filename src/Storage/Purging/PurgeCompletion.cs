using Microsoft.Extensions.Logging;
using Platform.Storage.Bodies;
using Platform.Storage.Keys;
using Platform.Storage.Search;
using Platform.Storage.Transactions;

namespace Platform.Storage.Purging;

/// <summary>
/// Body files, documents of the index and remembered senders of purged messages, then the free space of the files, then the
/// receipt. Every step may be repeated: the row of work goes when its steps are done, the purge is done when no work is left.
/// </summary>
internal sealed partial class PurgeCompletion(
    IMoveRunner moves,
    IReadConnections reads,
    IBodyStore bodies,
    IMessageSearch search,
    SearchSource source,
    ISenderMemory senders,
    IStorageScrub scrub,
    IReceiptSigner signer,
    PurgeSignal signal,
    TimeProvider time,
    ILogger<PurgeCompletion> logger) : IPurgeCompletion
{
    private const int Batch = 200;

    /// <summary>What retention took is rewritten at most this often; a purge that somebody asked for, at once.</summary>
    private static readonly TimeSpan ScrubEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _scrubbed = DateTimeOffset.MinValue;
    private bool _unscrubbed;

    public Task WaitAsync(TimeSpan poll, CancellationToken cancellationToken) => signal.WaitAsync(poll, cancellationToken);

    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var worked = await DoWorkAsync(cancellationToken);
        var finished = await FindFinishedAsync(cancellationToken);
        if (finished.Count == 0 && !(_unscrubbed && time.GetUtcNow() - _scrubbed >= ScrubEvery))
            return worked;

        foreach (var purge in finished.Where(purge => purge.Kind == PurgeKinds.Tenant))
            await search.DeleteTenantAsync(purge.SubjectId, cancellationToken);
        await senders.ScrubAsync(cancellationToken);
        await search.ScrubAsync(cancellationToken);
        var compacted = await scrub.RunAsync(cancellationToken);
        (_scrubbed, _unscrubbed) = (time.GetUtcNow(), false);
        foreach (var purge in finished)
            await FinishAsync(purge, compacted, cancellationToken);
        return true;
    }

    private async Task<bool> DoWorkAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var waiting = await sql.QueryAsync(
            "SELECT id, tenant_id, message_id, body_name, whole, sender, mailboxes, after_sequence FROM purge_work ORDER BY created_at, id LIMIT @max",
            row => new Work(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetBoolean(4), row.GetString(5), PurgeJson.ReadIds(row.GetString(6)), row.GetInt64(7)),
            cancellationToken,
            ("@max", (long)Batch));
        var done = new List<Work>(waiting.Count);
        foreach (var ofTenant in waiting.GroupBy(work => work.TenantId))
        {
            var position = await search.PositionAsync(ofTenant.Key, cancellationToken);
            List<Work> ready = [.. ofTenant.Where(work => work.AfterSequence <= position)];
            await LeaveFilesAsync(sql, ofTenant.Key, ready, position, cancellationToken);
            done.AddRange(ready);
        }

        if (done.Count == 0)
            return false;
        await moves.RunAsync(
            async (session, ct) =>
            {
                foreach (var work in done)
                    await session.Sql.ExecuteAsync("DELETE FROM purge_work WHERE id = @id", ct, ("@id", work.Id));
                return true;
            },
            cancellationToken);
        _unscrubbed = true;
        return true;
    }

    private async Task LeaveFilesAsync(SqlSession sql, Guid tenantId, List<Work> works, long position, CancellationToken cancellationToken)
    {
        foreach (var work in works)
        {
            await DeleteBodyAsync(work.BodyName, cancellationToken);
            if (work.Whole && work.Mailboxes.Count > 0 && !await IsKnownStillAsync(sql, work, cancellationToken))
                await senders.ForgetAsync(work.Mailboxes, work.Sender, cancellationToken);
        }

        await search.DeleteAsync(tenantId, [.. works.Select(work => work.MessageId)], cancellationToken);
        var documents = new List<SearchDocument>();
        foreach (var work in works.Where(work => !work.Whole))
        {
            if (await source.ReadAsync(sql, tenantId, work.MessageId, position, cancellationToken) is { } document)
                documents.Add(document);
        }

        await search.IndexAsync(documents, cancellationToken);
    }

    private async Task DeleteBodyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await bodies.DeleteAsync(new BodyReference(name, []), cancellationToken);
        }
        catch (BodyMissingException)
        {
            // A name that is no file of ours: there is nothing to delete.
        }
    }

    /// <summary>Other mail of this sender to one of these mailboxes is still kept.</summary>
    private static async ValueTask<bool> IsKnownStillAsync(SqlSession sql, Work work, CancellationToken cancellationToken)
    {
        foreach (var mailbox in work.Mailboxes)
        {
            var known = await sql.FirstAsync(
                "SELECT 1 FROM deliveries JOIN messages ON messages.id = message_id WHERE mailbox_id = @mailbox AND LOWER(mail_from) = LOWER(@sender) LIMIT 1",
                _ => true,
                cancellationToken,
                ("@mailbox", mailbox),
                ("@sender", work.Sender));
            if (known)
                return true;
        }

        return false;
    }

    private async Task<List<Finished>> FindFinishedAsync(CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            $"""
            SELECT id, owner_id, subject_id, kind, items, counts, requested_by, requested_at FROM purges
            WHERE state = '{PurgeStates.Running}' AND NOT EXISTS (SELECT 1 FROM purge_work WHERE purge_id = purges.id)
                AND (kind = '{PurgeKinds.Messages}' OR NOT EXISTS (SELECT 1 FROM tenants WHERE tenants.id = subject_id))
            """,
            row => new Finished(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.Time(7)),
            cancellationToken);
    }

    private async Task FinishAsync(Finished purge, bool compacted, CancellationToken cancellationToken)
    {
        await moves.RunAsync((session, ct) => PurgeReceipts.SignAsync(session, signer, purge, compacted, ct), cancellationToken);
        LogFinished(purge.Id);
    }

    [LoggerMessage(LogLevel.Information, "Purge {PurgeId} is complete")]
    private partial void LogFinished(Guid purgeId);

    private sealed record Work(Guid Id, Guid TenantId, Guid MessageId, string BodyName, bool Whole, string Sender, IReadOnlyList<Guid> Mailboxes, long AfterSequence);
}
