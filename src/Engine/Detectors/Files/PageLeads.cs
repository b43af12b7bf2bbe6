using Platform.Engine.Attachments;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Attached pages that are nothing but a way to another site, of neither the author nor the reader.</summary>
internal sealed class PageLeads : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        FactSigns.Describe("html-remote-script", "An HTML attachment without content of its own runs a script of another site.", "ATT&CK T1027.006, T1059.007"),
        FactSigns.Describe("html-link-only", "An HTML or SVG attachment holds nothing but a link to another site.", "ATT&CK T1566.001"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var sign in Signs)
            if (input.Message.FileFacts.FirstOrDefault(fact => fact.Id == sign.Id && IsForeign(fact, input)) is { } fact)
                yield return FactSigns.Make(sign.Id, fact);
    }

    /// <summary>The page is nothing but such a way.</summary>
    public static bool LeadsAway(DetectionInput input, MailAttachment file) =>
        input.Message.FileFacts.Any(fact => fact.Id == "html-link-only" && fact.File.Path == file.Path && IsForeign(fact, input));

    private static bool IsForeign(FileFact fact, DetectionInput input)
    {
        if (fact.Id != "html-link-only")
            return true;
        if (LinkTarget.Resolve(fact.Value, null) is not { } uri)
            return false;
        var host = uri.IdnHost.ToLowerInvariant();
        if (KnownDomains.Embedded.IsFreeHosting(host) || KnownDomains.Embedded.IsShortener(host))
            return true;
        var domain = input.Domains.Of(host);
        return domain.Length > 0 && domain != input.Sender.OrganisationalDomain && !KnownDomains.Embedded.IsCommonplace(host) && !Brands.Embedded.IsOfBrand(domain)
            && !input.Message.To.Take(5).Any(to => input.Domains.Of(to.Domain) == domain) && !input.Context.TenantDomains.Any(own => input.Domains.Of(own) == domain);
    }
}
