using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Fuzz.Targets.Spf;

namespace Platform.Fuzz.Tests.Spf;

public sealed class SpfFuzzTests
{
    private static readonly string[] Pieces =
    [
        "a", "mx", "ptr", "all", "include:", "exists:", "ip4:", "ip6:", "redirect=", "exp=", "x-y=", "+", "-", "~", "?", "/", "//", " ", ":", "=", ".", "%", "%%", "%_", "%-",
        "%{s}", "%{l1r-+}", "%{d2}", "%{ir}", "%{p}", "%{H}", "%{c}", "%{", "}", "24", "128", "192.0.2.0", "2001:db8::", "::ffff:192.0.2.7", "sender.test", "other.example", "\0", "\r\n", "\u00FF",
    ];

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

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
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
}
