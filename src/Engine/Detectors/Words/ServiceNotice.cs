using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Words;

/// <summary>What a well-known service writes to its users ("this link only works for the direct recipients"), over links that lead elsewhere.</summary>
internal sealed class ServiceNotice : IDetector
{
    private static readonly (string Group, string Brand)[] Services = [("notice-microsoft", "microsoft"), ("notice-google", "google"), ("notice-docusign", "docusign")];

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("service-notice-imitation", "The words of a service's own notices (share, chat, signature) over links of somebody else; stronger with each phrase.", "ATT&CK T1566.002, T1656; X.1236 7.2.4", "brand", "words", "host")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (input.Sender.IsOwn || input.Survey.IsConversation || !input.Sender.IsFreeMail && Brands.Embedded.IsOfBrand(input.Sender.OrganisationalDomain))
            yield break;
        foreach (var (group, id) in Services)
        {
            var hits = input.Text.FindAnywhere(group);
            if (hits.Count == 0 || Brands.Embedded.WithId(id) is not { } brand)
                continue;
            List<MailLink> links = [.. input.Message.Links.Where(link => link.Kind is LinkKind.Anchor or LinkKind.Area or LinkKind.Text or LinkKind.Form or LinkKind.Attachment or LinkKind.QrCode && link.Destination?.Scheme is "http" or "https" && !LinkSurvey.IsFarewell(link))];
            if (links.Find(link => !Brands.Embedded.IsOfBrand(input.Domains.Of(link.Host)) && !KnownDomains.Embedded.IsCommonplace(link.Host) && !KnownDomains.Embedded.IsClickTracker(link.Host)) is not { } odd || links.Exists(link => IsOf(brand, input.Domains.Of(link.Host))))
                continue;
            yield return new Sign("service-notice-imitation", Seen.Words(hits), ("brand", brand.Names[0]), ("words", Seen.List(hits)), ("host", odd.Host)) { Percent = hits.Count switch { 1 => 50, 2 => 75, _ => 100 } };
            yield break;
        }
    }

    // A brand may stand in the list more than once, for its services.
    private static bool IsOf(Brand brand, string domain) => domain.Length > 0 && (brand.Owns(domain) || Brands.Embedded.All.Any(other => other.Owns(brand.Main.Domain) && other.Owns(domain)));
}
