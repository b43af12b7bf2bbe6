using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.Harness;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(50, 5)]
    [InlineData(95, 10)]
    [InlineData(10, 1)]
    [InlineData(100, 10)]
    public void A_percentile_is_a_measured_value_of_that_rank(double percent, double value) =>
        Assert.Equal(value, Statistics.Percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent));

    [Fact]
    public void The_slope_of_a_line_is_its_steepness() =>
        Assert.Equal(2, Statistics.Slope([(0, 1), (1, 3), (2, 5), (10, 21)]), precision: 9);
}
