using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Events;

/// <summary>Events of a database of before come into the feed of their MSP.</summary>
public abstract class FeedBackfillContract(IStorageBackend backend) : FlowContract(backend)
{
    [Fact]
    public async Task Events_of_before_are_numbered_for_their_msp_by_when_they_were_recorded()
    {
        var msp = (await Storage.Commands.CreateMspAsync("one", "One", Ct)).Value;
        var acme = await Storage.AddTenantAsync("acme", Ct, msp);
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        var globex = await Storage.AddTenantAsync("globex", Ct, msp);
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        await DeliveryInAsync(acme, DeliveryState.Quarantined);
        var scope = new Scope(new HashSet<Guid> { acme, globex }, Permissions.All, "test", msp);
        var before = await ReadAsync(scope, msp);

        await using (var db = Storage.Get<IPlatformDbSource>().OpenForSetup())
        {
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync(db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_Feeds", StringComparison.Ordinal)).Last(), Ct);
            await migrator.MigrateAsync(cancellationToken: Ct);
        }

        var after = await ReadAsync(scope, msp);
        Assert.Equal(before.Events.Select(e => (e.Id, e.Sequence)), after.Events.Select(e => (e.Id, e.Sequence)));
        Assert.Equal(8, after.Events.Count);
        var feed = Storage.Get<IEventFeed>();
        var filtered = await feed.ReadAsync(scope, FeedId.OfMsp(msp), null, 10, new EventFilter { Verdicts = [VerdictKind.Phishing], Direction = MailDirection.Inbound }, Ct);
        Assert.Equal(EventKinds.Quarantined, Assert.Single(filtered.Events).Kind);
        await AcceptAsync(globex);
        Assert.Equal(9, (await ReadAsync(scope, msp)).Events[^1].Sequence);
    }

    private Task<EventPage> ReadAsync(Scope scope, Guid msp) => Storage.Get<IEventFeed>().ReadAsync(scope, FeedId.OfMsp(msp), null, 100, EventFilter.None, Ct);
}

public sealed class FeedBackfillOnSqlite() : FeedBackfillContract(new SqliteBackend());

public sealed class FeedBackfillOnPostgres(PostgresServer server) : FeedBackfillContract(new PostgresBackend(server));
