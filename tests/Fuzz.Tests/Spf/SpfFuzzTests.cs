using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Platform.Fuzz.Tests.Spf;

public sealed class SpfFuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Pieces =
    [
        "a", "mx", "ptr", "all", "include:", "exists:", "ip4:", "ip6:", "redirect=", "exp=", "x-y=", "+", "-", "~", "?", "/", "//", " ", ":", "=", ".", "%", "%%", "%_", "%-",
        "%{s}", "%{l1r-+}", "%{d2}", "%{ir}", "%{p}", "%{H}", "%{c}", "%{", "}", "24", "128", "192.0.2.0", "2001:db8::", "::ffff:192.0.2.7", "sender.test", "other.example", "\0", "\r\n", "\u00FF",
    ];

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            "a mx a:other.test/24//64 ptr:sender.test include:%{d2} -all",
            "ip4:192.0.2.0/24 ip6:2001:db8::/32 exists:%{ir}.%{l1r+-}._spf.%{d} ~all exp=why.%{o}",
            "include:%{l}.a.test ?exists:%{p}.%{v}.test redirect=_spf.%{h}",
            "mx:%{d} mx mx/0 ptr ptr ptr ptr ptr ptr ptr ptr -all",
            "%{L}%{S}%{C}%{R}%{T} is not allowed: http://x.test/?%{i}%%%_%-",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_mutated_record_breaks_a_promise(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
            Run(Mutate(Seeds[random.Next(Seeds.Length)], random), $"Seed {seed}, round {i}");
    }

    [Fact]
    public void No_record_of_pieces_of_the_grammar_breaks_a_promise()
    {
        var records = Gen.Elements(Pieces).ListOf().Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces))).ToArbitrary();

        Prop.ForAll(records, record => SpfTarget.Run(record)).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Theory]
    [InlineData("a ", 30_000)]
    [InlineData("%{s}", 16_000)]
    [InlineData("x=%{s} ", 9_000)]
    [InlineData("ip4:192.0.2.1 ", 4_600)]
    [InlineData("a:%{s}.%{s}.test ", 4_000)]
    [InlineData("/", 65_000)]
    [InlineData(".", 65_000)]
    [InlineData("%", 65_000)]
    [InlineData("%{d1r", 13_000)]
    public void The_largest_record_there_can_be_is_no_burden(string piece, int count)
    {
        var started = TimeProvider.System.GetTimestamp();

        Run(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, count))), piece);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static void Run(byte[] input, string what)
    {
        try
        {
            SpfTarget.Run(input);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}, input {Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 2_000)))}: {exception}");
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> input = [.. seed];
        for (var changes = random.Next(8); changes > 0; changes--)
        {
            var at = random.Next(input.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < input.Count:
                    input[at] = (byte)random.Next(256);
                    break;
                case 1:
                    input.InsertRange(at, Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 2 when at < input.Count:
                    input.RemoveRange(at, random.Next(Math.Min(20, input.Count - at)));
                    break;
                case 3 when at < input.Count:
                    input.InsertRange(at, Enumerable.Repeat(input[at], random.Next(300)));
                    break;
            }
        }

        return [.. input];
    }
}
