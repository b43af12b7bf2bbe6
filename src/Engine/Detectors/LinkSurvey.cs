using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors;

/// <summary>Where the links of a mail lead that its reader is meant to follow, sorted once for all detectors.</summary>
internal sealed class LinkSurvey
{
    private const int MostLinks = 1_000;
    private const int InAnswer = 60;

    private static readonly string[] FarewellMarks =
    [
        "unsub", "/asm/", "optout", "opt-out", "opt_out", "preference", "abmelden", "abbestellen", "desabon", "desinscri", "desuscri", "cancelar", "darse de baja", "afmelden", "uitschrijven", "disiscri", "退订", "配信停止", "配信解除", "수신거부",
        "privacy", "/legal", "terms", "datenschutz", "impressum",
    ];

    private LinkSurvey(DetectionInput input)
    {
        List<MailLink> actions = [];
        List<MailLink> foreign = [];
        HashSet<string> organisations = new(StringComparer.Ordinal);
        HashSet<string> readers = [.. input.Message.To.Take(5).Select(to => input.Domains.Of(to.Domain)), .. input.Context.TenantDomains.Select(input.Domains.Of)];
        foreach (var link in input.Message.Links.Take(MostLinks))
        {
            if (link.Kind is not (LinkKind.Anchor or LinkKind.Area or LinkKind.Text or LinkKind.Form or LinkKind.QrCode) || link.Destination?.Scheme is not ("http" or "https"))
                continue;
            var domain = input.Domains.Of(link.Host);
            if (domain.Length > 0 && (domain == input.Sender.OrganisationalDomain || readers.Contains(domain)))
            {
                // A link home to the reader vouches for nobody.
                HasOwn |= domain == input.Sender.OrganisationalDomain;
                actions.Add(link);
                continue;
            }

            if (KnownDomains.Embedded.IsCommonplace(link.Host) || IsListFooter(link))
                continue;
            actions.Add(link);
            if (IsFarewell(link))
                continue;
            if (KnownDomains.Embedded.IsFreeHosting(link.Host))
            {
                foreign.Add(link);
                organisations.Add(link.Host);
            }
            else if (KnownDomains.Embedded.IsClickTracker(link.Host))
            {
                HasCounter = true;
            }
            else if (!Brands.Embedded.IsOfBrand(domain))
            {
                foreign.Add(link);
                organisations.Add(domain.Length > 0 ? domain : link.Host);
            }
        }

        ForeignInFiles = [.. input.Message.Links.Take(MostLinks).Where(link => link.Kind == LinkKind.Attachment && link.Destination?.Scheme is "http" or "https" && IsForeignInFile(link, input, readers))];
        Actions = actions;
        Foreign = foreign;
        ForeignOrganisations = organisations.Count;
        IsListPost = BulkMarks.IsDiscussionList(input.Message);
        Percent = input.Message.InReplyTo.Count > 0 ? InAnswer : 100;
    }

    /// <summary>Links to follow: no pictures, and not what stands in the footer of any mail.</summary>
    public IReadOnlyList<MailLink> Actions { get; }

    /// <summary>Those that lead neither to the author's organisation, nor to the reader's, nor to a well-known one.</summary>
    public IReadOnlyList<MailLink> Foreign { get; }

    public int ForeignOrganisations { get; }

    /// <summary>Links in files of the mail that lead neither to the author's organisation, nor to the reader's, nor to a well-known one.</summary>
    public IReadOnlyList<MailLink> ForeignInFiles { get; }

    /// <summary>One of them leads to the author's own organisation.</summary>
    public bool HasOwn { get; }

    /// <summary>One of them goes through a click counter that does not tell its target.</summary>
    public bool HasCounter { get; }

    /// <summary>The mail comes through a list: people send each other any links.</summary>
    public bool IsListPost { get; }

    /// <summary>The mail says that it answers another, or comes through a list.</summary>
    public bool IsConversation => IsListPost || Percent < 100;

    /// <summary>How much a link that leads away still says, in percent: in an answer it says less, but anybody can write the mark of one.</summary>
    public int Percent { get; }

    /// <summary>All links lead away from the author: to one place, or two.</summary>
    public bool AllForeign => !IsListPost && Foreign.Count > 0 && !HasOwn && !HasCounter && ForeignOrganisations <= 2;

    public static LinkSurvey Of(DetectionInput input) => new(input);

    /// <summary>Leads out of the mailing, or to the small print.</summary>
    public static bool IsFarewell(MailLink link) =>
        Array.Exists(FarewellMarks, mark => link.Text.Contains(mark, StringComparison.OrdinalIgnoreCase) || link.Destination is { } uri && uri.PathAndQuery.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static bool IsForeignInFile(MailLink link, DetectionInput input, HashSet<string> readers) =>
        input.Domains.Of(link.Host) is var domain
        && domain != input.Sender.OrganisationalDomain
        && !readers.Contains(domain)
        && (KnownDomains.Embedded.IsFreeHosting(link.Host) || !KnownDomains.Embedded.IsCommonplace(link.Host) && !Brands.Embedded.IsOfBrand(domain) && !KnownDomains.Embedded.IsClickTracker(link.Host));

    private static bool IsListFooter(MailLink link) =>
        link.Host.StartsWith("lists.", StringComparison.Ordinal) || link.Destination!.AbsolutePath.Contains("/listinfo", StringComparison.OrdinalIgnoreCase) || link.Destination.AbsolutePath.Contains("/mailman", StringComparison.OrdinalIgnoreCase);
}
