using System.Globalization;
using Platform.Engine.Authentication.Author;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>Reads <c>rua</c> and <c>ruf</c> (RFC 9989, 4.6 and 4.8): URIs between commas, each with a size after <c>!</c> in records of RFC 7489, 6.2.</summary>
internal static class ReportAddressParser
{
    private const int MaxAddresses = 20;
    private const string Scheme = "mailto:";

    public static IReadOnlyList<DmarcReportAddress> Parse(string value, out IReadOnlyList<string> broken)
    {
        var addresses = new List<DmarcReportAddress>();
        var rejected = new List<string>();
        foreach (var uri in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (addresses.Count + rejected.Count >= MaxAddresses)
                break;
            if (Read(uri) is { } address)
                addresses.Add(address);
            else
                rejected.Add(uri);
        }

        broken = rejected;
        return addresses;
    }

    private static DmarcReportAddress? Read(string text)
    {
        var mark = text.IndexOf('!', StringComparison.Ordinal);
        var uri = mark < 0 ? text : text[..mark].TrimEnd();
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || uri.Contains(' ', StringComparison.Ordinal))
            return null;
        long? size = null;
        if (mark >= 0 && !TrySize(text.AsSpan(mark + 1).Trim(), out size))
            return null;
        var mailbox = uri.AsSpan(Scheme.Length);
        if (mailbox.IndexOf('?') is var query and >= 0)
            mailbox = mailbox[..query];
        var at = mailbox.LastIndexOf('@');
        if (at <= 0)
            return null;
        var domain = MailDomain.Normalise(Uri.UnescapeDataString(mailbox[(at + 1)..]));
        return domain.Length == 0 ? null : new DmarcReportAddress(uri, domain, size);
    }

    // Digits with an optional unit: k, m, g or t, powers of 1024 (RFC 7489, 6.4).
    private static bool TrySize(ReadOnlySpan<char> text, out long? size)
    {
        size = null;
        if (text.IsEmpty)
            return false;
        var power = "kmgt".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal) + 1;
        if (!uint.TryParse(power > 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> (10 * power))
            return false;
        size = (long)number << (10 * power);
        return true;
    }
}
