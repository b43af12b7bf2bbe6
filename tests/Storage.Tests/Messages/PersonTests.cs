using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

public abstract class PersonContract(IStorageBackend backend) : FlowContract(backend)
{
    [Theory]
    [InlineData(DeliveryState.Quarantined)]
    [InlineData(DeliveryState.Held)]
    public async Task A_release_reaches_exactly_its_recipient(DeliveryState from)
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, from), Ct);
        Assert.Equal(new MoveOutcome(MoveStatus.Moved, DeliveryState.Released), await Flow.ReleaseAsync(Person(tenant), message.Deliveries[1].Id, Ct));
        Assert.Equal("sales@acme.test", Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct)).Recipient);
        Assert.Equal("user:ann", (await DeliveryAsync(tenant, message.Deliveries[1].Id)).ReleasedBy);
    }

    [Fact]
    public async Task A_repeated_release_acts_once_also_after_arrival()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        await Flow.ReleaseAsync(Person(tenant), delivery, Ct);
        Assert.Equal(new MoveOutcome(MoveStatus.AlreadyThere, DeliveryState.Released), await Flow.ReleaseAsync(Person(tenant), delivery, Ct));
        var lease = Assert.Single(await Flow.ClaimRelaysAsync(10, Lease, Ct));
        await Flow.CompleteRelayAsync(lease, new RelayResult.Delivered("mx", "250 ok"), Ct);
        Assert.Equal(new MoveOutcome(MoveStatus.AlreadyThere, DeliveryState.Delivered), await Flow.ReleaseAsync(Person(tenant), delivery, Ct));
        Assert.Single(await KindsAsync(tenant), EventKinds.Released);
    }

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Inspected)]
    public async Task What_is_not_stopped_cannot_be_released(DeliveryState from)
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, from);
        Assert.Equal(new MoveOutcome(MoveStatus.NotAllowed, from), await Flow.ReleaseAsync(Person(tenant), delivery, Ct));
    }

    [Fact]
    public async Task A_delivery_that_was_delivered_without_a_person_cannot_be_released()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Queued);
        await Flow.CompleteRelayAsync(Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct)), new RelayResult.Delivered("mx", "250 ok"), Ct);
        Assert.Equal(MoveStatus.NotAllowed, (await Flow.ReleaseAsync(Person(tenant), delivery, Ct)).Status);
    }

    [Theory]
    [InlineData(IntakeMode.Journal)]
    [InlineData(IntakeMode.Import)]
    public async Task A_copy_that_is_held_cannot_be_released(IntakeMode mode)
    {
        var tenant = await TenantAsync();
        var copy = Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test") with { Mode = mode };
        await Flow.AcceptAsync([copy], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Held), Ct);
        Assert.Equal(new MoveOutcome(MoveStatus.NotAllowed, DeliveryState.Held), await Flow.ReleaseAsync(Person(tenant), copy.Deliveries[0].Id, Ct));
        Assert.Empty(await Flow.ClaimRelaysAsync(10, Lease, Ct));
    }

    [Fact]
    public async Task A_delivery_of_another_tenant_is_not_found()
    {
        var tenant = await TenantAsync();
        var other = await Storage.AddTenantAsync("globex", Ct);
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        var notFound = new MoveOutcome(MoveStatus.NotFound, null);
        Assert.Equal(notFound, await Flow.ReleaseAsync(Person(other), delivery, Ct));
        Assert.Equal(notFound, await Flow.DeleteAsync(Person(other), delivery, Ct));
        Assert.Equal(notFound, await Flow.RescanAsync(Person(other), delivery, Ct));
        Assert.Equal(notFound, await Flow.ReleaseAsync(Person(tenant), Guid.NewGuid(), Ct));
        Assert.Equal(DeliveryState.Quarantined, (await DeliveryAsync(tenant, delivery)).State);
    }

    [Fact]
    public async Task A_person_without_the_permission_is_refused()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        var reader = Person(tenant) with { Permissions = Permissions.ReadOnly };
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Flow.ReleaseAsync(reader, delivery, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Flow.DeleteAsync(reader, delivery, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Flow.RescanAsync(reader, delivery, Ct));
    }

    [Fact]
    public async Task A_deleted_delivery_stays_deleted()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        Assert.Equal(MoveStatus.Moved, (await Flow.DeleteAsync(Person(tenant), delivery, Ct)).Status);
        Assert.Equal(MoveStatus.AlreadyThere, (await Flow.DeleteAsync(Person(tenant), delivery, Ct)).Status);
        Assert.Equal(MoveStatus.NotAllowed, (await Flow.ReleaseAsync(Person(tenant), delivery, Ct)).Status);
    }

    [Fact]
    public async Task Every_act_of_a_person_is_a_link_of_the_audit_chain()
    {
        var tenant = await TenantAsync();
        var held = await DeliveryInAsync(tenant, DeliveryState.Held);
        await Flow.RescanAsync(Person(tenant), held, Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined), Ct);
        await Flow.ReleaseAsync(Person(tenant), held, Ct);
        await Flow.ReleaseAsync(Person(tenant), held, Ct);
        await using var db = Storage.Open(Person(tenant));
        var entries = await db.Audit.Where(a => a.Actor == "user:ann").OrderBy(a => a.Sequence).Select(a => new { a.Action, a.Target }).ToListAsync(Ct);
        Assert.Equal([("delivery.rescan", held.ToString()), ("delivery.release", held.ToString())], entries.Select(e => (e.Action, e.Target)));
        Assert.Null(await Storage.Get<IAuditLog>().FindBreakAsync(Person(tenant), tenant, Ct));
    }

    private static Scope Person(Guid tenant) => new(new HashSet<Guid> { tenant }, Permissions.All, "user:ann");
}

public sealed class PersonOnSqlite() : PersonContract(new SqliteBackend());

public sealed class PersonOnPostgres(PostgresServer server) : PersonContract(new PostgresBackend(server));
