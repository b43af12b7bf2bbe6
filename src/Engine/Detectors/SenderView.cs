using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors;

/// <summary>The author of a message as its reader sees it: the first From address.</summary>
/// <param name="Name">Display name, folded.</param>
/// <param name="Domain">A-label form; empty when there is no author.</param>
/// <param name="IsOwn">The address claims to be of the tenant itself.</param>
internal sealed record SenderView(MailAddress? Address, string Name, string Domain, string OrganisationalDomain, bool IsFreeMail, bool IsOwn)
{
    public static SenderView Of(DetectionInput input)
    {
        var address = input.Message.From.Count > 0 ? Author(input.Message.From[0], input) : null;
        if (address is null)
            return new SenderView(null, "", "", "", false, false);
        var domain = Engine.Links.OrganisationalDomain.ToAscii(address.Domain);
        var organisational = input.Domains.Of(domain);
        return new SenderView(
            address,
            NormalText.Fold(address.Name),
            domain,
            organisational,
            KnownDomains.Embedded.IsFreeMail(domain) || KnownDomains.Embedded.IsFreeMail(organisational),
            IsWithin(domain, input.Context.TenantDomains));
    }

    // A list that rewrites the author, so that his domain's policy is not broken, says so: From "Name via List" with the list's
    // address, Reply-To with his own. Who wrote is he.
    private static MailAddress Author(MailAddress from, DetectionInput input)
    {
        var via = from.Name.LastIndexOf(" via ", StringComparison.OrdinalIgnoreCase);
        if (via <= 0 || input.Message.ReplyTo is not [var reply, ..] || reply.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase) || reply.Domain.Length == 0)
            return from;
        return reply with { Name = from.Name[..via].Trim(' ', '"', '\'') };
    }

    /// <summary>True when the domain is one of the list or stands below one.</summary>
    public static bool IsWithin(string domain, IReadOnlyList<string> parents)
    {
        foreach (var parent in parents)
            if (domain.EndsWith(parent, StringComparison.OrdinalIgnoreCase) && (domain.Length == parent.Length || domain[^(parent.Length + 1)] == '.'))
                return parent.Length > 0;
        return false;
    }
}
