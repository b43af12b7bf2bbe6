using System.Net;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Prefix lengths (RFC 7208, 5: ip4-cidr-length, ip6-cidr-length) and what they match.</summary>
internal static class SpfPrefix
{
    /// <summary>
    /// Cuts a prefix length off the end of an argument; without one, all bits count. False when one is there and wrong.
    /// </summary>
    /// <param name="mark"><c>/</c> or <c>//</c>.</param>
    public static bool TryCut(ref ReadOnlySpan<char> argument, string mark, int bits, out int length)
    {
        length = bits;
        var digits = argument.LastIndexOfAnyExceptInRange('0', '9') + 1;
        if (!argument[..digits].EndsWith(mark))
            return true;
        if (!TryReadNumber(argument[digits..], bits, out length))
            return false;
        argument = argument[..(digits - mark.Length)];
        return true;
    }

    /// <summary>Decimal, without leading zeros (RFC 7208, 5).</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, int max, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0'))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = (number * 10) + (c - '0');
        }

        return number <= max;
    }

    /// <summary>True when both are of one family and their first <paramref name="bits"/> bits are the same.</summary>
    public static bool Matches(IPAddress client, IPAddress network, int bits)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        if (client.AddressFamily != network.AddressFamily || !client.TryWriteBytes(left, out _) || !network.TryWriteBytes(right, out _))
            return false;
        var octets = bits / 8;
        var rest = bits % 8;
        return left[..octets].SequenceEqual(right[..octets]) && (rest == 0 || (left[octets] ^ right[octets]) >> (8 - rest) == 0);
    }
}
