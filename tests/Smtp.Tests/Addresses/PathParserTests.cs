using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Addresses;

namespace Platform.Smtp.Tests.Addresses;

public sealed class PathParserTests
{
    [Theory]
    [InlineData("<a@b.test>", "a@b.test", "a", "b.test")]
    [InlineData("<A.b+c@B.Test>", "A.b+c@B.Test", "A.b+c", "b.test")]
    [InlineData("<\"a b\"@c.test>", "\"a b\"@c.test", "a b", "c.test")]
    [InlineData("<\"ab\"@c.test>", "ab@c.test", "ab", "c.test")]
    [InlineData("<\"a\\\"\\\\b\"@c.test>", "\"a\\\"\\\\b\"@c.test", "a\"\\b", "c.test")]
    [InlineData("<\"a\\b\"@c.test>", "ab@c.test", "ab", "c.test")]
    [InlineData("<\"\"@c.test>", "\"\"@c.test", "", "c.test")]
    [InlineData("<\"a@b>\"@c.test>", "\"a@b>\"@c.test", "a@b>", "c.test")]
    [InlineData("<@x.test,@y.test:a@b.test>", "a@b.test", "a", "b.test")]
    [InlineData("<a@[192.0.2.1]>", "a@[192.0.2.1]", "a", "[192.0.2.1]")]
    [InlineData("<a@[IPv6:2001:DB8::1]>", "a@[IPv6:2001:DB8::1]", "a", "[IPv6:2001:db8::1]")]
    [InlineData("<a@xn--bcher-kva.test>", "a@xn--bcher-kva.test", "a", "xn--bcher-kva.test")]
    [InlineData("<a@Bücher.test>", "a@Bücher.test", "a", "xn--bcher-kva.test")]
    [InlineData("<太郎@例え.テスト>", "太郎@例え.テスト", "太郎", "xn--r8jz45g.xn--zckzah")]
    [InlineData("<a..b.@docomo.test>", "a..b.@docomo.test", "a..b.", "docomo.test")]
    [InlineData("<postMASTER>", "postMASTER", "postMASTER", "")]
    [InlineData("<a@b-c.1d>", "a@b-c.1d", "a", "b-c.1d")]
    public void An_address_is_read(string text, string address, string localPart, string domain)
    {
        Assert.Equal(PathError.None, Read(text, PathKind.Forward, out var path));

        Assert.Equal((address, localPart, domain), (path.Address, path.LocalPart, path.Domain));
    }

    [Theory]
    [InlineData("a@b.test")]
    [InlineData("<a@b.test")]
    [InlineData("<>")]
    [InlineData("<a>")]
    [InlineData("<@b.test>")]
    [InlineData("<a@>")]
    [InlineData("<a b@c.test>")]
    [InlineData("<a@b c.test>")]
    [InlineData("<a@b@c.test>")]
    [InlineData("<a@-b.test>")]
    [InlineData("<a@b-.test>")]
    [InlineData("<a@b..test>")]
    [InlineData("<a@.test>")]
    [InlineData("<a@b.test.>")]
    [InlineData("<a@b_c.test>")]
    [InlineData("<a(c)@b.test>")]
    [InlineData("<a,c@b.test>")]
    [InlineData("<\"a@b.test>")]
    [InlineData("<\"a\"b@c.test>")]
    [InlineData("<\"a\\\"@b.test>")]
    [InlineData("<\"a\tb\"@c.test>")]
    [InlineData("<\"a\\\u0001\"@c.test>")]
    [InlineData("<a\u0001@b.test>")]
    [InlineData("<a\u007F@b.test>")]
    [InlineData("<a@[192.0.2]>")]
    [InlineData("<a@[192.0.2.256]>")]
    [InlineData("<a@[0x7f.1]>")]
    [InlineData("<a@[IPv6:192.0.2.1]>")]
    [InlineData("<a@[IPv6:fe80::1%eth0]>")]
    [InlineData("<a@[2001:db8::1]>")]
    [InlineData("<a@[tag:text]>")]
    [InlineData("<a@[192.0.2.1>")]
    [InlineData("<a@[]>")]
    [InlineData("<@x.test a@b.test>")]
    [InlineData("<@x.test:@y.test:a@b.test>")]
    [InlineData("<@:a@b.test>")]
    [InlineData("<x.test:a@b.test>")]
    [InlineData("<a@\u2028.test>")]
    [InlineData("<<a@b.test>>")]
    public void Nonsense_is_not(string text)
    {
        Assert.Equal(PathError.Syntax, Read(text, PathKind.Forward, out _));
    }

