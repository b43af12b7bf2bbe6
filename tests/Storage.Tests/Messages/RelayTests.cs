using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

public abstract class RelayContract(IStorageBackend backend) : FlowContract(backend)
{
    [Fact]
    public async Task A_claim_gives_what_the_relay_needs()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.Equal(
            (delivery, tenant, 1, DeliveryState.Queued, "sender@outside.test", "info@acme.test", "FAILURE"),
            (lease.DeliveryId, lease.TenantId, lease.Attempt, lease.State, lease.MailFrom, lease.Recipient, lease.Notify));
        Assert.Equal(("Received: by test\r\n", 1234, IntakeMode.Gateway), (lease.Prologue, lease.Size, lease.Mode));
        Assert.Equal(new SmtpParameters(true, false, "HDRS", "env-1"), lease.Smtp);
        Assert.Equal(Storage.Time.GetUtcNow(), lease.QueuedAt);
    }

    [Fact]
    public async Task A_delivered_delivery_is_never_claimed_again()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Assert.True(await Flow.CompleteRelayAsync(lease, new RelayResult.Delivered("mx.acme.test", "250 ok"), Ct));
        Storage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        var row = await DeliveryAsync(tenant, delivery);
        Assert.Equal((DeliveryState.Delivered, "250 ok"), (row.State, row.LastStatus));
    }

    [Fact]
    public async Task A_deferred_delivery_waits_in_its_state()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await Flow.CompleteRelayAsync(lease, new RelayResult.Deferred("4.4.1", "no answer", Storage.Time.GetUtcNow() + Lease), Ct);
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        Storage.Time.Advance(Lease);
        Assert.Equal(2, Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).Attempt);
        Assert.Equal((DeliveryState.Queued, "4.4.1 no answer"), ((await DeliveryAsync(tenant, delivery)).State, (await DeliveryAsync(tenant, delivery)).LastStatus));
        Assert.Equal([EventKinds.Received, EventKinds.Queued, EventKinds.Deferred], await KindsAsync(tenant));
    }

    [Fact]
    public async Task A_failure_and_its_bounce_are_one_move()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        var bounce = Mails.To(tenant, Storage.Time.GetUtcNow(), "sender@outside.test") with { Mode = IntakeMode.Bounce };
        Assert.True(await Flow.CompleteRelayAsync(lease, new RelayResult.Failed("5.1.1", "no such user", bounce), Ct));
        Assert.Equal([EventKinds.Received, EventKinds.Queued, EventKinds.Failed, EventKinds.Queued], await KindsAsync(tenant));
        Assert.Equal(bounce.Id, Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).MessageId);
        Assert.False(await Flow.CompleteRelayAsync(lease, new RelayResult.Failed("5.1.1", "no such user", bounce with { Id = Guid.NewGuid() }), Ct));
        Assert.Equal(4, (await KindsAsync(tenant)).Length);
    }

    [Fact]
    public async Task A_success_notice_is_sent_in_the_same_move()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        var notice = Mails.To(tenant, Storage.Time.GetUtcNow(), "sender@outside.test") with { Mode = IntakeMode.Bounce };
        await Flow.CompleteRelayAsync(lease, new RelayResult.Delivered("mx", "250 ok") { Notice = notice }, Ct);
        Assert.Equal(notice.Id, Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).MessageId);
    }

    [Fact]
    public async Task A_relay_that_lost_its_lease_writes_nothing()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Queued);
        var frozen = Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));
        Storage.Time.Advance(Lease);
        Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));
        Assert.False(await Flow.CompleteRelayAsync(frozen, new RelayResult.Delivered("mx", "250 ok"), Ct));
        Assert.False(await Flow.ExtendRelayAsync(frozen, Lease, Ct));
        Assert.False(await Flow.ReturnRelayAsync(frozen, Storage.Time.GetUtcNow(), Ct));
        Assert.Equal([EventKinds.Received, EventKinds.Queued], await KindsAsync(tenant));
    }

    [Fact]
    public async Task A_lease_can_be_extended_while_the_transmission_runs()
    {
        await DeliveryInAsync(await TenantAsync(), DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));
        Storage.Time.Advance(Lease / 2);
        Assert.True(await Flow.ExtendRelayAsync(lease, Lease, Ct));
        Storage.Time.Advance(Lease / 2);
        Assert.Empty(await Flow.ClaimRelaysAsync(1, Lease, Ct));
        Storage.Time.Advance(Lease / 2);
        Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));
    }

    [Fact]
    public async Task A_delivery_given_back_costs_no_attempt_and_no_event()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Queued);
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));
        Assert.True(await Flow.ReturnRelayAsync(lease, Storage.Time.GetUtcNow(), Ct));
        Assert.Equal(1, Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct)).Attempt);
        Assert.Equal([EventKinds.Received, EventKinds.Queued], await KindsAsync(tenant));
    }

    [Theory]
    [InlineData(DeliveryState.Quarantined)]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Inspected)]
    public async Task What_policy_stopped_is_never_given_to_the_relay(DeliveryState state)
    {
        await DeliveryInAsync(await TenantAsync(), state);
        Storage.Time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }
}

public sealed class RelayOnSqlite() : RelayContract(new SqliteBackend());

public sealed class RelayOnPostgres(PostgresServer server) : RelayContract(new PostgresBackend(server));
