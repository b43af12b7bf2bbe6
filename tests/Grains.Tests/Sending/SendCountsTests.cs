using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Sending;
using Platform.Storage.Sending;

namespace Platform.Grains.Tests.Sending;

public sealed class SendCountsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly SendLoad s_one = new(1, 0, 1, 1);

    [Theory]
    [InlineData(SendPeriod.Minute, 60)]
    [InlineData(SendPeriod.Hour, 3_600)]
    [InlineData(SendPeriod.Day, 86_400)]
    public void What_was_sent_counts_for_the_whole_window_and_a_second_at_most_beyond(SendPeriod period, int seconds)
    {
        var counts = new SendCounts();
        counts.Add(s_one, s_start);

        Assert.Equal(1, counts.Sum(period, s_start.AddSeconds(seconds)).Messages);
        Assert.Equal(0, counts.Sum(period, s_start.AddSeconds(seconds + 1)).Messages);
    }

    [Theory]
    [InlineData(SendMeasure.Messages, 1)]
    [InlineData(SendMeasure.Recipients, 7)]
    [InlineData(SendMeasure.Inside, 3)]
    [InlineData(SendMeasure.Outside, 4)]
    [InlineData(SendMeasure.New, 2)]
    public void A_limit_counts_what_it_says(SendMeasure measure, int of)
    {
        var counts = new SendCounts();
        var load = new SendLoad(1, 3, 4, 2);
        counts.Add(load, s_start);

        Assert.Null(counts.Exceeded([new SendLimit(SendPeriod.Hour, measure, of * 2)], load, s_start));
        Assert.Equal(measure, counts.Exceeded([new SendLimit(SendPeriod.Hour, measure, (of * 2) - 1)], load, s_start)?.Measure);
    }

    [Fact]
    public void A_message_to_nobody_of_a_kind_meets_no_limit_of_that_kind()
    {
        var counts = new SendCounts();

        Assert.Null(counts.Exceeded([new SendLimit(SendPeriod.Hour, SendMeasure.Outside, 0)], new SendLoad(1, 3, 0, 0), s_start));
    }

    [Fact]
    public void What_is_taken_back_counts_no_more()
    {
        var counts = new SendCounts();
        var second = counts.Add(s_one, s_start);
        counts.Add(s_one, s_start);
        counts.TakeBack(second, s_one, s_start.AddSeconds(61));

        Assert.Equal((0, 1), (counts.Sum(SendPeriod.Minute, s_start.AddSeconds(61)).Messages, counts.Sum(SendPeriod.Hour, s_start.AddSeconds(61)).Messages));
    }

    [Fact]
    public void A_clock_set_back_lets_nothing_leave_early()
    {
        var counts = new SendCounts();
        counts.Add(s_one, s_start);
        counts.Add(s_one, s_start.AddSeconds(-30));

        Assert.Equal(2, counts.Sum(SendPeriod.Minute, s_start.AddSeconds(59)).Messages);
    }

    [Fact]
    public void In_no_window_wherever_it_starts_is_more_let_through_than_the_limit() => Prop.ForAll(
        Gen.Choose(0, 40).ListOf().Select(gaps => gaps.Take(200).ToList()).ToArbitrary(),
        gaps =>
        {
            const int Most = 10;
            var counts = new SendCounts();
            var limits = new[] { new SendLimit(SendPeriod.Minute, SendMeasure.Messages, Most) };
            List<DateTimeOffset> sent = [];
            var now = s_start;
            foreach (var gap in gaps)
            {
                now = now.AddMilliseconds(gap * 250);
                if (counts.Exceeded(limits, s_one, now) is not null)
                    continue;
                counts.Add(s_one, now);
                sent.Add(now);
            }

            return sent.All(first => sent.Count(at => at >= first && at < first + TimeSpan.FromMinutes(1)) <= Most);
        }).QuickCheckThrowOnFailure();
}
