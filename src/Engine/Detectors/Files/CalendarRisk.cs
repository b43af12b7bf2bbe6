using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Files;

/// <summary>Invitations that open something, or come from another organisation than the mail.</summary>
internal sealed class CalendarRisk : IDetector
{
    private static readonly SignDescription Organizer = FactSigns.Describe("calendar-other-organizer", "The organiser of an invitation is of another organisation than the sender.", "RFC 5545 3.8.4.3, RFC 6047");

    private static readonly IReadOnlyList<SignDescription> Facts =
        [FactSigns.Describe("calendar-remote-file", "An invitation opens a file of a machine outside.", "RFC 5545 3.8.1.1; ATT&CK T1187")];

    public IReadOnlyList<SignDescription> Signs { get; } = [.. Facts, Organizer];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var sign in FactSigns.Of(input, Facts))
            yield return sign;
        foreach (var fact in input.Message.FileFacts)
        {
            if (fact.Id != "calendar-organizer" || fact.Value.LastIndexOf('@') is not (> 0 and var at))
                continue;
            var domain = OrganisationalDomain.ToAscii(fact.Value[(at + 1)..].Trim());
            if (domain.Length == 0 || input.Sender.OrganisationalDomain.Length == 0 || input.Domains.Of(domain) == input.Sender.OrganisationalDomain || SenderView.IsWithin(domain, input.Context.TenantDomains))
                continue;
            yield return FactSigns.Make(Organizer.Id, fact);
            yield break;
        }
    }
}
