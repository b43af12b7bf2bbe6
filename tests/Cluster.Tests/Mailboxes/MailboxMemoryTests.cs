using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Mailboxes;

namespace Platform.Cluster.Tests.Mailboxes;

public sealed class MailboxMemoryTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Counts_are_those_of_a_naive_recount_over_distinct_messages() =>
        Prop.ForAll(
            Gen.Zip(Gen.Zip(Gen.Choose(0, 60), Gen.Choose(0, 4)), Gen.Elements(true, false)).ListOf().ToArbitrary(),
            steps =>
            {
                var state = new MailboxState();
                HashSet<int> messages = [];
                Dictionary<int, (int Received, int Sent)> naive = [];
                foreach (var ((message, person), sent) in steps)
                {
                    MailboxMemory.Record(state, Mail(person, message) with { Sent = sent });
                    if (!messages.Add(message))
                        continue;
                    var (received, out_) = naive.GetValueOrDefault(person);
                    naive[person] = sent ? (received, out_ + 1) : (received + 1, out_);
                }

                return naive.All(entry => Counts(MailboxMemory.HistoryOf(state, Address(entry.Key))) == entry.Value);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Memory_stays_within_its_bounds_whoever_writes()
    {
        var state = new MailboxState();
        for (var i = 0; i < 3 * MailboxLimits.Correspondents; i++)
            MailboxMemory.Record(state, Mail(i, i));

        Assert.InRange(state.Correspondents.Count, 1, MailboxLimits.Correspondents);
        Assert.Equal(MailboxLimits.Messages, state.Messages.Count);
    }

    [Fact]
    public void A_flood_of_strangers_does_not_drive_out_whom_the_mailbox_writes_to()
    {
        var state = new MailboxState();
        MailboxMemory.Record(state, Mail(0, 0) with { Sent = true });
        for (var i = 1; i < 3 * MailboxLimits.Correspondents; i++)
            MailboxMemory.Record(state, Mail(i, i) with { At = s_start.AddDays(1) });

        Assert.Equal(1, MailboxMemory.HistoryOf(state, Address(0)).Sent);
    }

    [Fact]
    public void Routes_are_the_latest_few()
    {
        var state = new MailboxState();
        for (var i = 0; i < 40; i++)
            MailboxMemory.Record(state, Mail(1, i) with { Country = $"{(char)('A' + (i % 26))}{(char)('A' + (i / 26))}", Asn = i });

        var history = MailboxMemory.HistoryOf(state, Address(1));

        Assert.Equal(Enumerable.Range(24, 16).Select(asn => (long)asn), history.Networks);
        Assert.Equal(MailboxLimits.Routes, history.Countries.Count);
    }

    [Fact]
    public void Routes_of_mail_that_the_mailbox_sent_are_not_the_senders()
    {
        var state = new MailboxState();
        MailboxMemory.Record(state, Mail(1, 1) with { Sent = true, Country = "JP", Asn = 2500 });

        Assert.Empty(MailboxMemory.HistoryOf(state, Address(1)).Countries);
    }

    [Fact]
    public void Novelty_means_nothing_before_some_mail_was_seen()
    {
        var state = new MailboxState();
        List<bool> known = [];
        for (var i = 0; i < MailboxLimits.MailsToKnow; i++)
        {
            known.Add(MailboxMemory.HistoryOf(state, Address(1)).Known);
            MailboxMemory.Record(state, Mail(i, i));
        }

        Assert.DoesNotContain(true, known);
        Assert.True(MailboxMemory.HistoryOf(state, Address(1)).Known);
    }

    [Fact]
    public void A_domain_heard_from_once_is_not_one_that_mail_is_exchanged_with()
    {
        var state = new MailboxState();
        MailboxMemory.Record(state, Mail(1, 1) with { Address = "a@once.test" });
        MailboxMemory.Record(state, Mail(1, 2) with { Address = "a@twice.test" });
        MailboxMemory.Record(state, Mail(1, 3) with { Address = "a@twice.test" });
        MailboxMemory.Record(state, Mail(1, 4) with { Address = "a@written.test", Sent = true });

        Assert.Equal(["written.test", "twice.test"], MailboxMemory.HistoryOf(state, "x@y.test").CorrespondentDomains);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-at-sign")]
    [InlineData("@domain.test")]
    [InlineData("local@")]
    public void What_is_no_address_is_not_remembered(string address)
    {
        var state = new MailboxState();

        Assert.False(MailboxMemory.Record(state, Mail(1, 1) with { Address = address }));
        Assert.Empty(state.Correspondents);
    }

    private static (int Received, int Sent) Counts(SenderHistory history) => (history.Received, history.Sent);

    private static string Address(int person) => $"person{person}@partner{person % 7}.test";

    private static MailSeen Mail(int person, int message) =>
        new(new Guid(message, 0, 0, new byte[8]), Address(person), Sent: false, null, null, s_start.AddSeconds(message));
}
