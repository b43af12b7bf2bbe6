using Platform.Engine.Authentication.Author;
using Platform.Engine.Links;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>Whether an identifier that SPF or DKIM vouched for speaks for the author domain (RFC 9989, 4.4 and 4.10.2).</summary>
public static class IdentifierAlignment
{
    /// <summary>Alignment by the public suffix list (RFC 7489, 3.1 and 3.2).</summary>
    /// <param name="identifier">A domain; dots at its ends are left out.</param>
    public static bool IsAligned(string identifier, string authorDomain, DmarcAlignment mode, IOrganisationalDomains domains)
    {
        var one = Name(identifier);
        var other = Name(authorDomain);
        if (one.Length == 0 || other.Length == 0)
            return false;
        if (one == other)
            return true;
        return mode == DmarcAlignment.Relaxed && domains.Of(one) is { Length: > 0 } organisation && organisation == domains.Of(other);
    }

    internal static string Name(string domain) => MailDomain.Normalise(domain.Trim('.'));

    /// <summary>Two names without one last label in common can have no organisational domain in common (RFC 9989, 4.10.2).</summary>
    internal static bool ShareTopLabel(string one, string other) =>
        one.AsSpan(one.LastIndexOf('.') + 1).SequenceEqual(other.AsSpan(other.LastIndexOf('.') + 1));
}
