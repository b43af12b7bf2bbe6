using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Audit;
using Platform.Storage.Connectors;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Submission;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

public abstract class SendBlocksContract(IStorageBackend backend) : SendingContract(backend)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_blocked_mailbox_sends_nothing()
    {
        var sender = await SenderAsync("acme");
        var until = await ExceededAsync(sender);

        var refused = await Assert.ThrowsAsync<SendBlockedException>(() => AcceptAsync(Submitted(sender, "a@example.com")));

        Assert.Equal((until, Now + s_hour), (refused.Until, until));
        Assert.Empty(await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task Mail_still_comes_in_to_it()
    {
        var sender = await SenderAsync("acme");
        await ExceededAsync(sender);

        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));

        Assert.Single(await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task What_waits_for_the_relay_is_held()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com", "b@example.com"));
        await InspectedAsync();
        await ExceededAsync(sender);

        Assert.Equal([(DeliveryState.Held, "account-blocked"), (DeliveryState.Held, "account-blocked")], await StatesAsync(sender.Tenant));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Fact]
    public async Task What_is_inspected_while_it_is_blocked_is_held()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await ExceededAsync(sender);
        await InspectedAsync();

        Assert.Equal([(DeliveryState.Held, "account-blocked")], await StatesAsync(sender.Tenant));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_gets_it_asks_for_it_and_does_not_release_it(bool inspectedFirst)
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        if (inspectedFirst)
            await InspectedAsync();
        await ExceededAsync(sender);
        if (!inspectedFirst)
            await InspectedAsync();

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        var decision = RuleJson.ReadDecision((await db.Deliveries.SingleAsync(Ct)).DecisionJson!);
        var rights = EffectivePolicy.Platform.RightsOf(VerdictKind.Clean, decision);
        Assert.Equal((DecisionBasis.SenderBlocked, false, true), (decision.Basis, rights.HasFlag(QuarantineRights.Release), rights.HasFlag(QuarantineRights.Request)));
    }

    [Fact]
    public async Task What_is_on_its_way_this_moment_arrives()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await InspectedAsync();
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await ExceededAsync(sender);

        Assert.True(await Flow.CompleteRelayAsync(relay, new RelayResult.Delivered("mx.example.com", "250 ok"), Ct));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_comes_back_from_the_relay_during_the_block_is_held(bool tried)
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await InspectedAsync();
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await ExceededAsync(sender);

        Assert.True(tried ? await Flow.CompleteRelayAsync(relay, new RelayResult.Deferred("4.2.0", "busy", Now), Ct) : await Flow.ReturnRelayAsync(relay, Now, Ct));
        Assert.Equal([(DeliveryState.Held, "account-blocked")], await StatesAsync(sender.Tenant));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(EventKinds.Held, (await db.Events.Where(row => row.DeliveryId == relay.DeliveryId).OrderBy(row => row.Sequence).ToListAsync(Ct)).Skip(2).Single().Kind);
    }

    [Fact]
    public async Task What_a_person_released_is_tried_again_during_the_block()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await InspectedAsync();
        await ExceededAsync(sender);
        await using (var db = Storage.Open(Scope.System(sender.Tenant, "test")))
            await Flow.ReleaseAsync(Scope.System(sender.Tenant, "test"), await db.Deliveries.Select(row => row.Id).SingleAsync(Ct), Ct);
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));

        Assert.True(await Flow.CompleteRelayAsync(relay, new RelayResult.Deferred("4.2.0", "busy", Now), Ct));
        Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_worker_that_died_had_is_held(bool leaseEndsFirst)
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await InspectedAsync();
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        if (leaseEndsFirst)
            Storage.Time.Advance(Lease);
        await ExceededAsync(sender);
        Storage.Time.Advance(Lease);

        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal([(DeliveryState.Held, "account-blocked")], await StatesAsync(sender.Tenant));
        Assert.False(await Flow.CompleteRelayAsync(relay, new RelayResult.Delivered("mx.example.com", "250 ok"), Ct));
    }

    [Fact]
    public async Task What_waited_for_weeks_is_held_and_sent_with_the_rest()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        Storage.Time.Advance(TimeSpan.FromDays(40));
        await InspectedAsync();
        await ExceededAsync(sender);
        Assert.Equal([(DeliveryState.Held, "account-blocked")], await StatesAsync(sender.Tenant));

        await Blocks.UnblockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, release: true, Ct);
        Assert.Equal(DeliveryState.Released, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task What_a_server_of_the_tenants_own_hands_over_for_a_blocked_mailbox_is_not_taken()
    {
        var sender = await SenderAsync("acme");
        await ExceededAsync(sender);

        await Assert.ThrowsAsync<SendBlockedException>(() => AcceptAsync(Submitted(sender, "a@example.com") with { ConnectorId = Guid.NewGuid() }));
        await AcceptAsync(Submitted(sender, "a@example.com") with { ConnectorId = Guid.NewGuid(), SenderMailboxId = null });
    }

    /// <summary>A row that is not there is not locked, and a block would pass by what is being accepted.</summary>
    [Fact]
    public async Task Who_sends_for_the_first_time_has_a_row_that_a_block_waits_for()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(sender.Mailbox, (await db.SendAccounts.SingleAsync(Ct)).Id);
    }

    [Fact]
    public async Task A_person_weakens_no_block_that_is_there()
    {
        var sender = await SenderAsync("acme");
        await ExceededAsync(sender, SendBlockEnds.Sessions);
        await Blocks.BlockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, 5, "asked him", SendBlockEnds.Nothing, Ct);

        Assert.Equal(new SendBlock(Now + s_hour, "hour.messages", true) { Since = Now }, await Blocks.FindAsync(sender.Mailbox, Ct));
    }

    [Fact]
    public async Task A_person_lengthens_a_block_and_says_why()
    {
        var sender = await SenderAsync("acme");
        await ExceededAsync(sender, SendBlockEnds.Sessions);
        await Blocks.BlockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, 120, "it was stolen", SendBlockEnds.Nothing, Ct);

        Assert.Equal(new SendBlock(Now.AddHours(2), "it was stolen", true) { Since = Now }, await Blocks.FindAsync(sender.Mailbox, Ct));
    }

    [Fact]
    public async Task It_is_told_once_however_often_the_limit_is_met()
    {
        var sender = await SenderAsync("acme");
        var first = await ExceededAsync(sender);
        Storage.Time.Advance(TimeSpan.FromMinutes(10));
        var second = await ExceededAsync(sender);

        Assert.Equal(first, second);
        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        var told = Assert.Single(await db.Events.Where(row => row.Kind == EventKinds.SendingBlocked).ToListAsync(Ct));
        Assert.Contains("\"limit\":\"hour.messages\"", told.Data, StringComparison.Ordinal);
        Assert.Contains("\"mailbox\":\"info@acme.test\"", told.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_ends_by_itself_and_that_is_told()
    {
        var sender = await SenderAsync("acme");
        await ExceededAsync(sender);
        Storage.Time.Advance(s_hour - TimeSpan.FromSeconds(1));
        var early = await Blocks.ExpireAsync(Ct);
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        var freed = await Blocks.FindAsync(sender.Mailbox, Ct);
        var ended = await Blocks.ExpireAsync(Ct);
        await AcceptAsync(Submitted(sender, "a@example.com"));

        Assert.Equal((0, null, 1), (early, freed, ended));
        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == EventKinds.SendingUnblocked, Ct));
    }

    [Theory]
    [InlineData(false, DeliveryState.Held)]
    [InlineData(true, DeliveryState.Released)]
    public async Task Who_unblocks_says_what_becomes_of_held_mail(bool release, DeliveryState state)
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await InspectedAsync();
        await ExceededAsync(sender);

        var done = await Blocks.UnblockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, release, Ct);

        Assert.Equal((sender.Mailbox, (string?)null), (done.Value, done.Code));
        Assert.Equal(state, Assert.Single(await StatesAsync(sender.Tenant)).State);
        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(["sending.block", "sending.unblock"], await db.Audit.Where(row => row.Action.StartsWith("sending.")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(Scope.System(sender.Tenant, "test"), sender.Tenant, Ct)).Holds);
    }

    [Fact]
    public async Task What_was_sent_before_a_person_unblocked_counts_no_more()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        var before = await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct);
        await ExceededAsync(sender);
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        await Blocks.UnblockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, release: false, Ct);

        await Assert.ThrowsAsync<SendPermitException>(() => AcceptAsync(Submitted(sender, "b@example.com") with { Permits = [new SendPermit(sender.Mailbox, before.Epoch)] }));
        Assert.Empty((await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct)).Sent);
    }

    [Theory]
    [InlineData(SendBlockEnds.Sessions, 1, true)]
    [InlineData(SendBlockEnds.AppPasswords, 0, true)]
    [InlineData(SendBlockEnds.Nothing, 1, false)]
    public async Task What_ends_with_it_is_by_policy(SendBlockEnds ends, int passwords, bool endsSessions)
    {
        var sender = await SenderAsync("acme");
        await Storage.Get<IAppPasswords>().CreateAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, "Scanner", 30, new AppPasswordKeys([1], 1, [1], [1]), Ct);
        await ExceededAsync(sender, ends);

        Assert.Equal(passwords, (await Storage.Get<IAppPasswords>().OfMailboxAsync(sender.Mailbox, Ct)).Count);
        Assert.Equal(endsSessions, (await Blocks.FindAsync(sender.Mailbox, Ct))!.EndsSessions);
    }

    [Fact]
    public async Task A_person_blocks_with_a_reason_and_a_shorter_block_shortens_nothing()
    {
        var sender = await SenderAsync("acme");
        var scope = Scope.System(sender.Tenant, "test");
        await Blocks.BlockAsync(scope, sender.Mailbox, 60, "seen at a phishing page", SendBlockEnds.Sessions, Ct);
        await Blocks.BlockAsync(scope, sender.Mailbox, 5, "again", SendBlockEnds.Sessions, Ct);

        Assert.Equal(new SendBlock(Now.AddHours(1), "seen at a phishing page", true) { Since = Now }, await Blocks.FindAsync(sender.Mailbox, Ct));
    }

    [Theory]
    [InlineData(0, "why", "INVALID_DURATION")]
    [InlineData(43_201, "why", "INVALID_DURATION")]
    [InlineData(5, " ", "INVALID_REASON")]
    [InlineData(5, "two\nlines", "INVALID_REASON")]
    public async Task A_block_needs_a_time_and_a_reason(int minutes, string reason, string code)
    {
        var sender = await SenderAsync("acme");

        Assert.Equal(code, (await Blocks.BlockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, minutes, reason, SendBlockEnds.Nothing, Ct)).Code);
    }

    [Fact]
    public async Task Mailboxes_of_others_are_out_of_reach()
    {
        var sender = await SenderAsync("acme");
        var stranger = Scope.System((await SenderAsync("globex")).Tenant, "test");
        await ExceededAsync(sender);

        Assert.Equal("NOT_FOUND", (await Blocks.BlockAsync(stranger, sender.Mailbox, 5, "why", SendBlockEnds.Nothing, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Blocks.UnblockAsync(stranger, sender.Mailbox, release: true, Ct)).Code);
        await using var db = Storage.Open(stranger);
        Assert.Empty(await db.SendAccounts.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_mailbox_that_is_not_blocked_cannot_be_unblocked()
    {
        var sender = await SenderAsync("acme");

        Assert.Equal("NOT_BLOCKED", (await Blocks.UnblockAsync(Scope.System(sender.Tenant, "test"), sender.Mailbox, release: false, Ct)).Code);
    }

    [Fact]
    public async Task A_total_is_told_of_once_an_hour()
    {
        var sender = await SenderAsync("acme");
        var place = new SendSubject(sender.Tenant, SendSubjectKind.Tenant, sender.Tenant);
        await Ledger.OpenAsync(place, Now.AddDays(-1), Ct);
        foreach (var minutes in new[] { 0, 59, 1 })
        {
            Storage.Time.Advance(TimeSpan.FromMinutes(minutes));
            await Blocks.TotalReachedAsync(place, "total.hour.messages", Ct);
        }

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(2, await db.Events.CountAsync(row => row.Kind == EventKinds.SendingLimited, Ct));
    }

    [Fact]
    public async Task A_limit_of_a_server_is_told_by_its_name()
    {
        var sender = await SenderAsync("acme");
        var server = await Storage.Get<IConnectorCommands>().CreateAsync(Scope.System(sender.Tenant, "test"), sender.Tenant, new NewConnector("mail.acme.test", ["203.0.113.10/32"], [], null), Ct);
        var subject = new SendSubject(sender.Tenant, SendSubjectKind.Connector, server.Value);
        await Ledger.OpenAsync(subject, Now.AddDays(-1), Ct);
        await Blocks.TotalReachedAsync(subject, "day.outside", Ct);

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Contains("\"server\":\"mail.acme.test\"", (await db.Events.SingleAsync(row => row.Kind == EventKinds.SendingLimited, Ct)).Data, StringComparison.Ordinal);
    }

    private Task<DateTimeOffset> ExceededAsync((Guid Tenant, Guid Mailbox) sender, SendBlockEnds ends = SendBlockEnds.Nothing) =>
        Blocks.ExceededAsync(sender.Tenant, sender.Mailbox, "hour.messages", s_hour, ends, Ct);
}

public sealed class SqliteSendBlocksTests() : SendBlocksContract(new SqliteBackend());

public sealed class PostgresSendBlocksTests(PostgresServer server) : SendBlocksContract(new PostgresBackend(server));
