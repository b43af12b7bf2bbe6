using Platform.Cluster.Tests.Support;
using Platform.Grains.Mailboxes;

namespace Platform.Cluster.Tests.Mailboxes;

/// <summary>The invariants of a mailbox, attacked over two silos, on each store.</summary>
public sealed class MailboxGrainTests(PostgresServer postgres)
{
    public static TheoryData<Store> Stores => new(Store.Sqlite, Store.Postgres);

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_message_recorded_from_both_silos_at_once_counts_once(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var id = Guid.NewGuid();
        var mail = Mail(cluster, "Friend@Partner.test");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.Grains.GetGrain<IMailboxGrain>(id).RecordAsync(mail)));

        Assert.Equal(1, (await cluster.Grains.GetGrain<IMailboxGrain>(id).HistoryOfAsync("friend@partner.test")).Received);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_recorded_is_known_after_its_silo_has_stopped(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mailbox = cluster.Grains.GetGrain<IMailboxGrain>(Guid.NewGuid());
        await mailbox.RecordAsync(Mail(cluster, "friend@partner.test", "JP", 2500));
        await mailbox.RecordAsync(Mail(cluster, "friend@partner.test") with { Sent = true });

        await cluster.StopAsync(await cluster.HolderOfAsync(mailbox.GetGrainId()));
        var history = await mailbox.HistoryOfAsync("friend@partner.test");

        Assert.Equal((1, 1), (history.Received, history.Sent));
        Assert.Equal(["JP"], history.Countries);
        Assert.Equal([2500L], history.Networks);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_second_activation_with_a_stale_number_forgets_its_own_and_never_counts_twice(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        var mailbox = cluster.Grains.GetGrain<IMailboxGrain>(Guid.NewGuid());
        var mail = Mail(cluster, "friend@partner.test");
        await mailbox.RecordAsync(mail);
        var (storage, state) = await cluster.BehindAsync<MailboxState>("mailbox", mailbox.GetGrainId());
        MailboxMemory.Record(state.State!, mail);
        await storage.WriteStateAsync("mailbox", mailbox.GetGrainId(), state);

        // The holder leaves and writes on its way out, with a number that is old by now.
        await cluster.StopAsync(await cluster.HolderOfAsync(mailbox.GetGrainId()));

        Assert.Equal(1, (await mailbox.HistoryOfAsync("friend@partner.test")).Received);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Mailboxes_share_nothing(Store store)
    {
        await using var cluster = await TwoSilos.StartAsync(store, postgres);
        await cluster.Grains.GetGrain<IMailboxGrain>(Guid.NewGuid()).RecordAsync(Mail(cluster, "friend@partner.test"));

        Assert.Equal(0, (await cluster.Grains.GetGrain<IMailboxGrain>(Guid.NewGuid()).HistoryOfAsync("friend@partner.test")).Received);
    }

    private static MailSeen Mail(TwoSilos cluster, string address, string? country = null, long? asn = null) =>
        new(Guid.NewGuid(), address, Sent: false, country, asn, cluster.Time.GetUtcNow());
}
