using System.Security.Cryptography;
using Platform.Engine.Verdicts;
using Platform.Storage.Bodies;
using Platform.Storage.Protection;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

internal sealed class MessageFlow(IMoveRunner moves, FileBodyStore bodies, ProtectionKeys protections, IMailboxRights rights, IWorkSignal signal) : IMessageFlow
{
    private const int MaxSubject = 1_000;

    public Task<IReadOnlyList<ScanLease?>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken) => moves.RunAsync<IReadOnlyList<ScanLease?>>(
        async (session, ct) =>
        {
            var leases = new List<ScanLease?>(messages.Count);
            foreach (var message in messages)
                leases.Add(await AcceptMove.InsertAsync(session, message, ct));
            foreach (var message in messages)
                session.AfterCommit(message.Mode.IsOurs() ? signal.RelaysReady : signal.ScansReady);
            return leases;
        },
        cancellationToken);

    public Task<IReadOnlyList<ScanLease>> ClaimScansAsync(int max, TimeSpan lease, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => ScanMoves.ClaimAsync(session, max, lease, ct), cancellationToken);

    public async Task<bool> CompleteScanAsync(ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var text = await SealTextAsync(lease, outcome.Verdict.Facts, cancellationToken);
        var protection = await ProtectionAsync(lease, outcome, cancellationToken);
        var kept = outcome.Hidden switch
        {
            null => outcome,
            ProtectedExtent.Mail => outcome with
            {
                Verdict = HiddenVerdict.OfMail(outcome.Verdict),
                Context = outcome.Context with { Dns = null, Feeds = null },
                Decisions = [.. outcome.Decisions.Select(HiddenFindings.Of)],
                Greeted = null,
            },
            _ => outcome with { Verdict = HiddenVerdict.OfFiles(outcome.Verdict), Context = outcome.Context with { Feeds = null } },
        };
        return await moves.RunAsync(
            (session, ct) =>
            {
                session.AfterCommit(signal.RelaysReady);
                return ScanMoves.CompleteAsync(session, lease, kept, text, protection, ct);
            },
            cancellationToken);
    }

    public Task<bool> FailScanAsync(ScanLease lease, string detail, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => ScanMoves.FailAsync(session, lease, detail, dueAt, ct), cancellationToken);

    public Task<bool> ReturnScanAsync(ScanLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => ScanMoves.ReturnAsync(session, lease, dueAt, ct), cancellationToken);

    public Task<IReadOnlyList<RelayLease>> ClaimRelaysAsync(int max, TimeSpan lease, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => RelayMoves.ClaimAsync(session, max, lease, ct), cancellationToken);

    public Task<bool> ExtendRelayAsync(RelayLease delivery, TimeSpan lease, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => RelayMoves.ExtendAsync(session, delivery, lease, ct), cancellationToken);

    public Task<bool> ReturnRelayAsync(RelayLease delivery, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        moves.RunAsync((session, ct) => RelayMoves.ReturnAsync(session, delivery, dueAt, ct), cancellationToken);

    public Task<bool> CompleteRelayAsync(RelayLease lease, RelayResult result, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) =>
        {
            session.AfterCommit(signal.RelaysReady);
            return RelayMoves.CompleteAsync(session, lease, result, ct);
        },
        cancellationToken);

    public Task<MoveOutcome> ReleaseAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) =>
        ActAsync(scope, deliveryId, QuarantineRights.Release, DeliveryState.Released, signal.RelaysReady, cancellationToken);

    public Task<MoveOutcome> DeleteAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) =>
        ActAsync(scope, deliveryId, QuarantineRights.Delete, DeliveryState.Deleted, () => { }, cancellationToken);

    public Task<MoveOutcome> RescanAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) =>
        ActAsync(scope, deliveryId, QuarantineRights.Release, DeliveryState.Received, signal.ScansReady, cancellationToken);

    private async Task<MoveOutcome> ActAsync(Scope scope, Guid deliveryId, QuarantineRights right, DeliveryState to, Action afterCommit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesAct);
        if (!await rights.AllowDeliveryAsync(scope, deliveryId, right, cancellationToken))
            return new MoveOutcome(MoveStatus.NotPermitted, null);
        return await moves.RunAsync(
            (session, ct) =>
            {
                session.AfterCommit(afterCommit);
                return PersonMoves.MoveAsync(session, scope, deliveryId, to, ct);
            },
            cancellationToken);
    }

    /// <summary>Outside the transaction: compressing and encrypting needs no lock. Null: nothing to find.</summary>
    private async ValueTask<byte[]?> SealTextAsync(ScanLease lease, MessageFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Text.Length == 0 && facts.FilesText.Length == 0)
            return null;
        var key = await bodies.OpenKeyAsync(lease.TenantId, lease.Body, cancellationToken);
        var result = MessageText.Seal(key, SafeText.Clean(facts.Text, MessageFacts.MaxTextLength), SafeText.Clean(facts.FilesText, MessageFacts.MaxFilesTextLength));
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    /// <summary>Outside the transaction too. Null: nothing of it is protected, or its key lies in its place since an earlier scan.</summary>
    private async ValueTask<NewProtection?> ProtectionAsync(ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Decisions.All(decision => decision.Form.Protect is null) || ProtectionKeys.IsOver(lease.Body))
            return null;
        var key = await bodies.OpenKeyAsync(lease.TenantId, lease.Body, cancellationToken);
        var result = protections.Make(lease.MessageId, FileBodyStore.KeyLabelOf(lease.Body), key, outcome.Hidden == ProtectedExtent.Mail ? SafeText.Clean(outcome.Verdict.Facts.Subject, MaxSubject) : null);
        CryptographicOperations.ZeroMemory(key);
        return result;
    }
}
