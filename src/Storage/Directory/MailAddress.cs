using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Platform.Storage.Directory;

/// <summary>
/// Addresses as the directory compares them: local part and domain in lower case (RFC 5321 2.4 lets a receiver fold its own
/// local parts), local part in NFC (RFC 6532 3.1), domain as A-labels (RFC 5890). <c>user+tag</c> is <c>user</c>'s (RFC 5233).
/// </summary>
internal static class MailAddress
{
    /// <summary>RFC 5321 4.5.3.1.1.</summary>
    private const int MaxLocalPart = 64;

    /// <summary>RFC 5321 4.5.3.1.2.</summary>
    private const int MaxDomain = 255;

    private static readonly SearchValues<char> AtomSpecials = SearchValues.Create("\0\t\r\n \"(),:;<>@[\\]");

    /// <returns>The lower-case A-label form; null when it is no domain name.</returns>
    public static string? Domain(string domain)
    {
        if (domain.Length is 0 or > MaxDomain)
            return null;
        try
        {
            var ascii = new IdnMapping { AllowUnassigned = false, UseStd3AsciiRules = true }.GetAscii(domain.TrimEnd('.')).ToLowerInvariant();
            return ascii.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(ascii, out _) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static string? LocalPart(string localPart)
    {
        if (localPart.Length == 0 || Encoding.UTF8.GetByteCount(localPart) > MaxLocalPart)
            return null;
        try
        {
            return localPart.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>An address that a mailbox may have: an unquoted local part and a domain name.</summary>
    public static bool TryParse(string address, out string localPart, out string domain)
    {
        (localPart, domain) = ("", "");
        var at = address.LastIndexOf('@');
        if (at <= 0 || LocalPart(address[..at]) is not { } local || Domain(address[(at + 1)..]) is not { } name)
            return false;
        if (local.AsSpan().ContainsAny(AtomSpecials) || local.StartsWith('.') || local.EndsWith('.') || local.Any(char.IsControl))
            return false;
        (localPart, domain) = (local, name);
        return true;
    }

    /// <returns>The local part before its tag; null when it has none.</returns>
    public static string? WithoutTag(string localPart) => localPart.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? localPart[..plus] : null;

    /// <summary>Mailboxes every domain must have: postmaster (RFC 5321 4.5.1) and abuse (RFC 2142).</summary>
    public static bool IsRole(string localPart) => localPart is "postmaster" or "abuse";
}
