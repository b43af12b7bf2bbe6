using Microsoft.EntityFrameworkCore;
using Platform.Cluster.Tests.Support;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;
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
        var open = await OpenAsync(cluster, mail);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => mail.Grain.CountAsync(open)));

        Assert.Equal((1, 1), await CountedAsync(mail));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_told_twice_within_a_minute_is_one(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        Assert.True(await mail.Grain.CountAsync(await OpenAsync(cluster, mail)));
        cluster.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(await mail.Grain.CountAsync(await OpenAsync(cluster, mail)));
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await mail.Grain.CountAsync(await OpenAsync(cluster, mail)));

        Assert.Equal((2, 2), await CountedAsync(mail));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_told_to_another_silo_after_a_kill_is_one(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        await mail.Grain.CountAsync(await OpenAsync(cluster, mail));
        await cluster.KillAsync(await cluster.HolderOfAsync(mail.Grain.GetGrainId()));

        Assert.False(await mail.Grain.CountAsync(await OpenAsync(cluster, mail)));
        Assert.Equal((1, 1), await CountedAsync(mail));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_grain_with_a_stale_version_reads_anew_before_it_counts(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        await mail.Grain.CountAsync(await OpenAsync(cluster, mail));
        cluster.Time.Advance(TimeSpan.FromMinutes(5));
        await CountBehindAsync(mail, await OpenAsync(cluster, mail, "other"), await VersionAsync(cluster, mail));

        Assert.False(await mail.Grain.CountAsync(await OpenAsync(cluster, mail, "other")));
        Assert.True(await mail.Grain.CountAsync(await OpenAsync(cluster, mail, "third")));
        Assert.Equal((3, 3), await CountedAsync(mail));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_writes_with_an_old_version_is_refused(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mail = await TrackedMail.CreateAsync(cluster);
        var stale = await VersionAsync(cluster, mail);
        await mail.Grain.CountAsync(await OpenAsync(cluster, mail));

        await Assert.ThrowsAsync<StaleReadsException>(async () => await CountBehindAsync(mail, await OpenAsync(cluster, mail, "other"), stale));
        Assert.Equal((1, 1), await CountedAsync(mail));
    }

    /// <summary>One more open by a person, noted now.</summary>
    private static async Task<GradedRead> OpenAsync(TwoSilos cluster, TrackedMail mail, string network = "network")
    {
        var facts = new OpenFacts(new OpenRequest(), NetworkKind.Access, null, null, null);
        await mail.Store.NoteAsync([new NewOpen(mail.Deliveries[0], cluster.Time.GetUtcNow(), OpenTarget.Picture, "", facts, network, "agent", TimeSpan.Zero)], Stop);
        var due = (await mail.Store.ClaimAsync(10, TimeSpan.FromDays(1), Stop))[0];
        return new GradedRead(due.Id, due.DeliveryId, due.At, "", network, "agent", OpenGrade.Person, OpenReasons.Browser, null, null, null, "Chrome", "Windows", DeviceKind.Desktop);
    }

    private static async Task<long> VersionAsync(TwoSilos cluster, TrackedMail mail) => (await mail.Ledger.OpenAsync(mail.Tenant, mail.Message, cluster.Time.GetUtcNow(), Stop))!.Version;

    /// <summary>As a second activation would, behind the back of the first.</summary>
    private static Task CountBehindAsync(TrackedMail mail, GradedRead read, long version) => mail.Ledger.CountAsync(
        mail.Tenant,
        mail.Message,
        version,
        new OpenToCount(new CountedOpen(read.Id, read.DeliveryId, read.At, read.Part, read.NetworkKey, read.AgentKey), read.Grade, read.Reason, null, null, null, Agent.None),
        Stop);

    private static async Task<(int People, int Opens)> CountedAsync(TrackedMail mail)
    {
        await using var db = mail.Open();
        return (await db.TrackedDeliveries.Select(row => row.People).SingleAsync(Stop), await db.Opens.CountAsync(row => row.Grade != null, Stop));
    }
}
