using System.Globalization;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Names in <c>d=</c>, <c>s=</c> and <c>i=</c>, as A-labels or, in internationalised headers, U-labels (RFC 8616, 5).</summary>
internal static class SigningDomain
{
    public const int MaxName = 253;
    private const int MaxLabel = 63;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>Lower-case A-labels; null when it is no domain name (RFC 6376, 3.5: sub-domains of letters, digits, hyphens; and the underscores that exist).</summary>
    public static string? Normalise(string name)
    {
        if (name.Length is 0 or > MaxName)
            return null;
        if (!IsAscii(name))
        {
            try
            {
                name = Idn.GetAscii(name);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        return IsName(name) ? name.ToLowerInvariant() : null;
    }

    /// <summary>True when it is the domain, or below it.</summary>
    public static bool IsWithin(string name, string domain) =>
        name.Length == domain.Length
            ? name == domain
            : name.Length > domain.Length && name[^(domain.Length + 1)] == '.' && name.EndsWith(domain, StringComparison.Ordinal);

    private static bool IsAscii(string name) => !name.AsSpan().ContainsAnyExceptInRange('\0', '\x7F');

    private static bool IsName(string name)
    {
        if (name.Length > MaxName)
            return false;
        foreach (var label in name.AsSpan().Split('.'))
        {
            var text = name.AsSpan()[label];
            if (text.Length is 0 or > MaxLabel)
                return false;
            foreach (var c in text)
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                    return false;
        }

        return true;
    }
}
