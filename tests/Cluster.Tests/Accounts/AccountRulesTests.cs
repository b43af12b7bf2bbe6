using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Accounts;

namespace Platform.Cluster.Tests.Accounts;

public sealed class AccountRulesTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly SendLimits s_limits = new(new SendLimit(5, 12), new SendLimit(20, 60), null, TimeSpan.FromMinutes(2));

    [Fact]
    public void In_no_window_wherever_it_starts_is_more_let_through_than_its_limit() =>
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 40_000), Gen.Choose(1, 4)).ListOf(120).ToArbitrary(),
            steps =>
            {
                var sent = Sent(steps);
                return Holds(sent, AccountRules.Minute, s_limits.Minute!) && Holds(sent, AccountRules.Hour, s_limits.Hour!);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void While_a_block_lasts_nothing_is_let_through() =>
        Prop.ForAll(
            Gen.Choose(1, 86_400).ToArbitrary(),
            seconds =>
            {
                var state = AccountRules.Block(new AccountState(), s_start.AddSeconds(seconds), "stolen");
                return AccountRules.Take(state, Request(), s_start.AddSeconds(seconds - 1)).Decision.Outcome == SendOutcome.Blocked
                    && AccountRules.Take(state, Request(), s_start.AddSeconds(seconds)).Decision.Outcome == SendOutcome.Allowed;
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_longer_block_is_not_shortened()
    {
        var state = AccountRules.Block(new AccountState(), s_start.AddHours(2), "long");

        Assert.Same(state, AccountRules.Block(state, s_start.AddHours(1), "short"));
    }

    [Theory]
    [InlineData(1, 2, "minute")]
    [InlineData(61, 2, "hour")]
    [InlineData(3_601, 2, "day")]
    public void The_answer_names_the_window_that_was_exceeded(int secondsApart, int messages, string window)
    {
        var limits = new SendLimits(new SendLimit(messages, 100), new SendLimit(messages, 100), new SendLimit(messages, 100), TimeSpan.FromMinutes(1));
        var state = new AccountState();
        var now = s_start;
        for (var i = 0; i < messages; i++, now = now.AddSeconds(secondsApart == 1 ? 1 : (secondsApart * 14 / 12) + 1))
            state = AccountRules.Take(state, Request() with { Limits = limits }, now).Next;

        Assert.Equal(window, AccountRules.Take(state, Request() with { Limits = limits }, now).Decision.Reason);
    }

    [Fact]
    public void A_clock_set_back_frees_nothing()
    {
        var state = new AccountState();
        for (var i = 0; i < 5; i++)
            state = AccountRules.Take(state, Request(), s_start).Next;

        Assert.Equal(SendOutcome.LimitExceeded, AccountRules.Take(state, Request(), s_start.AddMinutes(-10)).Decision.Outcome);
    }

    [Fact]
    public void What_is_remembered_stays_bounded()
    {
        var state = new AccountState();
        for (var i = 0; i < 1_000; i++)
        {
            state = AccountRules.Take(state, new SendRequest(Guid.NewGuid(), 1, SendLimits.None), s_start.AddSeconds(i * 30)).Next;
            state = AccountRules.Seen(state, new PlaceSeen($"192.0.2.{i}", null, null, s_start));
        }

        Assert.Equal((AccountRules.RememberedMessages, AccountRules.RememberedPlaces), (state.Messages.Count, state.Places.Count));
        Assert.All([state.Minute, state.Hour, state.Day], window => Assert.InRange(window.Slots.Count, 1, 13));
    }

    [Fact]
    public void Accounts_of_two_tenants_have_two_keys() =>
        Assert.NotEqual(AccountKey.Of(Guid.NewGuid(), "a@acme.test"), AccountKey.Of(Guid.NewGuid(), "a@acme.test"));

    private static List<(DateTimeOffset At, int Recipients)> Sent(IReadOnlyList<(int Millis, int Recipients)> steps)
    {
        var state = new AccountState();
        var now = s_start;
        List<(DateTimeOffset, int)> sent = [];
        foreach (var (millis, recipients) in steps)
        {
            now = now.AddMilliseconds(millis);
            var (next, decision) = AccountRules.Take(state, Request() with { Recipients = recipients }, now);
            state = next;
            if (decision.Outcome == SendOutcome.Allowed)
                sent.Add((now, recipients));
        }

        return sent;
    }

    private static bool Holds(List<(DateTimeOffset At, int Recipients)> sent, TimeSpan length, SendLimit limit) =>
        sent.All(first =>
        {
            var inside = sent.Where(mail => mail.At >= first.At && mail.At < first.At + length).ToList();
            return inside.Count <= limit.Messages && inside.Sum(mail => mail.Recipients) <= limit.Recipients;
        });

    private static SendRequest Request() => new(Guid.NewGuid(), 1, s_limits);
}
