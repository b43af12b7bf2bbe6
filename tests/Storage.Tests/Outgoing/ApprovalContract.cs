using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>A mailbox whose mail waits for the approval of a chain.</summary>
public abstract class ApprovalContract(IStorageBackend backend) : FlowContract(backend)
{
    /// <summary>Of the mail that waits.</summary>
    protected Guid Tenant { get; set; }

    /// <summary>That sends it.</summary>
    protected Guid Mailbox { get; set; }

    protected IApprovals Approvals => Storage.Get<IApprovals>();

    protected IApprovalChains Chains => Storage.Get<IApprovalChains>();

    protected Scope Admin => Scope.System(Tenant, "test");

    protected static ApprovalStep Any(params Guid[] accounts) => new(accounts, null, All: false);

    protected static NewApprovalChain New(ApprovalExpiry expiry, params ApprovalStep[] steps) => New("Managers", expiry, steps);

    protected static NewApprovalChain New(string name, ApprovalExpiry expiry, params ApprovalStep[] steps) => new(name, steps, 48, expiry, 4);

    protected async Task<(Guid Sender, Guid Boss)> PrepareAsync()
    {
        Tenant = await TenantAsync();
        Mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        return (await AccountAsync("info"), await AccountAsync("boss"));
    }

    /// <summary>Of the address <c>info@</c> the owner of the mailbox that sends.</summary>
    protected async Task<Guid> AccountAsync(string local, Guid? tenant = null, Role? role = null)
    {
        var of = tenant ?? Tenant;
        var made = await Storage.Get<IAccountCommands>().CreateAsync(
            Scope.System(of, "test"), AccountOwner.Tenant(of), new NewAccount($"{local}@{(of == Tenant ? "acme" : "globex")}.test", local, [(role ?? BuiltInRoles.Helpdesk).Id], "en"), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    protected Task<Guid> ChainAsync(params ApprovalStep[] steps) => ChainAsync(ApprovalExpiry.Decline, steps);

    protected Task<Guid> ChainAsync(ApprovalExpiry expiry, params ApprovalStep[] steps) => ChainAsync(expiry, "Managers", steps);

    protected async Task<Guid> ChainAsync(ApprovalExpiry expiry, string name, params ApprovalStep[] steps)
    {
        var made = await Chains.CreateAsync(Admin, Tenant, New(name, expiry, steps), Ct);
        Assert.Null(made.Code);
        return made.Value;
    }

    protected async Task DeputyAsync(Guid account, Guid deputy)
    {
        var now = Storage.Time.GetUtcNow();
        Assert.Null((await Chains.AddDeputyAsync(Admin, Tenant, new NewDeputy(account, deputy, now, now.AddHours(24)), Ct)).Code);
    }

    protected Task<CommandResult<int>> DecideAsync(Guid account, bool approve, params Guid[] deliveries) => Approvals.DecideAsync(Tenant, account, deliveries, approve, "", Ct);

    protected async Task<IEnumerable<string>> OrdersAsync(string kind) => (await Storage.Get<IMailOrders>().WaitingAsync(100, 60, Ct)).Where(order => order.Kind == kind).Select(order => order.Recipient);

    protected async Task<DeliveryState> ExpiredAsync(Guid delivery)
    {
        Storage.Time.Advance(TimeSpan.FromHours(48));
        await Storage.Get<IOutgoingMail>().EndDueAsync(10, Ct);
        return (await DeliveryAsync(Tenant, delivery)).State;
    }

    protected NewMessage Submitted(params string[] recipients) => Mails.To(Tenant, Storage.Time.GetUtcNow(), recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = Mailbox };

    /// <summary>By a server of the tenant's own, for an address without a mailbox.</summary>
    protected NewMessage OfServer(string mailFrom)
    {
        var message = Submitted("bob@outside.test") with { SenderMailboxId = null, ConnectorId = Guid.NewGuid() };
        return message with { Envelope = message.Envelope with { MailFrom = mailFrom } };
    }

    /// <summary>Held by something else, and to be approved by <paramref name="approver"/> beside.</summary>
    protected async Task<Guid> HeldAsync(Guid approver, params SendStage[] stages) =>
        (await SendAsync(Submitted("bob@outside.test"), DeliveryState.Quarantined, null, [.. stages, Approval(await ChainAsync(Any(approver)))]))[0];

    protected Task<IReadOnlyList<Guid>> SendAsync(Guid chain, params string[] recipients) => SendAsync(chain, Submitted(recipients.Length == 0 ? ["bob@outside.test"] : recipients));

    protected Task<IReadOnlyList<Guid>> SendAsync(Guid chain, NewMessage message, Guid? author = null) => SendAsync(message, DeliveryState.Queued, author, Approval(chain));

    protected async Task<IReadOnlyList<Guid>> SendAsync(NewMessage message, DeliveryState state, Guid? author, params SendStage[] stages)
    {
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var outcome = Mails.Outcome(lease, state);
        Assert.True(await Flow.CompleteScanAsync(
            lease, outcome with { AuthorMailboxId = author, Decisions = [.. outcome.Decisions.Select(decision => decision.After(SendPlan.Of(stages)))] }, Ct));
        return [.. message.Deliveries.Select(delivery => delivery.Id)];
    }

    protected static SendStage.Approve Approval(Guid chain) => new(chain, "Managers", [new SendReason("rule", "", "recipient.outside")], 48);
}
