using System.Globalization;
using System.Net;

namespace Platform.Engine.Authentication.Author;

/// <summary>The one form in which domains are compared: lower-case A-labels without a last dot (RFC 9989, 5.3.1; RFC 5890, 2.3.2.1).</summary>
public static class MailDomain
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>
    /// The domain in that form; empty when it is no domain name: a wrong length (RFC 1035, 2.3.4), a character that is neither
    /// letter, digit, hyphen nor underscore (RFC 1035, 2.3.1), an address literal, or U-labels that have no A-label.
    /// </summary>
    public static string Normalise(string domain)
    {
        if (domain.Length is 0 or > 4 * MaxLength)
            return "";
        var name = domain.EndsWith('.') ? domain[..^1] : domain;
        if (!System.Text.Ascii.IsValid(name))
        {
            try
            {
                name = Idn.GetAscii(name);
            }
            catch (ArgumentException)
            {
                return "";
            }
        }

        name = name.ToLowerInvariant();
        return IsName(name) && !IPAddress.TryParse(name, out _) ? name : "";
    }

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return false;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(range);
            if (label.Length is 0 or > MaxLabelLength)
                return false;
            foreach (var c in label)
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_'))
                    return false;
        }

        return true;
    }
}
