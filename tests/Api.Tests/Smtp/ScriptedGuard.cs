using Platform.Grains.Sending;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Sending;

namespace Platform.Api.Tests.Smtp;

/// <summary>Limits of sending as the test has them: everything is let through, unless it says otherwise.</summary>
internal sealed class ScriptedGuard : ISendGuard
{
    public Func<SendClearance> Reserve { get; set; } = () => new SendClearance(SendClearanceStatus.Cleared, []);

    public Action Settle { get; set; } = () => { };

    public SendBlock? Block { get; set; }

    public async Task<SendClearance> ReserveAsync(TenantSettings tenant, NewMessage message, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Reserve();
    }

    public Task<SendClearance> ReserveAgainAsync(TenantSettings tenant, NewMessage message, SendPermitException stale, CancellationToken cancellationToken) => ReserveAsync(tenant, message, cancellationToken);

    public async Task SettleAsync(NewMessage message, bool accepted)
    {
        await Task.Yield();
        Settle();
    }

    public Task<SendBlock?> FindBlockAsync(Guid mailboxId, CancellationToken cancellationToken) => Task.FromResult(Block);
}
