using Platform.Storage.Quarantine;

namespace Platform.Storage.Tests.Quarantine;

public sealed class DigestScheduleTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // 2026-11-24 is a Tuesday.
    [Theory]
    [InlineData(DigestRhythm.Daily, 8, "2026-11-24T01:00:00Z", "2026-11-23T23:00:00Z")]
    [InlineData(DigestRhythm.Daily, 8, "2026-11-23T22:59:59Z", "2026-11-22T23:00:00Z")]
    [InlineData(DigestRhythm.Daily, 8, "2026-11-23T23:00:00Z", "2026-11-23T23:00:00Z")]
    [InlineData(DigestRhythm.FourHours, 8, "2026-11-24T02:59:59Z", "2026-11-23T23:00:00Z")]
    [InlineData(DigestRhythm.FourHours, 8, "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z")]
    [InlineData(DigestRhythm.Weekly, 9, "2026-11-24T01:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData(DigestRhythm.Weekly, 9, "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z")]
    [InlineData(DigestRhythm.Immediate, 8, "2026-11-24T02:59:59Z", "2026-11-24T02:59:59Z")]
    public void The_last_time_that_was_due_is_that_of_the_zone(DigestRhythm rhythm, int hour, string now, string due) =>
        Assert.Equal(At(due), new DigestSchedule(rhythm, hour, Tokyo, null).LastDue(At(now)));

    [Theory]
    [InlineData(DigestRhythm.Immediate, "2026-11-24T02:55:00Z")]
    [InlineData(DigestRhythm.FourHours, "2026-11-23T22:59:59.999Z")]
    public void One_digest_goes_out_at_a_time_and_at_most_every_five_minutes(DigestRhythm rhythm, string after) =>
        Assert.Equal(At(after), new DigestSchedule(rhythm, 8, Tokyo, null).OneAfter(At("2026-11-24T03:00:00Z").AddMinutes(rhythm == DigestRhythm.Immediate ? 0 : -1)));

    [Fact]
    public void Without_a_rhythm_nothing_is_ever_due() => Assert.Null(new DigestSchedule(DigestRhythm.Off, 8, Tokyo, null).LastDue(At("2026-11-24T01:00:00Z")));

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "2026-10-25T01:00:00Z")]
    public void An_hour_that_the_clocks_leave_out_or_have_twice_comes_once(string now, string due) =>
        Assert.Equal(At(due), new DigestSchedule(DigestRhythm.Daily, 2, Berlin, null).LastDue(At(now)));

    [Theory]
    [InlineData("headers, Release", "headers,release")]
    [InlineData("release,headers,release", "headers,release")]
    [InlineData("none", "none")]
    [InlineData("", null)]
    [InlineData("headers,all", null)]
    public void Rights_are_kept_in_one_spelling(string given, string? kept) => Assert.Equal(kept, QuarantineSettings.RightsFor(null).Normalise(given));

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("Middle/Earth", null)]
    public void A_zone_is_one_that_there_is(string given, string? kept) => Assert.Equal(kept, QuarantineSettings.Zone.Normalise(given));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
