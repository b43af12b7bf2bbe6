namespace Platform.Benchmarks.Runner;

/// <summary>Choices by a seeded source.</summary>
internal static class RandomPicks
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public static T Pick<T>(this Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    public static byte[] Bytes(this Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    /// <summary>A made-up word of small letters.</summary>
    public static string Word(this Random random, int shortest = 4, int longest = 10) => random.GetString(Letters, random.Next(shortest, longest + 1));
}
