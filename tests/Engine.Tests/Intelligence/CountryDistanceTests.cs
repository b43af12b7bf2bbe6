using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class CountryDistanceTests
{
    [Theory]
    [InlineData("JP", "KR", 1_000, 1_300)]
    [InlineData("JP", "US", 3_500, 4_500)]
    [InlineData("DE", "FR", 400, 900)]
    [InlineData("NZ", "ES", 17_000, 20_100)]
    [InlineData("FJ", "WS", 500, 1_300)]
    [InlineData("JP", "JP", 0, 0)]
    public void It_is_that_of_the_nearest_places(string one, string other, double least, double most)
    {
        Assert.InRange(CountryDistance.Embedded.Between(one, other)!.Value, least, most);
        Assert.Equal(CountryDistance.Embedded.Between(one, other)!.Value, CountryDistance.Embedded.Between(other, one)!.Value, 3);
    }

    [Theory]
    [InlineData("JP", "ZZ")]
    [InlineData("", "JP")]
    public void Of_a_country_that_is_none_nothing_is_known(string one, string other) => Assert.Null(CountryDistance.Embedded.Between(one, other));
}
