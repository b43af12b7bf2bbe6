using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Copies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Outgoing;

/// <summary>Copies that sending rules ask for: they go where the mail goes, and are nobody's delivery (OUT5).</summary>
public abstract class CopyContract(IStorageBackend backend) : SendingContract(backend)
{
    private const string Archive = "archive@acme.test";

    private IOutgoingMail Outgoing => Storage.Get<IOutgoingMail>();

    [Fact]
    public async Task A_copy_of_a_mail_that_leaves_at_once_leaves_with_it_and_says_why()
    {
        var sent = await SendAsync(DeliveryState.Queued, "bob@outside.example");

        var copy = await CopyAsync(sent);
        Assert.Equal((DeliveryState.Queued, "NEVER", (Guid?)null, "Archive all"), (copy.State, copy.Notify, copy.SenderMailboxId, RuleJson.ReadDecision(copy.DecisionJson!).Rule!.Name));
        await using var db = Storage.Open(sent.Admin);
        var told = await db.Events.Where(row => row.DeliveryId == copy.Id && row.Kind == EventKinds.Queued).Select(row => row.Data).SingleAsync(Ct);
        Assert.Contains("\"reason\":\"copy\"", told, StringComparison.Ordinal);
        Assert.Contains("Archive all", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_the_first_that_leaves()
    {
        var sent = await SendAsync(DeliveryState.AwaitingConfirmation, "bob@outside.example", "carol@outside.example");
        var before = (await CopyAsync(sent)).State;
        await Outgoing.ConfirmAsync(sent.Admin, sent.Message, [await IdAsync(sent, "bob@outside.example")], Ct);

        Assert.Equal((DeliveryState.Waiting, DeliveryState.Queued), (before, (await CopyAsync(sent)).State));
    }

    [Theory]
    [InlineData(false, DeliveryState.Waiting)]
    [InlineData(true, DeliveryState.Cancelled)]
    public async Task There_is_none_of_a_mail_that_left_for_nobody(bool both, DeliveryState expected)
    {
        var sent = await SendAsync(DeliveryState.Waiting, "bob@outside.example", "carol@outside.example");
        await Outgoing.CancelAsync(sent.Admin, sent.Message, both ? null : [await IdAsync(sent, "bob@outside.example")], Ct);

        Assert.Equal(expected, (await CopyAsync(sent)).State);
    }

    [Fact]
    public async Task The_end_of_a_wait_takes_it_along_and_no_time_of_its_own_ends()
    {
        var sent = await SendAsync(DeliveryState.Waiting, "bob@outside.example");
        Storage.Time.Advance(TimeSpan.FromMinutes(4));
        await Outgoing.EndDueAsync(10, Ct);
        var before = (await CopyAsync(sent)).State;
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        await Outgoing.EndDueAsync(10, Ct);

        Assert.Equal((DeliveryState.Waiting, DeliveryState.Queued), (before, (await CopyAsync(sent)).State));
    }

    [Fact]
    public async Task Its_sender_neither_sees_nor_ends_it()
    {
        var sent = await SendAsync(DeliveryState.Waiting, "bob@outside.example");
        var copy = await CopyAsync(sent);

        Assert.Equal(["bob@outside.example"], Assert.Single(await Outgoing.WaitingAsync(sent.Sender.Tenant, sent.Sender.Mailbox, 10, Ct)).Deliveries.Select(delivery => delivery.Recipient));
        Assert.Equal("NOT_FOUND", (await Outgoing.CancelAsync(sent.Admin, sent.Message, [copy.Id], Ct)).Code);
        await using var own = Storage.Open(new Scope(new HashSet<Guid> { sent.Sender.Tenant }, Permissions.OfMailbox, "user:ann", null, new HashSet<Guid> { sent.Sender.Mailbox }));
        Assert.Equal(1, await own.Deliveries.CountAsync(Ct));
    }

    [Fact]
    public async Task It_counts_towards_no_limit()
    {
        var sent = await SendAsync(DeliveryState.Queued, "bob@outside.example");

        Assert.Equal([(1, 0, 1)], (await Ledger.OpenAsync(SubjectOf(sent.Sender), Now.AddDays(-1), Ct)).Sent.Select(count => (count.Messages, count.Inside, count.Outside)));
    }

    [Fact]
    public async Task Who_is_a_recipient_already_gets_no_second_one()
    {
        var sent = await SendAsync(DeliveryState.Queued, Archive, "bob@outside.example");

        await using var db = Storage.Open(sent.Admin);
        Assert.Equal(2, await db.Deliveries.CountAsync(Ct));
    }

    [Theory]
    [InlineData(true, DeliveryState.Queued)]
    [InlineData(false, DeliveryState.Cancelled)]
    public async Task A_held_mail_takes_it_along_when_a_person_decides(bool release, DeliveryState expected)
    {
        var sent = await SendAsync(DeliveryState.Waiting, "bob@outside.example");
        await Blocks.BlockAsync(sent.Admin, sent.Sender.Mailbox, 60, "why", Platform.Storage.Sending.SendBlockEnds.Nothing, Ct);
        Storage.Time.Advance(TimeSpan.FromMinutes(5));
        await Outgoing.EndDueAsync(10, Ct);
        var id = await IdAsync(sent, "bob@outside.example");
        var before = (await CopyAsync(sent)).State;
        await (release ? Flow.ReleaseAsync(sent.Admin, id, Ct) : Flow.DeleteAsync(sent.Admin, id, Ct));

        Assert.Equal((DeliveryState.Waiting, expected), (before, (await CopyAsync(sent)).State));
    }

    [Fact]
    public async Task Its_delivery_says_that_it_is_a_copy()
    {
        var sent = await SendAsync(DeliveryState.Queued, "bob@outside.example");
        await RelayedAsync();
        var copy = await CopyAsync(sent);

        await using var db = Storage.Open(sent.Admin);
        Assert.Contains("\"reason\":\"copy\"", await db.Events.Where(row => row.DeliveryId == copy.Id && row.Kind == EventKinds.Delivered).Select(row => row.Data).SingleAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_with_a_mail_that_is_inspected_again_and_asks_for_none_any_more()
    {
        var sent = await SendAsync(DeliveryState.Waiting, "bob@outside.example");
        await Blocks.BlockAsync(sent.Admin, sent.Sender.Mailbox, 60, "why", Platform.Storage.Sending.SendBlockEnds.Nothing, Ct);
        Storage.Time.Advance(TimeSpan.FromMinutes(5));
        await Outgoing.EndDueAsync(10, Ct);
        await Blocks.UnblockAsync(sent.Admin, sent.Sender.Mailbox, false, Ct);
        await Flow.RescanAsync(sent.Admin, await IdAsync(sent, "bob@outside.example"), Ct);
        var before = (await CopyAsync(sent)).State;
        await InspectedAsync();

        Assert.Equal((DeliveryState.Waiting, DeliveryState.Queued), (before, (await CopyAsync(sent)).State));
    }

    private async Task<Sent> SendAsync(DeliveryState state, params string[] recipients)
    {
        var sender = await SenderAsync("acme");
        var admin = Scope.System(sender.Tenant, "test");
        var archive = (await Storage.Commands.AddMailboxAsync(admin, sender.Tenant, Archive, "Archive", Ct)).Value;
        var message = Submitted(sender, recipients);
        await AcceptAsync(message);
        var why = new DecisionRecord(VerdictKind.Clean, PolicyAction.Deliver, PolicyAction.Deliver, RuleRevisions.None) { Rule = new RuleHit(Guid.NewGuid(), "Archive all", 1, false, "size > 0") };
        await InspectedAsync(Mails.Verdict(VerdictKind.Clean), outcome => outcome with
        {
            Decisions = [.. outcome.Decisions.Select(decision => decision.After(Mails.PlanOf(state)))],
            Copies = [new NewCopy(Archive, archive, why)],
        });
        return new Sent(sender, message.Id, admin);
    }

    private async Task<Platform.Storage.Model.DeliveryRow> CopyAsync(Sent sent)
    {
        await using var db = Storage.Open(sent.Admin);
        return await db.Deliveries.AsNoTracking().SingleAsync(row => row.IsCopy, Ct);
    }

    private async Task<Guid> IdAsync(Sent sent, string recipient)
    {
        await using var db = Storage.Open(sent.Admin);
        return await db.Deliveries.Where(row => row.Recipient == recipient).Select(row => row.Id).SingleAsync(Ct);
    }

    private sealed record Sent((Guid Tenant, Guid Mailbox) Sender, Guid Message, Scope Admin);
}

public sealed class CopiesOnSqlite() : CopyContract(new SqliteBackend());

public sealed class CopiesOnPostgres(PostgresServer server) : CopyContract(new PostgresBackend(server));
