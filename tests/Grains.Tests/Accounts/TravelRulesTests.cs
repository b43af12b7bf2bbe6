using Platform.Grains.Accounts;

namespace Platform.Grains.Tests.Accounts;

/// <summary>When a login is one that its person cannot have travelled to: fast, from a country and a network that are both new.</summary>
public sealed class TravelRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("JP", "US", 60, true)]
    [InlineData("JP", "BR", 600, true)]
    [InlineData("JP", "US", 15 * 60, false)]
    [InlineData("JP", "KR", 60, false)]
    [InlineData("DE", "FR", 0, false)]
    [InlineData("JP", "JP", 0, false)]
    [InlineData("JP", null, 0, false)]
    [InlineData(null, "US", 0, false)]
    [InlineData("JP", "ZZ", 0, false)]
    public void It_is_too_fast_for_the_least_distance_there_is(string? from, string? to, int minutes, bool told)
    {
        var travel = TravelRules.Find([Seen(from, 1, minutes)], Place(to, 2));

        Assert.Equal(told, travel is not null);
        if (travel is not null)
            Assert.Equal((from, TimeSpan.FromMinutes(minutes), true), (travel.FromCountry, travel.Elapsed, travel.Kilometres > 2_500));
    }

    [Fact]
    public void The_first_login_of_all_has_nothing_before_it() => Assert.Null(TravelRules.Find([], Place("US", 2)));

    /// <summary>A company's way out abroad, which is used beside the office every day.</summary>
    [Fact]
    public void A_country_that_it_came_from_before_is_no_news() => Assert.Null(TravelRules.Find([Seen("US", 9, 60 * 24), Seen("JP", 1, 10)], Place("US", 2)));

    /// <summary>A phone that roams comes out at home, or abroad, by the same network.</summary>
    [Fact]
    public void A_network_that_it_came_from_before_is_no_news() => Assert.Null(TravelRules.Find([Seen("JP", 2, 60), Seen("JP", 1, 10)], Place("US", 2)));

    [Fact]
    public void Where_no_network_is_known_the_country_must_be_new() => Assert.NotNull(TravelRules.Find([Seen("JP", null, 10)], Place("US", null)));

    [Fact]
    public void A_clock_that_went_back_is_no_time_to_travel_in() => Assert.Equal(TimeSpan.Zero, TravelRules.Find([Seen("JP", 1, -5)], Place("US", 2))!.Elapsed);

    private static PlaceSeen Seen(string? country, long? asn, int minutesAgo) => new("192.0.2.1", country, asn, Now.AddMinutes(-minutesAgo));

    private static AccountPlace Place(string? country, long? asn) => new("198.51.100.1", country, asn, Now);
}
