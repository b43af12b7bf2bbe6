using System.Globalization;
using System.Text;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Domain names that check_host() takes (RFC 7208, 4.3): A-labels, two labels at least.</summary>
internal static class SpfName
{
    private const int MaxInput = 1_000;

    /// <summary>Gives A-labels (RFC 8616, 3) without the last dot; false when check_host() must answer none.</summary>
    public static bool TryNormalise(string domain, out string name)
    {
        name = domain.EndsWith('.') ? domain[..^1] : domain;
        if (domain.Length > MaxInput)
            return false;
        if (!Ascii.IsValid(name) && !TryToAscii(name, out name))
            return false;
        return DnsName.IsName(name) && !name.EndsWith('.') && name.Contains('.') && !name.StartsWith('[') && !name.Contains(' ');
    }

    /// <summary>True when <paramref name="name"/> is <paramref name="domain"/> or below it; neither ends with a dot.</summary>
    public static bool IsWithin(string name, string domain) =>
        name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (name.Length == domain.Length || (name.Length > domain.Length && name[^(domain.Length + 1)] == '.'));

    private static bool TryToAscii(string text, out string name)
    {
        try
        {
            name = new IdnMapping { UseStd3AsciiRules = false, AllowUnassigned = true }.GetAscii(text);
            return true;
        }
        catch (ArgumentException)
        {
            name = text;
            return false;
        }
    }
}
