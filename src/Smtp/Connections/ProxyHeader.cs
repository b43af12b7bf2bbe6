using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Platform.Smtp.Addresses;

namespace Platform.Smtp.Connections;

// The PROXY protocol (HAProxy, proxy-protocol.txt): a proxy opens the connection with a header that tells for whom.
//
//   version 2: 0D0A0D0A000D0A515549540A | 2,command | family,transport | length | addresses | TLVs
//   version 1: PROXY TCP4 192.0.2.25 198.51.100.1 56324 25 CRLF      (at most 107 octets)
//
// Command LOCAL (a health check) and family UNSPEC keep the addresses of the connection. TLVs are checked for shape,
// the CRC32c one also for truth. Anything malformed closes the connection: a header half understood would make one
// client of the other.
internal sealed record ProxyHeader(IPEndPoint? Source, IPEndPoint? Destination)
{
    /// <summary>Bound of ours on a version 2 header: the addresses and some TLVs, a client certificate at most.</summary>
    public const int MaxLength = 4_096;

    private const int FixedLength = 16;
    private const int MaxVersion1Length = 107;
    private const int CrcType = 0x03;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public static ProxyParse TryParse(ReadOnlySpan<byte> bytes, out ProxyHeader? header, out int length)
    {
        header = null;
        length = 0;
        if (StartsLike(bytes, Signature))
            return bytes.Length < FixedLength ? ProxyParse.NeedMore : ParseVersion2(bytes, out header, out length);
        if (StartsLike(bytes, "PROXY "u8))
            return bytes.Length < 6 ? ProxyParse.NeedMore : ParseVersion1(bytes, out header, out length);
        return ProxyParse.Absent;
    }

    private static bool StartsLike(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) =>
        bytes.Length < mark.Length ? mark.StartsWith(bytes) : bytes.StartsWith(mark);

    private static ProxyParse ParseVersion2(ReadOnlySpan<byte> bytes, out ProxyHeader? header, out int length)
    {
        header = null;
        length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        var isLocal = bytes[12] == 0x20;
        if ((!isLocal && bytes[12] != 0x21) || length > MaxLength)
            return ProxyParse.Malformed;
        if (bytes.Length < length)
            return ProxyParse.NeedMore;

        var whole = bytes[..length];
        var addressLength = bytes[13] switch
        {
            0x11 => 12,
            0x21 => 36,
            0x31 => 216,
            0x00 => 0,
            _ => -1,
        };
        if (isLocal)
        {
            header = new ProxyHeader(null, null);
            return ProxyParse.Done;
        }

        if (addressLength < 0 || FixedLength + addressLength > length || (bytes[13] != 0 && !AreTlvsSound(whole, FixedLength + addressLength)))
            return ProxyParse.Malformed;
        var addresses = whole.Slice(FixedLength, addressLength);
        header = addressLength switch
        {
            12 => new ProxyHeader(EndPoint(addresses[..4], addresses[8..]), EndPoint(addresses[4..8], addresses[10..])),
            36 => new ProxyHeader(EndPoint(addresses[..16], addresses[32..]), EndPoint(addresses[16..32], addresses[34..])),
            _ => new ProxyHeader(null, null),
        };
        return ProxyParse.Done;
    }

    private static bool AreTlvsSound(ReadOnlySpan<byte> whole, int offset)
    {
        while (offset < whole.Length)
        {
            if (offset + 3 > whole.Length)
                return false;
            var size = BinaryPrimitives.ReadUInt16BigEndian(whole[(offset + 1)..]);
            var value = offset + 3;
            if (value + size > whole.Length)
                return false;
            if (whole[offset] == CrcType && (size != 4 || Crc32C(whole, value) != BinaryPrimitives.ReadUInt32BigEndian(whole[value..])))
                return false;
            offset = value + size;
        }

        return true;
    }

    /// <summary>Over the whole header with the four octets of the checksum itself as zero.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> whole, int checksumAt)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < whole.Length; i++)
            crc = BitOperations.Crc32C(crc, i >= checksumAt && i < checksumAt + 4 ? (byte)0 : whole[i]);
        return ~crc;
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port)
    {
        var ip = new IPAddress(address);
        return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, BinaryPrimitives.ReadUInt16BigEndian(port));
    }

    private static ProxyParse ParseVersion1(ReadOnlySpan<byte> bytes, out ProxyHeader? header, out int length)
    {
        header = null;
        length = 0;
        var window = bytes[..Math.Min(bytes.Length, MaxVersion1Length)];
        var end = window.IndexOf("\r\n"u8);
        if (end < 0)
            return window.Length == MaxVersion1Length ? ProxyParse.Malformed : ProxyParse.NeedMore;
        if (!Ascii.IsValid(window[..end]))
            return ProxyParse.Malformed;

        length = end + 2;
        var words = Encoding.ASCII.GetString(window[..end]).Split(' ');
        if (words[1] == "UNKNOWN")
        {
            header = new ProxyHeader(null, null);
            return ProxyParse.Done;
        }

        AddressFamily? family = words[1] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => null,
        };
        if (family is null || words.Length != 6
            || !IpText.TryParse(words[2], family.Value, out var source) || !IpText.TryParse(words[3], family.Value, out var destination)
            || !TryReadPort(words[4], out var sourcePort) || !TryReadPort(words[5], out var destinationPort))
            return ProxyParse.Malformed;
        header = new ProxyHeader(new IPEndPoint(source, sourcePort), new IPEndPoint(destination, destinationPort));
        return ProxyParse.Done;
    }

    private static bool TryReadPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && (text.Length == 1 || text[0] != '0');
}

internal enum ProxyParse
{
    /// <summary>Could still become a header.</summary>
    NeedMore,

    /// <summary>The bytes are something else.</summary>
    Absent,
    Malformed,
    Done,
}
