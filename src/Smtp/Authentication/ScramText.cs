using System.Text;

namespace Platform.Smtp.Authentication;

/// <summary>Messages of SCRAM (RFC 5802, 7): attributes of one letter with a comma between, names with <c>,</c> and <c>=</c> written as <c>=2C</c> and <c>=3D</c>.</summary>
internal static class ScramText
{
    public static bool TryReadName(ReadOnlySpan<byte> encoded, out string? name)
    {
        name = null;
        if (!SaslText.TryRead(encoded, SaslText.MaxUserName, out var text) || text.Length == 0 || text.Contains(',', StringComparison.Ordinal))
            return false;
        var plain = text.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "\u0001", StringComparison.Ordinal);
        if (plain.Contains('=', StringComparison.Ordinal) || text.Contains('\u0001', StringComparison.Ordinal))
            return false;
        name = plain.Replace('\u0001', '=');
        return true;
    }

    /// <summary>The value of the attribute that a part must be.</summary>
    public static bool TryRead(ReadOnlySpan<byte> part, char attribute, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (part.Length < 2 || part[0] != attribute || part[1] != '=')
            return false;
        value = part[2..];
        return true;
    }

    /// <summary>Printable ASCII without a comma (RFC 5802, 7, <c>printable</c>).</summary>
    public static bool IsNonce(ReadOnlySpan<byte> nonce) => nonce.Length is > 0 and <= 256 && !nonce.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e) && !nonce.Contains((byte)',');

    public static bool TryDecode(ReadOnlySpan<byte> base64, out byte[] octets) => TryDecode(Encoding.Latin1.GetString(base64), out octets);

    public static bool TryDecode(string base64, out byte[] octets)
    {
        octets = new byte[(base64.Length * 3 / 4) + 3];
        var ok = Convert.TryFromBase64String(base64, octets, out var length);
        octets = octets[..length];
        return ok;
    }
}
