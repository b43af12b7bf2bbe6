using Microsoft.EntityFrameworkCore;
using Platform.Engine.Tracking;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Tracking;

namespace Platform.Storage.Tests.Tracking;

public abstract class ReadStoreContract(IStorageBackend backend) : TrackingContract(backend)
{
    [Fact]
    public async Task An_open_waits_to_be_graded_and_is_claimed_once()
    {
        var sent = await SentAsync();
        await Store.NoteAsync([Open(sent.Deliveries[0])], Ct);

        Assert.Empty(await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct));
        Storage.Time.Advance(GradedAfter);
        var due = Assert.Single(await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct));

        Assert.Equal((sent.Message, sent.Deliveries[0], TrackedPlace.Country, Facts), (due.MessageId, due.DeliveryId, due.Place, due.Facts));
        Assert.Empty(await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task One_that_nobody_finished_is_due_again()
    {
        var sent = await SentAsync();
        await Store.NoteAsync([Open(sent.Deliveries[0])], Ct);
        Storage.Time.Advance(GradedAfter);
        await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct);
        Storage.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task What_is_not_tracked_is_passed_over()
    {
        var sent = await SentAsync(tracked: false);
        await Store.NoteAsync([Open(sent.Deliveries[0]), Open(Guid.NewGuid())], Ct);

        Assert.Empty(await OpensAsync(sent.Tenant));
    }

    [Fact]
    public async Task A_flood_fills_no_table()
    {
        var sent = await SentAsync();
        for (var i = 0; i < 3; i++)
            await Store.NoteAsync([.. Enumerable.Range(0, 90).Select(n => Open(sent.Deliveries[0], $"n{n}"))], Ct);

        Assert.Equal(IReadStore.MaxKept, (await OpensAsync(sent.Tenant)).Count);
        Assert.Equal(170, (await TrackedAsync(sent)).Beyond);
        await using var db = Storage.Open(Scope.System(sent.Tenant, "test"));
        Assert.Equal(170, Assert.Single(await db.OpenHours.AsNoTracking().ToListAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_delivery_of_another_tenant_is_not_tracked()
    {
        var sent = await SentAsync(tracked: false);
        var other = await Storage.AddTenantAsync("globex", Ct);
        await Store.TrackedAsync(new NewTracked(other, sent.Deliveries[0], TrackedPlace.Region), Ct);

        await using var db = Storage.Open(Scope.System(other, "test"));
        Assert.Equal(0, await db.TrackedDeliveries.CountAsync(Ct));
        Assert.Null(await Store.FindAsync(other, sent.Deliveries[0], Ct));
    }

    [Fact]
    public async Task A_copy_made_again_counts_from_then_on_and_the_reader_changes_nothing()
    {
        var sent = await SentAsync();
        Storage.Time.Advance(TimeSpan.FromMinutes(5));
        await Store.TrackedAsync(new NewTracked(sent.Tenant, sent.Deliveries[0], TrackedPlace.Region), Ct);
        var again = Now;
        Storage.Time.Advance(TimeSpan.FromMinutes(5));
        await Store.TrackedAsync(new NewTracked(sent.Tenant, sent.Deliveries[0], TrackedPlace.Region) { IsReading = true }, Ct);

        Assert.Equal((again, TrackedPlace.Country), ((await TrackedAsync(sent)).TrackedAt, (await TrackedAsync(sent)).Place));
    }

    [Fact]
    public async Task What_happens_around_an_open_is_that_of_its_network()
    {
        var sent = await SentAsync(recipients: 2);
        await Store.NoteAsync([Open(sent.Deliveries[0]), Open(sent.Deliveries[1]), Open(sent.Deliveries[1], "n2")], Ct);
        Storage.Time.Advance(GradedAfter);
        var due = (await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct)).First(open => open.DeliveryId == sent.Deliveries[0]);

        Assert.Equal(sent.Deliveries[1], Assert.Single(await Store.AroundAsync(due, Ct)).DeliveryId);
    }

    [Fact]
    public async Task Where_an_open_came_from_is_forgotten_after_a_day()
    {
        var sent = await SentAsync();
        await Store.NoteAsync([Open(sent.Deliveries[0])], Ct);
        Storage.Time.Advance(GradedAfter);
        var due = Assert.Single(await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), Ct));
        await Ledger.CountAsync(sent.Tenant, sent.Message, (await Ledger.OpenAsync(sent.Tenant, sent.Message, Now, Ct))!.Version, ToCount(due, OpenGrade.Person), Ct);

        Assert.Equal(0, await Store.ForgetAsync(Ct));
        Storage.Time.Advance(OpenCompany.Memory);
        Assert.Equal(1, await Store.ForgetAsync(Ct));
        Assert.Null(Assert.Single(await OpensAsync(sent.Tenant)).NetworkKey);
    }
}

public sealed class SqliteReadStoreTests() : ReadStoreContract(new SqliteBackend());

public sealed class PostgresReadStoreTests(PostgresServer server) : ReadStoreContract(new PostgresBackend(server));
