namespace Platform.Benchmarks.Isolation;

/// <summary>The test of Mann and Whitney: whether one of two samples tends to be larger than the other, whatever their distribution.</summary>
public static class RankTest
{
    /// <summary>How many standard deviations the rank sum of the first lies from what chance gives; ties share their ranks.</summary>
    public static double Deviation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var all = first.Select(value => (Value: value, IsFirst: true)).Concat(second.Select(value => (Value: value, IsFirst: false))).OrderBy(one => one.Value).ToList();
        double sum = 0, ties = 0;
        for (var i = 0; i < all.Count;)
        {
            var end = i;
            while (end < all.Count && all[end].Value == all[i].Value)
                end++;
            var rank = (i + 1 + end) / 2.0;
            sum += rank * Enumerable.Range(i, end - i).Count(at => all[at].IsFirst);
            var size = (double)(end - i);
            ties += (size * size * size) - size;
            i = end;
        }

        double n = first.Count, m = second.Count, total = n + m;
        var variance = n * m / 12 * (total + 1 - (ties / (total * (total - 1))));
        return variance <= 0 ? 0 : (sum - (n * (total + 1) / 2)) / Math.Sqrt(variance);
    }
}
