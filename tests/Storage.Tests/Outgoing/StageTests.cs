using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Quarantine;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>What a mailbox sends passes its stages before it leaves, and can be called back until then (OUT4).</summary>
public abstract class StageContract(IStorageBackend backend) : FlowContract(backend)
{
    private static readonly SendStage Wait = new SendStage.Wait(10);
    private static readonly SendStage Confirm = new SendStage.Confirm([new SendReason("Outside", "Is this meant for outside?", "recipient.outside")], 24);

    private IOutgoingMail Outgoing => Storage.Get<IOutgoingMail>();

    [Fact]
    public async Task A_mail_that_waits_leaves_when_its_time_is_over_and_not_before()
    {
        var sent = await SendAsync(Wait);
        Storage.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await Outgoing.EndDueAsync(10, Ct));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Storage.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Outgoing.EndDueAsync(10, Ct));
        Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal([EventKinds.Received, EventKinds.Waiting, EventKinds.Queued], await KindsAsync(sent.Tenant));
    }

    [Fact]
    public async Task A_mail_that_is_called_back_leaves_no_more()
    {
        var sent = await SendAsync(Wait);
        Assert.Equal(1, (await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, null, Ct)).Value);
        Storage.Time.Advance(TimeSpan.FromHours(1));
        await Outgoing.EndDueAsync(10, Ct);
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal([EventKinds.Received, EventKinds.Waiting, EventKinds.Cancelled], await KindsAsync(sent.Tenant));
    }

    [Fact]
    public async Task What_was_called_back_may_be_called_back_again()
    {
        var sent = await SendAsync(Wait);
        await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, null, Ct);
        var again = await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, null, Ct);
        Assert.Equal((true, 0), (again.Succeeded, again.Value));
    }

    [Fact]
    public async Task What_has_left_is_not_called_back()
    {
        var sent = await SendAsync(Wait);
        Storage.Time.Advance(TimeSpan.FromMinutes(10));
        await Outgoing.EndDueAsync(10, Ct);
        Assert.Equal("ALREADY_SENT", (await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, null, Ct)).Code);
    }

    [Fact]
    public async Task Some_recipients_are_called_back_and_the_others_get_it()
    {
        var sent = await SendAsync(Wait, "a@outside.test", "b@outside.test");
        await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, [sent.Message.Deliveries[0].Id], Ct);
        Storage.Time.Advance(TimeSpan.FromMinutes(10));
        await Outgoing.EndDueAsync(10, Ct);
        Assert.Equal("b@outside.test", Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).Recipient);
    }

    [Fact]
    public async Task What_is_confirmed_goes_on_to_the_next_stage()
    {
        var sent = await SendAsync([Confirm, Wait]);
        Assert.Equal(1, (await Outgoing.ConfirmAsync(sent.Admin, sent.Message.Id, null, Ct)).Value);
        var delivery = await DeliveryAsync(sent.Tenant, sent.Message.Deliveries[0].Id);
        Assert.Equal((DeliveryState.Waiting, Storage.Time.GetUtcNow().AddMinutes(10)), (delivery.State, delivery.DueAt!.Value));
    }

    [Fact]
    public async Task What_nobody_confirms_is_cancelled()
    {
        var sent = await SendAsync(Confirm);
        Storage.Time.Advance(TimeSpan.FromHours(24));
        await Outgoing.EndDueAsync(10, Ct);
        Assert.Equal(DeliveryState.Cancelled, (await DeliveryAsync(sent.Tenant, sent.Message.Deliveries[0].Id)).State);
    }

    [Fact]
    public async Task Nobody_confirms_what_only_waits()
    {
        var sent = await SendAsync(Wait);
        Assert.Equal("NOT_AWAITED", (await Outgoing.ConfirmAsync(sent.Admin, sent.Message.Id, null, Ct)).Code);
    }

    [Fact]
    public async Task Who_sent_it_calls_it_back_and_no_colleague()
    {
        var sent = await SendAsync(Wait);
        var colleague = sent.Sender with { Mailboxes = new HashSet<Guid> { Guid.NewGuid() } };
        Assert.Equal("NOT_FOUND", (await Outgoing.CancelAsync(colleague, sent.Message.Id, null, Ct)).Code);
        Assert.Equal(1, (await Outgoing.CancelAsync(sent.Sender, sent.Message.Id, null, Ct)).Value);
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_to_call_back()
    {
        var sent = await SendAsync(Wait);
        var other = Scope.System(await Storage.AddTenantAsync("globex", Ct), "test");
        Assert.Equal("NOT_FOUND", (await Outgoing.CancelAsync(other, sent.Message.Id, null, Ct)).Code);
    }

    [Fact]
    public async Task A_delivery_of_another_mail_is_not_called_back_by_this_one()
    {
        var (first, second) = (await SendAsync(Wait), await SendAgainAsync(Wait));
        Assert.Equal("NOT_FOUND", (await Outgoing.CancelAsync(first.Admin, first.Message.Id, [second.Deliveries[0].Id], Ct)).Code);
        Assert.Equal(DeliveryState.Waiting, (await DeliveryAsync(first.Tenant, second.Deliveries[0].Id)).State);
    }

    [Fact]
    public async Task Of_a_cancellation_and_the_end_of_the_wait_that_meet_one_happens()
    {
        const int count = 20;
        var recipients = Enumerable.Range(0, count).Select(i => $"r{i}@outside.test").ToArray();
        var sent = await SendAsync(Wait, recipients);
        Storage.Time.Advance(TimeSpan.FromMinutes(10));

        var cancelled = sent.Message.Deliveries.Select(delivery => Task.Run(() => Outgoing.CancelAsync(sent.Admin, sent.Message.Id, [delivery.Id], Ct)));
        var ended = Enumerable.Range(0, count).Select(_ => Task.Run(() => Outgoing.EndDueAsync(1, Ct)));
        await Task.WhenAll([.. cancelled, .. ended]);
        await Outgoing.EndDueAsync(count, Ct);

        var ends = (await EventsAsync(sent.Tenant)).Where(e => e.Kind is EventKinds.Cancelled or EventKinds.Queued).GroupBy(e => e.DeliveryId).ToList();
        Assert.Equal(count, ends.Count);
        Assert.All(ends, end => Assert.Single(end));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no plan")]
    [InlineData("{\"stages\":[{\"kind\":\"of a newer version\"}]}")]
    [InlineData("{\"stages\":[{}]}")]
    public async Task What_cannot_be_read_stays_and_stops_nobody_else(string plan)
    {
        var broken = await SendAsync(Wait);
        await SetPlanAsync(broken, plan);
        var next = await SendAgainAsync(Wait);
        Storage.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((1, 0), (await Outgoing.EndDueAsync(1, Ct), await Outgoing.EndDueAsync(1, Ct)));
        Assert.Equal(next.Id, Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).MessageId);
        Assert.Equal(DeliveryState.Waiting, (await DeliveryAsync(broken.Tenant, broken.Message.Deliveries[0].Id)).State);
    }

    [Fact]
    public async Task What_a_server_of_the_tenants_own_submits_is_confirmed_by_its_author()
    {
        var tenant = await TenantAsync();
        var mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        var message = Mails.To(tenant, Storage.Time.GetUtcNow(), "bob@outside.test") with { Mode = IntakeMode.Submission, ConnectorId = Guid.NewGuid() };
        await ScannedAsync(message, [Confirm], mailbox);
        var own = new Scope(new HashSet<Guid> { tenant }, Permissions.OfMailbox, "user:ann", null, new HashSet<Guid> { mailbox });
        Assert.Single(await Outgoing.WaitingAsync(tenant, mailbox, 10, Ct));
        await using (var db = Storage.Open(own))
            Assert.Equal((1, 1), (await db.Messages.CountAsync(Ct), await db.Deliveries.CountAsync(Ct)));
        Assert.Equal(1, (await Outgoing.ConfirmAsync(own, message.Id, null, Ct)).Value);
        Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Fact]
    public async Task The_sender_is_told_of_all_that_waits_in_one_mail()
    {
        var sent = await SendAsync(Wait);
        await SendAgainAsync(Wait);
        var order = Assert.Single(await Storage.Get<IMailOrders>().WaitingAsync(10, 60, Ct));
        Assert.Equal((MailOrderKinds.SendingWaits, "info@acme.test"), (order.Kind, order.Recipient));
        Assert.Equal(2, (await Outgoing.WaitingAsync(sent.Tenant, sent.Mailbox, 10, Ct)).Count);
    }

    [Fact]
    public async Task What_is_called_back_is_on_the_audit_log()
    {
        var sent = await SendAsync(Wait);
        await Outgoing.CancelAsync(sent.Admin, sent.Message.Id, null, Ct);
        await using var db = Storage.Open(sent.Admin);
        Assert.Equal(sent.Message.Deliveries[0].Id.ToString(), (await db.Audit.SingleAsync(a => a.Action == "delivery.cancel", Ct)).Target);
    }

    [Fact]
    public async Task An_employee_sees_what_the_own_mailbox_sent_and_colleagues_do_not()
    {
        var sent = await SendAsync(Wait);
        await using var own = Storage.Open(sent.Sender);
        await using var others = Storage.Open(sent.Sender with { Mailboxes = new HashSet<Guid> { Guid.NewGuid() } });
        Assert.Equal((1, 1), (await own.Messages.CountAsync(Ct), await own.Deliveries.CountAsync(Ct)));
        Assert.Equal((0, 0), (await others.Messages.CountAsync(Ct), await others.Deliveries.CountAsync(Ct)));
    }

    private Task<Sent> SendAsync(SendStage stage, params string[] recipients) => SendAsync([stage], recipients);

    private async Task<Sent> SendAsync(IReadOnlyList<SendStage> stages, params string[] recipients)
    {
        var tenant = await TenantAsync();
        var admin = Scope.System(tenant, "test");
        var mailbox = (await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct)).Mailbox!.Id;
        var message = await SendAsync(tenant, mailbox, stages, recipients);
        return new Sent(tenant, mailbox, message, admin, new Scope(new HashSet<Guid> { tenant }, Permissions.OfMailbox, "user:ann", null, new HashSet<Guid> { mailbox }));
    }

    private async Task<NewMessage> SendAgainAsync(SendStage stage)
    {
        var found = await Storage.Get<IRecipientDirectory>().FindAsync("info", "acme.test", Ct);
        return await SendAsync(found.Tenant!.Id, found.Mailbox!.Id, [stage], []);
    }

    private async Task<NewMessage> SendAsync(Guid tenant, Guid mailbox, IReadOnlyList<SendStage> stages, string[] recipients)
    {
        var message = Mails.To(tenant, Storage.Time.GetUtcNow(), recipients.Length == 0 ? ["bob@outside.test"] : recipients) with { Mode = IntakeMode.Submission, SenderMailboxId = mailbox };
        await ScannedAsync(message, stages, author: null);
        return message;
    }

    private async Task ScannedAsync(NewMessage message, IReadOnlyList<SendStage> stages, Guid? author)
    {
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var plan = SendPlan.Of(stages);
        var outcome = Mails.Outcome(lease, DeliveryState.Queued);
        Assert.True(await Flow.CompleteScanAsync(lease, outcome with { Decisions = [.. outcome.Decisions.Select(decision => decision.After(plan))], TellsSender = true, AuthorMailboxId = author }, Ct));
    }

    private async Task SetPlanAsync(Sent sent, string plan)
    {
        await using var db = Storage.Open(sent.Admin);
        Assert.Equal(1, await db.Deliveries.Where(delivery => delivery.MessageId == sent.Message.Id).ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.PlanJson, plan), Ct));
    }

    private sealed record Sent(Guid Tenant, Guid Mailbox, NewMessage Message, Scope Admin, Scope Sender);
}

public sealed class StagesOnSqlite() : StageContract(new SqliteBackend());

public sealed class StagesOnPostgres(PostgresServer server) : StageContract(new PostgresBackend(server));
