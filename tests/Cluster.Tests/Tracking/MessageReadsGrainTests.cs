using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cluster.Tests.Support;
using Platform.Engine;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tracking;

namespace Platform.Cluster.Tests.Tracking;

/// <summary>The invariants of a message's reads, attacked over two silos and real rows, on each store.</summary>
public sealed class MessageReadsGrainTests(PostgresServer postgres)
{
    public static TheoryData<Store> Stores => new(Store.Sqlite, Store.Postgres);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_open_counts_once_however_often_it_is_told(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        var open = await mail.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => mail.Grain.CountAsync(open)));

        Assert.Equal(1, await mail.PeopleAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_told_twice_within_a_minute_is_one(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        Assert.True(await mail.Grain.CountAsync(await mail.OpenAsync()));
        cluster.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(await mail.Grain.CountAsync(await mail.OpenAsync()));
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await mail.Grain.CountAsync(await mail.OpenAsync()));

        Assert.Equal((2, 2), (await mail.PeopleAsync(), await mail.OpensAsync()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_told_to_another_silo_after_a_kill_is_one(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        await mail.Grain.CountAsync(await mail.OpenAsync());
        await cluster.KillAsync(await cluster.HolderOfAsync(mail.Grain.GetGrainId()));

        Assert.False(await mail.Grain.CountAsync(await mail.OpenAsync()));
        Assert.Equal(1, await mail.PeopleAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_grain_with_a_stale_version_reads_anew_before_it_counts(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        await mail.Grain.CountAsync(await mail.OpenAsync());
        // A second activation counts behind the back of the first, and the same is told to the first.
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await mail.CountBehindAsync(await mail.OpenAsync("other"));

        Assert.False(await mail.Grain.CountAsync(await mail.OpenAsync("other")));
        Assert.True(await mail.Grain.CountAsync(await mail.OpenAsync("third")));
        Assert.Equal((3, 3), (await mail.PeopleAsync(), await mail.OpensAsync()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_writes_with_an_old_version_is_refused(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        var stale = await mail.VersionAsync();
        await mail.Grain.CountAsync(await mail.OpenAsync());

        await Assert.ThrowsAsync<StaleReadsException>(async () => await mail.CountBehindAsync(await mail.OpenAsync("other"), stale));
        Assert.Equal(1, await mail.PeopleAsync());
    }

    /// <summary>A message of a tenant to one tracked recipient.</summary>
    private sealed class TrackedMail(TwoSilos cluster, Guid tenant, Guid message, Guid delivery)
    {
        private IReadLedger Ledger => cluster.Spool.GetRequiredService<IReadLedger>();

        public IMessageReadsGrain Grain => cluster.Grains.GetGrain<IMessageReadsGrain>(MessageReadsKey.Of(tenant, message));

        public static async Task<TrackedMail> CreateAsync(TwoSilos cluster)
        {
            var tenant = (await cluster.Spool.GetRequiredService<IDirectoryCommands>().CreateTenantAsync(new NewTenant("acme", "acme", "en", null, "maildir:out", [], null), "test", Stop)).Value;
            var now = cluster.Time.GetUtcNow();
            var delivery = new NewDelivery(Guid.CreateVersion7(now), "a@example.com", null, null, null);
            var message = new NewMessage(
                Guid.CreateVersion7(now),
                tenant,
                IntakeMode.Submission,
                new Envelope("192.0.2.7", null, "client.test", "info@acme.test", ["a@example.com"]),
                new SealedBody(new BodyReference("00/none", new byte[60]), 10, new string('a', 64)),
                "",
                now,
                [delivery],
                SmtpParameters.None)
            {
                SenderMailboxId = Guid.NewGuid(),
            };
            await cluster.Spool.GetRequiredService<IMessageFlow>().AcceptAsync([message], Stop);
            await cluster.Spool.GetRequiredService<IReadStore>().TrackedAsync(new NewTracked(tenant, delivery.Id, TrackedPlace.Country), Stop);
            return new TrackedMail(cluster, tenant, message.Id, delivery.Id);
        }

        /// <summary>One more open by a person, noted now.</summary>
        public async Task<GradedRead> OpenAsync(string network = "network")
        {
            var facts = new OpenFacts(new OpenRequest(), NetworkKind.Access, null, null, null);
            await cluster.Spool.GetRequiredService<IReadStore>().NoteAsync([new NewOpen(delivery, cluster.Time.GetUtcNow(), OpenTarget.Picture, "", facts, network, "agent", TimeSpan.Zero)], Stop);
            var due = (await cluster.Spool.GetRequiredService<IReadStore>().ClaimAsync(10, TimeSpan.FromDays(1), Stop))[0];
            return new GradedRead(due.Id, delivery, due.At, "", network, "agent", OpenGrade.Person, OpenReasons.Browser, null, null, null, "Chrome", "Windows", DeviceKind.Desktop);
        }

        public async Task<long> VersionAsync() => (await Ledger.OpenAsync(tenant, message, cluster.Time.GetUtcNow(), Stop))!.Version;

        public async Task CountBehindAsync(GradedRead read, long? version = null) => await Ledger.CountAsync(
            tenant,
            message,
            version ?? await VersionAsync(),
            new OpenToCount(new CountedOpen(read.Id, read.DeliveryId, read.At, read.Part, read.NetworkKey, read.AgentKey), read.Grade, read.Reason, null, null, null, Agent.None),
            Stop);

        public async Task<int> PeopleAsync()
        {
            await using var db = Db();
            return await db.TrackedDeliveries.Select(row => row.People).SingleAsync(Stop);
        }

        public async Task<int> OpensAsync()
        {
            await using var db = Db();
            return await db.Opens.CountAsync(Stop);
        }

        private PlatformDb Db() => cluster.Spool.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(tenant, "test"));
    }
}
