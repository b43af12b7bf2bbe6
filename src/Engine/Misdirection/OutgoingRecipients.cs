using Platform.Engine.Links;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Misdirection;

/// <summary>A mail as far as it matters whom it goes to.</summary>
/// <param name="Outside">Recipients of the envelope that are none of the organisation's mailboxes.</param>
/// <param name="OwnDomains">Of the organisation, lower-case ASCII.</param>
public sealed record OutgoingRecipients(MessageFacts Mail, IReadOnlyList<string> Outside, IReadOnlyList<string> OwnDomains)
{
    /// <summary>Recipients that are looked at one by one; a mail to more is a mailing, and its first tell.</summary>
    public const int MaxExamined = 100;

    /// <summary>Lower-case A-labels of the domain of an address.</summary>
    public static string DomainOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return OrganisationalDomain.ToAscii(address[(address.LastIndexOf('@') + 1)..]);
    }

    /// <summary>Who is responsible for the domain of an address; the domain itself where that is not to be told.</summary>
    public static string OrganisationOf(string address) => OrganisationalDomain.Embedded.Of(DomainOf(address)) is { Length: > 0 } organisation ? organisation : DomainOf(address);

    public bool IsOwn(string address)
    {
        var domain = DomainOf(address);
        return OwnDomains.Any(own => domain == own || domain.EndsWith("." + own, StringComparison.Ordinal));
    }
}
