using Platform.Storage.Messages;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Smtp;

/// <summary>The real flow, with a say before and after the moves that an intake makes: a hook may throw, as an outage does.</summary>
internal sealed class InterceptedFlow(IMessageFlow inner) : IMessageFlow, IDisposable
{
    private readonly SemaphoreSlim _accepted = new(0);

    public Action BeforeAccept { get; set; } = () => { };
    public List<NewMessage> Accepted { get; } = [];
    public Action BeforeCompleteScan { get; set; } = () => { };
    public Action AfterCompleteScan { get; set; } = () => { };

    /// <summary>Completes when that many calls of <see cref="AcceptAsync"/> have committed.</summary>
    public async Task WhenAcceptedAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
            await _accepted.WaitAsync();
    }

    public async Task<IReadOnlyList<ScanLease?>> AcceptAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        BeforeAccept();
        var leases = await inner.AcceptAsync(messages, cancellationToken);
        Accepted.AddRange(messages);
        _accepted.Release();
        return leases;
    }

    public async Task<bool> CompleteScanAsync(ScanLease lease, ScanOutcome outcome, CancellationToken cancellationToken)
    {
        BeforeCompleteScan();
        var result = await inner.CompleteScanAsync(lease, outcome, cancellationToken);
        AfterCompleteScan();
        return result;
    }

    public Task<IReadOnlyList<ScanLease>> ClaimScansAsync(int max, TimeSpan lease, CancellationToken cancellationToken) => inner.ClaimScansAsync(max, lease, cancellationToken);

    public Task<bool> FailScanAsync(ScanLease lease, string detail, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.FailScanAsync(lease, detail, dueAt, cancellationToken);

    public Task<bool> ReturnScanAsync(ScanLease lease, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.ReturnScanAsync(lease, dueAt, cancellationToken);

    public Task<IReadOnlyList<RelayLease>> ClaimRelaysAsync(int max, TimeSpan lease, CancellationToken cancellationToken) => inner.ClaimRelaysAsync(max, lease, cancellationToken);

    public Task<bool> ExtendRelayAsync(RelayLease delivery, TimeSpan lease, CancellationToken cancellationToken) => inner.ExtendRelayAsync(delivery, lease, cancellationToken);

    public Task<bool> ReturnRelayAsync(RelayLease delivery, DateTimeOffset dueAt, CancellationToken cancellationToken) => inner.ReturnRelayAsync(delivery, dueAt, cancellationToken);

    public Task<bool> CompleteRelayAsync(RelayLease lease, RelayResult result, CancellationToken cancellationToken) => inner.CompleteRelayAsync(lease, result, cancellationToken);

    public Task<MoveOutcome> ReleaseAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.ReleaseAsync(scope, deliveryId, cancellationToken);

    public Task<MoveOutcome> DeleteAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.DeleteAsync(scope, deliveryId, cancellationToken);

    public Task<MoveOutcome> RescanAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken) => inner.RescanAsync(scope, deliveryId, cancellationToken);

    public void Dispose() => _accepted.Dispose();
}
