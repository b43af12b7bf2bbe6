using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed partial class CanonicalisationTests
{
    [Theory]
    [InlineData("", "\r\n", "")]
    [InlineData("\r\n", "\r\n", "")]
    [InlineData(" \r\n\t\r\n", " \r\n\t\r\n", "")]
    [InlineData(" ", " \r\n", "")]
    [InlineData("a", "a\r\n", "a\r\n")]
    [InlineData("a\r\n\r\n\r\n", "a\r\n", "a\r\n")]
    [InlineData("a \r\n\r\n \r\n", "a \r\n\r\n \r\n", "a\r\n")]
    [InlineData(" a\t b  c \r\n\r\nd", " a\t b  c \r\n\r\nd\r\n", " a b c\r\n\r\nd\r\n")]
    [InlineData("a\n \r b\r\n", "a\n \r b\r\n", "a\n \r b\r\n")]
    [InlineData("\ta\tb", "\ta\tb\r\n", " a b\r\n")]
    public void Bodies_take_their_two_forms(string body, string simple, string relaxed)
    {
        Assert.Equal(simple, Body(body, isRelaxed: false));
        Assert.Equal(relaxed, Body(body, isRelaxed: true));
    }

    [Fact]
    public void A_body_is_formed_as_a_plain_reading_of_the_standard_forms_it()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Bodies, body =>
            Body(body, isRelaxed: true) == ReferenceRelaxed(body) && Body(body, isRelaxed: false) == ReferenceSimple(body)));
    }

    [Fact]
    public void A_canonical_body_is_its_own_form()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Bodies, body =>
            Body(Body(body, true), true) == Body(body, true) && Body(Body(body, false), false) == Body(body, false)));
    }

    [Theory]
    [InlineData("A: X\r\n", "a:X\r\n")]
    [InlineData("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n")]
    [InlineData("c:\r\n  x\r\n\t\r\n y\r\n", "c:x y\r\n")]
    [InlineData("D:\r\n", "d:\r\n")]
    [InlineData("E:a  b", "e:a b\r\n")]
    [InlineData("F: a\rb \n c\r\n", "f:a\rb \n c\r\n")]
    public void Fields_take_the_relaxed_form(string field, string relaxed)
    {
        Assert.Equal(relaxed, Field(field, isRelaxed: true));
    }

    [Theory]
    [InlineData("B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n")]
    [InlineData("E:a  b", "E:a  b\r\n")]
    public void Fields_in_simple_form_stay_as_they_are(string field, string simple)
    {
        Assert.Equal(simple, Field(field, isRelaxed: false));
    }

    [Theory]
    [InlineData("S: a=1; b= xyz \r\n z; c=2\r\n", "s:a=1; b=; c=2", "S: a=1; b=; c=2")]
    [InlineData("S: a=1; b =xyz\r\n", "s:a=1; b =", "S: a=1; b =")]
    [InlineData("S:b=xyz", "s:b=", "S:b=")]
    public void A_signature_takes_part_without_its_own_value(string field, string relaxed, string simple)
    {
        var raw = new RawField(Encoding.Latin1.GetBytes(field));
        var value = raw.Value.Span.EndsWith("\r\n"u8) ? raw.Value[..^2] : raw.Value;
        var range = TagList.Parse(value, out _)!.RangeOf("b")!.Value;
        var offset = raw.Octets.Length - raw.Value.Length;

        Assert.Equal(relaxed, Written(output => HeaderCanonicalisation.WriteUnsigned(output, raw, true, (range.Start + offset, range.End + offset))));
        Assert.Equal(simple, Written(output => HeaderCanonicalisation.WriteUnsigned(output, raw, false, (range.Start + offset, range.End + offset))));
    }

    private static Arbitrary<string> Bodies { get; } = Gen.Elements("a", "b", " ", " ", "\t", "\r\n", "\r\n", "\r", "\n", "=", "a long word indeed", "  ")
        .ArrayOf().Select(string.Concat).ToArbitrary();

    private static string Body(string body, bool isRelaxed)
    {
        var sink = new Collected();
        BodyCanonicalisation.Write(Encoding.Latin1.GetBytes(body), isRelaxed, sink);
        return Encoding.Latin1.GetString(sink.Octets.WrittenSpan);
    }

    private static string Field(string field, bool isRelaxed) =>
        Written(output => HeaderCanonicalisation.Write(output, new RawField(Encoding.Latin1.GetBytes(field)), isRelaxed));

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }

    private static string ReferenceSimple(string body) => TrailingLines().Replace(body, "") + "\r\n";

    private static string ReferenceRelaxed(string body)
    {
        var lines = body.Split("\r\n").Select(line => Runs().Replace(line, " ").TrimEnd(' '));
        var joined = TrailingLines().Replace(string.Join("\r\n", lines), "");
        return joined.Length == 0 ? "" : joined + "\r\n";
    }

    [GeneratedRegex(@"(\r\n)+\z")]
    private static partial Regex TrailingLines();

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Runs();

    private sealed class Collected : ICanonicalSink
    {
        public ArrayBufferWriter<byte> Octets { get; } = new();

        public void Append(ReadOnlySpan<byte> octets) => Octets.Write(octets);
    }
}
