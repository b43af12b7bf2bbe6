using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Sending;

namespace Platform.Grains.Sending;

/// <summary>Where there are no grains to count, nothing is submitted: programs are asked to come again.</summary>
internal sealed class NoSendGuard : ISendGuard
{
    private static readonly Task<SendClearance> s_busy = Task.FromResult(new SendClearance(SendClearanceStatus.Busy, []));

    public Task<SendClearance> ReserveAsync(TenantSettings tenant, NewMessage message, CancellationToken cancellationToken) => s_busy;

    public Task<SendClearance> ReserveAgainAsync(TenantSettings tenant, NewMessage message, SendPermitException stale, CancellationToken cancellationToken) => s_busy;

    public Task SettleAsync(NewMessage message, bool accepted) => Task.CompletedTask;

    public Task<SendBlock?> FindBlockAsync(Guid mailboxId, CancellationToken cancellationToken) => Task.FromResult<SendBlock?>(null);
}
