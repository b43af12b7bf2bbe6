using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>A tenant with one mailbox that sends.</summary>
public abstract class SendingContract(IStorageBackend backend) : StorageContract(backend)
{
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected ISendLedger Ledger => Storage.Get<ISendLedger>();

    protected ISendBlocks Blocks => Storage.Get<ISendBlocks>();

    protected IMessageFlow Flow => Storage.Get<IMessageFlow>();

    protected DateTimeOffset Now => Storage.Time.GetUtcNow();

    protected async Task<(Guid Tenant, Guid Mailbox)> SenderAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return (tenant, await db.Mailboxes.Select(row => row.Id).SingleAsync(Ct));
    }

    /// <summary>A submitted message to people outside.</summary>
    protected NewMessage Submitted((Guid Tenant, Guid Mailbox) sender, params string[] recipients) =>
        Mails.To(sender.Tenant, Now, recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = sender.Mailbox };

    protected static SendSubject SubjectOf((Guid Tenant, Guid Mailbox) sender) => new(sender.Tenant, SendSubjectKind.Mailbox, sender.Mailbox);

    protected async Task AcceptAsync(NewMessage message) => await Flow.AcceptAsync([message], Ct);

    /// <summary>What waits is inspected, and waits for the relay where the test does not say otherwise.</summary>
    protected async Task InspectedAsync(Verdict? verdict = null, Func<ScanOutcome, ScanOutcome>? change = null)
    {
        foreach (var lease in await Flow.ClaimScansAsync(10, Lease, Ct))
        {
            var outcome = Mails.Outcome(lease, DeliveryState.Queued, verdict ?? Mails.Verdict(VerdictKind.Clean));
            var why = new DecisionRecord(VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Deliver, RuleRevisions.None);
            outcome = outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision with { Why = why })] };
            Assert.True(await Flow.CompleteScanAsync(lease, change?.Invoke(outcome) ?? outcome, Ct));
        }
    }

    /// <summary>What waits for the relay arrives.</summary>
    protected async Task RelayedAsync()
    {
        foreach (var relay in await Flow.ClaimRelaysAsync(100, Lease, Ct))
            Assert.True(await Flow.CompleteRelayAsync(relay, new RelayResult.Delivered("mx.example.com", "250 ok"), Ct));
    }

    /// <summary>A message to each, which arrives.</summary>
    protected async Task DeliveredAsync((Guid Tenant, Guid Mailbox) sender, params string[] recipients)
    {
        foreach (var recipient in recipients)
            await AcceptAsync(Submitted(sender, recipient));
        await InspectedAsync();
        await RelayedAsync();
    }

    protected async Task<List<(DeliveryState State, string? Status)>> StatesAsync(Guid tenant)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return [.. (await db.Deliveries.AsNoTracking().OrderBy(row => row.Id).Select(row => new { row.State, row.LastStatus }).ToListAsync(Ct)).Select(row => (row.State, row.LastStatus))];
    }
}
