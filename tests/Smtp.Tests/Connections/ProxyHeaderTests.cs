using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Tests.Connections;

public sealed class ProxyHeaderTests
{
    private static readonly byte[] Four = [192, 0, 2, 25, 198, 51, 100, 1, 0x1F, 0x90, 0, 25];

    private static readonly byte[] Six =
        [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x1F, 0x90, 0, 25];

    [Fact]
    public void Version_2_gives_IPv4_addresses()
    {
        var header = Parse(Version2(0x21, 0x11, Four));

        Assert.Equal(("192.0.2.25:8080", "198.51.100.1:25"), (header.Source?.ToString(), header.Destination?.ToString()));
    }

    [Fact]
    public void Version_2_gives_IPv6_addresses()
    {
        var header = Parse(Version2(0x21, 0x21, Six));

        Assert.Equal(("[2001:db8::1]:8080", "[2001:db8::2]:25"), (header.Source?.ToString(), header.Destination?.ToString()));
    }

    public static TheoryData<string, byte, byte, byte[]> WithoutAddress => new()
    {
        { "local", 0x20, 0x00, [] },
        { "local with addresses", 0x20, 0x11, Four },
        { "unspecified", 0x21, 0x00, [] },
        { "unspecified with bytes", 0x21, 0x00, [1, 2, 3] },
        { "Unix", 0x21, 0x31, new byte[216] },
    };

    [Theory]
    [MemberData(nameof(WithoutAddress))]
    public void Some_headers_tell_no_address(string kind, byte command, byte family, byte[] rest)
    {
        Assert.True(Parse(Version2(command, family, rest)).Source is null, kind);
    }

    public static TheoryData<string, byte, byte, byte[]> Malformed => new()
    {
        { "version 1 in binary", 0x11, 0x11, Four },
        { "version 3", 0x31, 0x11, Four },
        { "unknown command", 0x22, 0x11, Four },
        { "datagram", 0x21, 0x12, Four },
        { "unknown family", 0x21, 0x41, Four },
        { "addresses cut short", 0x21, 0x11, Four[..11] },
        { "IPv6 with IPv4 addresses", 0x21, 0x21, Four },
        { "TLV cut short", 0x21, 0x11, [.. Four, 0x01, 0x00] },
        { "TLV longer than the header", 0x21, 0x11, [.. Four, 0x01, 0x00, 0x05, 1, 2] },
        { "checksum of the wrong size", 0x21, 0x11, [.. Four, 0x03, 0x00, 0x01, 1] },
        { "checksum that does not hold", 0x21, 0x11, [.. Four, 0x03, 0x00, 0x04, 1, 2, 3, 4] },
        { "too long", 0x21, 0x11, new byte[5_000] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_header_is_seen(string kind, byte command, byte family, byte[] rest)
    {
        Assert.True(ProxyHeader.TryParse(Version2(command, family, rest), out _, out _) == ProxyParse.Malformed, kind);
    }

    [Fact]
    public void A_checksum_that_holds_is_taken()
    {
        var bytes = Version2(0x21, 0x11, [.. Four, 0x03, 0x00, 0x04, 0, 0, 0, 0]);
        var crc = bytes.Aggregate(uint.MaxValue, BitOperations.Crc32C);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), ~crc);

        Assert.Equal("192.0.2.25:8080", Parse(bytes).Source?.ToString());
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.25 198.51.100.1 8080 25\r\n", "192.0.2.25:8080")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 8080 25\r\n", "[2001:db8::1]:8080")]
    [InlineData("PROXY UNKNOWN\r\n", null)]
    [InlineData("PROXY UNKNOWN whatever it says\r\n", null)]
    public void Version_1_is_read(string text, string? source)
    {
        Assert.Equal(source, Parse(Encoding.ASCII.GetBytes(text)).Source?.ToString());
    }

    [Theory]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY TCP4\r\n")]
    [InlineData("PROXY TCP4 192.0.2.25 198.51.100.1 8080\r\n")]
    [InlineData("PROXY TCP4 192.0.2.25 198.51.100.1 8080 25 x\r\n")]
    [InlineData("PROXY TCP4 192.0.2.256 198.51.100.1 8080 25\r\n")]
    [InlineData("PROXY TCP4 2001:db8::1 2001:db8::2 8080 25\r\n")]
    [InlineData("PROXY TCP4 192.0.2.25 198.51.100.1 65536 25\r\n")]
    [InlineData("PROXY TCP4 192.0.2.25 198.51.100.1 080 25\r\n")]
    [InlineData("PROXY TCP4 192.0.2.25  198.51.100.1 80 25\r\n")]
    [InlineData("PROXY UDP4 192.0.2.25 198.51.100.1 8080 25\r\n")]
    [InlineData("PROXY TCP4 1921681 198.51.100.1 8080 25\r\n")]
    [InlineData("PROXY TCP4 ü 198.51.100.1 8080 25\r\n")]
    [InlineData("PROXY UNKNOWN aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    public void A_malformed_version_1_is_seen(string text)
    {
        Assert.Equal(ProxyParse.Malformed, ProxyHeader.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Theory]
    [InlineData("EHLO x\r\n")]
    [InlineData("PROXIMITY")]
    [InlineData("\r\n\r\n\r\n\r\n\r\n\r\n")]
    public void Something_else_is_seen(string text)
    {
        Assert.Equal(ProxyParse.Absent, ProxyHeader.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
    }

    [Fact]
    public void A_header_is_waited_for_octet_by_octet() =>
        Prop.ForAll(
            Gen.Elements(Version2(0x21, 0x11, Four), Version2(0x21, 0x21, Six), Version2(0x20, 0, []), "PROXY TCP4 192.0.2.25 198.51.100.1 8080 25\r\n"u8.ToArray()).ToArbitrary(),
            bytes => Enumerable.Range(0, bytes.Length).All(n => ProxyHeader.TryParse(bytes.AsSpan(0, n), out _, out _) == ProxyParse.NeedMore)
                && ProxyHeader.TryParse([.. bytes, 1, 2, 3], out _, out var length) == ProxyParse.Done && length == bytes.Length)
            .QuickCheckThrowOnFailure();

    internal static byte[] Version2(byte command, byte family, byte[] rest)
    {
        byte[] bytes = [.. "\r\n\r\n\0\r\nQUIT\n"u8, command, family, 0, 0, .. rest];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), (ushort)rest.Length);
        return bytes;
    }

    private static ProxyHeader Parse(byte[] bytes)
    {
        Assert.Equal(ProxyParse.Done, ProxyHeader.TryParse(bytes, out var header, out var length));
        Assert.Equal(bytes.Length, length);
        return header!;
    }
}
