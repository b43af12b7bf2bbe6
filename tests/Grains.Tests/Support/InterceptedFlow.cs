using Platform.Storage.Messages;
using Platform.Storage.Scopes;

namespace Platform.Grains.Tests.Support;

/// <summary>The real flow, with a say before chosen moves: a hook may throw, as an outage does, or answer in the flow's place.</summary>
internal sealed class InterceptedFlow(IMessageFlow inner) : IMessageFlow
{
    public Action BeforeAccept { get; set; } = () => { };
    public Action BeforeClaimScans { get; set; } = () => { };
    public Action BeforeCompleteRelay { get; set; } = () => { };
    public Func<bool?> Extend { get; set; } = () => null;

    public Task<IReadOnlyList<ScanLease?>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        BeforeAccept();
        return inner.AcceptAsync(messages, cancellationToken);
    }

    public Task<IReadOnlyList<ScanLease>> ClaimScansAsync(int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        BeforeClaimScans();
        return inner.ClaimScansAsync(max, lease, cancellationToken);
    }

    public Task<bool> CompleteScanAsync(ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken) => inner.CompleteScanAsync(lease, outcome, cancellationToken);

    public Task<bool> FailScanAsync(ScanLease lease, string detail, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.FailScanAsync(lease, detail, dueAt, cancellationToken);

    public Task<IReadOnlyList<RelayLease>> ClaimRelaysAsync(int max, TimeSpan lease, CancellationToken cancellationToken) => inner.ClaimRelaysAsync(max, lease, cancellationToken);

    public Task<bool> ExtendRelayAsync(RelayLease delivery, TimeSpan lease, CancellationToken cancellationToken) =>
        Extend() is { } answer ? Task.FromResult(answer) : inner.ExtendRelayAsync(delivery, lease, cancellationToken);

    public Task<bool> ReturnScanAsync(ScanLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.ReturnScanAsync(lease, dueAt, cancellationToken);

    public Task<bool> ReturnRelayAsync(RelayLease delivery, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.ReturnRelayAsync(delivery, dueAt, cancellationToken);

    public Task<bool> CompleteRelayAsync(RelayLease lease, RelayResult result, CancellationToken cancellationToken)
    {
        BeforeCompleteRelay();
        return inner.CompleteRelayAsync(lease, result, cancellationToken);
    }

    public Task<MoveOutcome> ReleaseAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.ReleaseAsync(scope, deliveryId, cancellationToken);

    public Task<MoveOutcome> DeleteAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.DeleteAsync(scope, deliveryId, cancellationToken);

    public Task<MoveOutcome> RescanAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.RescanAsync(scope, deliveryId, cancellationToken);
}