    [Fact]
    public void The_null_path_is_a_sender()
    {
        Assert.Equal(PathError.None, Read("<>", PathKind.Reverse, out var path));
        Assert.Equal("", path.Address);
    }

    [Fact]
    public void A_bare_postmaster_is_no_sender()
    {
        Assert.Equal(PathError.Syntax, Read("<postmaster>", PathKind.Reverse, out _));
    }

    [Theory]
    [InlineData(64, 60, nameof(PathError.None))]
    [InlineData(65, 60, nameof(PathError.LocalPartTooLong))]
    [InlineData(1, 252, nameof(PathError.None))]
    [InlineData(2, 252, nameof(PathError.TooLong))]
    [InlineData(1, 256, nameof(PathError.DomainTooLong))]
    public void A_recipient_has_the_lengths_of_the_standard(int local, int domain, string error)
    {
        Assert.Equal(error, Read($"<{new string('a', local)}@{Domain(domain)}>", PathKind.Forward, out _).ToString());
    }

    [Theory]
    [InlineData(65, 60, nameof(PathError.None))]
    [InlineData(193, 60, nameof(PathError.None))]
    [InlineData(194, 60, nameof(PathError.TooLong))]
    [InlineData(257, 60, nameof(PathError.LocalPartTooLong))]
    public void A_sender_may_have_a_long_local_part(int local, int domain, string error)
    {
        Assert.Equal(error, Read($"<{new string('a', local)}@{Domain(domain)}>", PathKind.Reverse, out _).ToString());
    }

    [Fact]
    public void A_label_has_63_octets()
    {
        Assert.Equal(PathError.None, Read($"<a@{new string('b', 63)}.test>", PathKind.Forward, out _));
        Assert.Equal(PathError.Syntax, Read($"<a@{new string('b', 64)}.test>", PathKind.Forward, out _));
    }

    [Theory]
    [InlineData("<a@b.test>", false)]
    [InlineData("<ü@b.test>", true)]
    [InlineData("<a@ü.test>", true)]
    public void Text_beyond_ASCII_is_told(string text, bool international)
    {
        Read(text, PathKind.Forward, out var path);

        Assert.Equal(international, path.IsInternational);
    }

    [Fact]
    public void Octets_that_are_no_UTF8_are_refused()
    {
        ReadOnlySpan<byte> text = [(byte)'<', 0xFF, (byte)'@', (byte)'b', (byte)'>'];

        Assert.Equal(PathError.Syntax, PathParser.TryRead(ref text, PathKind.Forward, out _));
    }

    [Fact]
    public void What_follows_the_path_is_left()
    {
        ReadOnlySpan<byte> text = "<a@b.test> SIZE=1"u8;

        PathParser.TryRead(ref text, PathKind.Reverse, out _);

        Assert.Equal(" SIZE=1", Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void Any_local_part_survives_being_written_and_read() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                Gen.Choose(0x20, 0x7E).Select(c => (char)c).Or(Gen.Elements('é', '太', 'ß')).ArrayOf().Select(c => new string(c)).Where(s => Encoding.UTF8.GetByteCount(s) <= 30).ToArbitrary(),
                local => Read($"<{PathParser.Quote(local)}@b.test>", PathKind.Forward, out var path) == PathError.None
                    && path.LocalPart == local
                    && path.Address == PathParser.Quote(local) + "@b.test"));

    [Fact]
    public void What_is_read_reads_again_as_the_same() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5_000),
            Prop.ForAll(
                Gen.Elements("a", "B", ".", "@", "\"", "\\", " ", ":", ",", "[", "]", "192.0.2.1", "IPv6:", "::1", "<", ">", "-", "ü", "xn--", "test").ArrayOf().Select(string.Concat).ToArbitrary(),
                text => Read($"<{text}>", PathKind.Reverse, out var path) != PathError.None
                    || (Read($"<{path.Address}>", PathKind.Reverse, out var again) == PathError.None && again == path)));

    private static PathError Read(string text, PathKind kind, out MailPath path)
    {
        ReadOnlySpan<byte> octets = Encoding.UTF8.GetBytes(text);
        return PathParser.TryRead(ref octets, kind, out path);
    }

    /// <summary>A domain of exactly so many octets.</summary>
    private static string Domain(int length)
    {
        var domain = new StringBuilder();
        while (domain.Length < length)
            domain.Append(domain.Length % 2 == 0 ? 'd' : '.');
        return domain.ToString(0, length - 1) + "d";
    }
}
