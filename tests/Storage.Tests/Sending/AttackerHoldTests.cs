using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>What is on its way, decided over or held already when its recipient becomes an attacker, and what a person makes of it (OUT10).</summary>
public abstract class AttackerHoldContract(IStorageBackend backend) : AttackingContract(backend)
{
    [Fact]
    public async Task What_is_on_its_way_this_moment_arrives()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, Attacker);
        await Flow.ClaimRelaysAsync(10, Lease, Ct);
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal(DeliveryState.Queued, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_comes_back_from_the_relay_after_the_verdict_is_held(bool tried)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, Attacker);
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await AttackAsync(sender.Tenant, Attacker);

        Assert.True(tried ? await Flow.CompleteRelayAsync(relay, new RelayResult.Deferred("4.2.0", "busy", Now), Ct) : await Flow.ReturnRelayAsync(relay, Now, Ct));
        Assert.Equal([(DeliveryState.Held, "known-attacker")], await StatesAsync(sender.Tenant));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_worker_that_died_had_is_held(bool leaseEndsFirst)
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Queued, Attacker);
        var relay = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        if (leaseEndsFirst)
            Storage.Time.Advance(Lease);
        await AttackAsync(sender.Tenant, Attacker);
        Storage.Time.Advance(Lease);

        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal([(DeliveryState.Held, "known-attacker")], await StatesAsync(sender.Tenant));
        Assert.False(await Flow.CompleteRelayAsync(relay, new RelayResult.Delivered("mx.example.com", "250 ok"), Ct));
    }

    [Fact]
    public async Task Mail_of_a_server_for_no_mailbox_is_held_too()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, Attacker) with { ConnectorId = Guid.NewGuid(), SenderMailboxId = null });
        await InspectedAsync();
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal([(DeliveryState.Held, "known-attacker")], await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task The_end_of_a_block_lets_nothing_out_to_an_attacker()
    {
        var sender = await SenderAsync("acme");
        var scope = Scope.System(sender.Tenant, "test");
        await WaitingAsync(sender, DeliveryState.Queued, Attacker, "friend@partner.example");
        await Blocks.BlockAsync(scope, sender.Mailbox, 60, "why", SendBlockEnds.Nothing, Ct);
        await AttackAsync(sender.Tenant, Attacker);
        await Blocks.UnblockAsync(scope, sender.Mailbox, true, Ct);

        await using var db = Storage.Open(scope);
        var held = await db.Deliveries.SingleAsync(row => row.Recipient == Attacker, Ct);
        Assert.Equal((DeliveryState.Held, "known-attacker", DecisionBasis.Recipient), (held.State, held.LastStatus, RuleJson.ReadDecision(held.DecisionJson!).Basis));
        Assert.Equal(DeliveryState.Released, await db.Deliveries.Where(row => row.Recipient != Attacker).Select(row => row.State).SingleAsync(Ct));
    }

    [Fact]
    public async Task A_mail_that_was_decided_over_before_the_verdict_and_is_written_after_it_is_held()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, Attacker));
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var asked = Now;
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        await AttackAsync(sender.Tenant, Attacker);

        var outcome = Mails.Outcome(lease, DeliveryState.Waiting, Mails.Verdict(VerdictKind.Clean)) with { RecipientsAskedAt = asked };
        Assert.True(await Flow.CompleteScanAsync(lease, outcome, Ct));

        Assert.Equal([(DeliveryState.Held, "known-attacker")], await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task An_administrator_releases_it()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.Waiting, Attacker);
        await AttackAsync(sender.Tenant, Attacker);
        var scope = Scope.System(sender.Tenant, "test");
        await using var db = Storage.Open(scope);

        await Flow.ReleaseAsync(scope, await db.Deliveries.Where(row => row.Recipient == Attacker).Select(row => row.Id).SingleAsync(Ct), Ct);
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal(DeliveryState.Released, Assert.Single(await StatesAsync(sender.Tenant)).State);
    }

    [Fact]
    public async Task What_is_released_still_waits_for_its_approval_and_no_later_attack_holds_it_again()
    {
        var sender = await SenderAsync("acme");
        await WaitingAsync(sender, DeliveryState.AwaitingApproval, Attacker);
        await AttackAsync(sender.Tenant, Attacker);
        var scope = Scope.System(sender.Tenant, "test");
        await using var db = Storage.Open(scope);

        await Flow.ReleaseAsync(scope, await db.Deliveries.Where(row => row.Recipient == Attacker).Select(row => row.Id).SingleAsync(Ct), Ct);
        var released = Assert.Single(await StatesAsync(sender.Tenant)).State;
        await AttackAsync(sender.Tenant, Attacker);

        Assert.Equal((DeliveryState.AwaitingApproval, DeliveryState.AwaitingApproval), (released, Assert.Single(await StatesAsync(sender.Tenant)).State));
    }
}

public sealed class SqliteAttackerHoldTests() : AttackerHoldContract(new SqliteBackend());

public sealed class PostgresAttackerHoldTests(PostgresServer server) : AttackerHoldContract(new PostgresBackend(server));
