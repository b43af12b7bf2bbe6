using System.Buffers.Binary;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class NetworkTableProperties
{
    private static readonly string[] s_countries = ["AA", "BB", "CC"];

    /// <summary>Public space below 100.64.0.0, where no special range interferes.</summary>
    private const uint First = 0x0B000000;
    private const uint Last = 0x60000000;

    [Fact]
    public void Every_address_is_found_as_a_naive_walk_over_the_runs_finds_it() =>
        Prop.ForAll(
            Gen.Zip(Runs(Gen.Choose((int)First, (int)Last).Select(n => (ulong)n)), Gen.Choose((int)First, (int)Last)).ToArbitrary(),
            pair => Naive(pair.Item1, (ulong)pair.Item2) == Found(NetworkFileBytes.Table(s_countries, [], pair.Item1, []), Address4((uint)pair.Item2)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_and_the_last_address_of_a_run_belong_to_it() =>
        Prop.ForAll(
            Runs(Gen.Choose((int)First, (int)Last).Select(n => (ulong)n)).ToArbitrary(),
            runs => runs.All(run =>
            {
                var table = NetworkFileBytes.Table(s_countries, [], runs, []);
                return Found(table, Address4((uint)run.Start)) == Naive(runs, run.Start)
                    && Found(table, Address4((uint)run.Start - 1)) == Naive(runs, run.Start - 1);
            }))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_upper_half_decides_for_IPv6() =>
        Prop.ForAll(
            Gen.Zip(Runs(Gen.Choose(0, int.MaxValue).Select(n => 0x2400_0000_0000_0000UL + (ulong)n)), Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Choose(0, int.MaxValue))).ToArbitrary(),
            pair =>
            {
                var key = 0x2400_0000_0000_0000UL + (ulong)pair.Item2.Item1;
                return Naive(pair.Item1, key) == Found(NetworkFileBytes.Table(s_countries, [], [], [], pair.Item1), Address6(key, (ulong)pair.Item2.Item2));
            })
            .QuickCheckThrowOnFailure();

    private static Gen<List<(ulong Start, int Value)>> Runs(Gen<ulong> start) =>
        Gen.Zip(start, Gen.Choose(0, s_countries.Length)).ListOf()
            .Select(runs => runs.DistinctBy(run => run.Item1).OrderBy(run => run.Item1).ToList());

    private static string? Naive(IEnumerable<(ulong Start, int Value)> runs, ulong key)
    {
        string? country = null;
        foreach (var (start, value) in runs)
            if (start <= key)
                country = value == 0 ? null : s_countries[value - 1];
        return country;
    }

    private static string? Found(NetworkTable table, IPAddress address) => table.Find(address)?.Country;

    private static IPAddress Address4(uint key)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key);
        return new IPAddress(bytes);
    }

    private static IPAddress Address6(ulong upper, ulong lower)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), lower);
        return new IPAddress(bytes);
    }
}
