using System.Globalization;
using System.Text;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>Addresses as they stand in MAIL and RCPT.</summary>
internal static class SmtpAddress
{
    private const int MaxLength = 512;

    /// <summary>Fits between angle brackets: no control character, and no space or bracket outside of quotes.</summary>
    public static bool IsSendable(string address)
    {
        if (address.Length > MaxLength)
            return false;
        var quoted = false;
        for (var i = 0; i < address.Length; i++)
        {
            var c = address[i];
            if (char.IsControl(c))
                return false;
            if (c == '"')
                quoted = !quoted;
            else if (quoted && c == '\\')
                i++;
            else if (!quoted && c is ' ' or '<' or '>')
                return false;
        }
        return !quoted;
    }

    public static (string Local, string Domain) Split(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 ? (address, "") : (address[..at], address[(at + 1)..]);
    }

    /// <summary>The address with its domain in A-labels (RFC 5890); null when its local part is not ASCII either.</summary>
    public static string? ToAscii(string address)
    {
        if (Ascii.IsValid(address))
            return address;
        var (local, domain) = Split(address);
        if (!Ascii.IsValid(local))
            return null;
        try
        {
            return $"{local}@{new IdnMapping().GetAscii(domain)}";
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
