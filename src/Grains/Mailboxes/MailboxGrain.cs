using Orleans.Placement;
using Orleans.Storage;
using Platform.Grains.Hosting;

namespace Platform.Grains.Mailboxes;

[RandomPlacement]
[GrainType("mailbox")]
internal sealed class MailboxGrain([PersistentState("mailbox", SiloHosting.StorageName)] IPersistentState<MailboxState> state) : Grain, IMailboxGrain
{
    /// <summary>Recording is on the path of mail, writing is not: what came meanwhile is written together.</summary>
    private static readonly TimeSpan s_writeEvery = TimeSpan.FromSeconds(5);

    private IGrainTimer? _writing;

    public Task RecordAsync(MailSeen mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (MailboxMemory.Record(state.State, mail))
            _writing ??= this.RegisterGrainTimer(WriteAsync, new GrainTimerCreationOptions(s_writeEvery, s_writeEvery) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task<SenderHistory> HistoryOfAsync(string sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return Task.FromResult(MailboxMemory.HistoryOf(state.State, sender));
    }

    public Task ForgetAsync(string sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return MailboxMemory.Forget(state.State, sender) ? state.WriteStateAsync(CancellationToken.None) : Task.CompletedTask;
    }

    public async Task EraseAsync()
    {
        _writing?.Dispose();
        _writing = null;
        await state.ClearStateAsync(CancellationToken.None);
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _writing is null ? Task.CompletedTask : WriteAsync(cancellationToken);

    /// <summary>A write that fails is tried again at the next turn of the timer.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await state.WriteStateAsync(cancellationToken);
        }
        catch (InconsistentStateException)
        {
            // Another activation wrote meanwhile. Its state is the truth; what only this one saw is forgotten, never merged twice.
            DeactivateOnIdle();
        }

        _writing?.Dispose();
        _writing = null;
    }
}
