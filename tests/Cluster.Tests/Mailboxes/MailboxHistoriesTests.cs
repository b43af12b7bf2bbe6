using Microsoft.Extensions.DependencyInjection;
using Platform.Cluster.Tests.Support;
using Platform.Engine;
using Platform.Grains.Mailboxes;

namespace Platform.Cluster.Tests.Mailboxes;

public sealed class MailboxHistoriesTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_mailboxes_answer_together()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var histories = Of(cluster);
        Guid[] mailboxes = [Guid.NewGuid(), Guid.NewGuid()];
        for (var i = 0; i < MailboxLimits.MailsToKnow; i++)
            await histories.RecordAsync([mailboxes[0]], Mail("friend@partner.test", "JP"), Cancel);
        await histories.RecordAsync([mailboxes[1]], Mail("friend@partner.test", "KR"), Cancel);

        var history = await histories.HistoryOfAsync(mailboxes, "friend@partner.test", Cancel);

        Assert.True(history.Known);
        Assert.Equal(MailboxLimits.MailsToKnow + 1, history.MessagesFromSender);
        Assert.Equal(["JP", "KR"], history.Countries.Order());
        Assert.Equal(["partner.test"], history.CorrespondentDomains);
    }

    [Fact]
    public async Task Without_a_mailbox_nothing_is_known()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);

        Assert.Same(History.Unknown, await Of(cluster).HistoryOfAsync([], "friend@partner.test", Cancel));
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_in_time_leaves_the_history_unknown()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var logger = Microsoft.Extensions.Logging.Abstractions.NullLogger<MailboxHistories>.Instance;
        var histories = new MailboxHistories(new SilentGrains(), time, logger);

        var asked = histories.HistoryOfAsync([Guid.NewGuid()], "friend@partner.test", Cancel);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(History.Unknown, await asked);
    }

    private static IMailboxHistories Of(TwoSilos cluster) => cluster.Silos[0].ServiceProvider.GetRequiredService<IMailboxHistories>();

    private static MailSeen Mail(string address, string country) => new(Guid.NewGuid(), address, Sent: false, country, null, DateTimeOffset.UnixEpoch);
}
