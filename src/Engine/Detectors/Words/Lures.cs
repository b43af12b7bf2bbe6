using Platform.Engine.Detectors.Files;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Detectors.Sender;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Words;

/// <summary>
/// Pretexts by their subject. Each is daily mail by itself, so each wants more than a word: several phrases, a demand beside the
/// pretext, or a link that leads away from the author.
/// </summary>
internal sealed class Lures : IDetector
{
    private static readonly Lure[] All =
    [
        new("mailbox-lure", "mailbox-trouble", "credential-ask", 1, 1, Needs.AskOrTrap, "A full, blocked or expiring mailbox, password or message queue, and something to confirm."),
        new("wallet-lure", "wallet", "wallet-ask", 1, 1, Needs.Ask, "Coins, tokens or a wallet, and a demand to claim, connect, verify or install."),
        new("prize-lure", "prize", "prize", 2, 0, Needs.Trap, "A prize, gift, reward or survey from strangers, with links that lead elsewhere."),
        new("romance-lure", "romance", "romance", 2, 0, Needs.Nothing, "Acquaintance with strangers offered by mail."),
        new("loan-offer", "loan-offer", "loan-offer", 2, 0, Needs.Letter, "A loan offered to strangers."),
        new("investment-offer", "investment-offer", "investment-offer", 2, 0, Needs.Letter, "Money to invest, or an investor, offered to strangers."),
        new("job-offer-lure", "job-offer", "job-offer", 2, 0, Needs.Nothing, "Easy money for work at home, offered to strangers."),
        new("trade-inquiry", "trade-inquiry", "trade-inquiry", 3, 0, Needs.Letter, "An inquiry or offer of goods from strangers in the words of fake orders (weak)."),
        new("payment-notice-lure", "payment-notice", "payment-notice", 1, 0, Needs.Trap, "Notice of a payment, invoice or order, with links that lead away from the author."),
        new("shared-file-lure", "shared-file", "shared-file", 1, 0, Needs.Trap, "A shared document, fax or voice message, with links that lead away from the author."),
        new("refund-lure", "tax-refund", "tax-refund", 1, 0, Needs.Trap, "A refund, fine or tax matter, with links that lead away from the author."),
        new("payroll-lure", "payroll", "payroll", 1, 0, Needs.Trap, "Salary or staff matters, with links that lead away from the author."),
    ];

    private const int LongestLetter = 8_000;
    private const int MostLinks = 4;

    private enum Needs
    {
        Nothing,
        Ask,
        AskOrTrap,
        Trap,

        /// <summary>A letter with hardly any links: what people write, not what shops send.</summary>
        Letter,
    }

    public IReadOnlyList<SignDescription> Signs { get; } =
        [.. All.Select(lure => new SignDescription(lure.Sign, lure.Sees, "ATT&CK T1566, T1598; X.1236 7.2.4", "words"))];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        if (IsInternal(input) || BulkMarks.IsDiscussionList(input.Message))
            yield break;
        foreach (var lure in All)
            if (Judge(lure, input) is { Count: > 0 } words)
                yield return new Sign(lure.Sign, Seen.Words(words), ("words", Seen.List(words))) { Percent = input.Survey.Percent, Type = LeadsThroughFile(input) ? AttackType.CredentialPhishing : null };
    }

    private static List<PhraseHit> Judge(Lure lure, DetectionInput input)
    {
        var pretexts = input.Text.FindAnywhere(lure.Pretexts);
        if (pretexts.Count < lure.MinPretexts)
            return [];
        var asks = lure.Asks == lure.Pretexts ? [] : input.Text.FindAnywhere(lure.Asks);
        var holds = lure.Needs switch
        {
            Needs.Ask => asks.Count >= lure.MinAsks,
            Needs.AskOrTrap => asks.Count >= lure.MinAsks && input.Survey.Actions.Count > 0 && !input.Survey.IsConversation || HasTrap(input) || StandsBesideLink(pretexts, input),
            Needs.Trap => HasTrap(input) || StandsBesideLink(pretexts, input),
            Needs.Letter => input.Message.Links.Count(link => link.Kind != LinkKind.Image) <= MostLinks && input.Text.Body.Length <= LongestLetter && input.Message.InReplyTo.Count == 0,
            _ => true,
        };
        return holds ? [pretexts[0], .. asks.Take(2), .. pretexts.Skip(1)] : [];
    }

    /// <summary>A link that leads to neither party or is a disguised author's own, or a file that no honest sender of documents uses.</summary>
    private static bool HasTrap(DetectionInput input) =>
        input.Survey.AllForeign
        || input.Survey.Actions.Count > 0 && (BrandImpersonation.IsBorrowed(input.Sender) || LookAlikeSender.IsLookAlike(input))
        || input.Survey.Foreign.Count > 0 && Brands.Embedded.IsOfBrand(input.Sender.OrganisationalDomain) && input.Text.Has("user-note")
        || input.Message.Links.Any(link => link.Destination is { } uri && KnownDomains.IsOpenPage(uri))
        || input.Message.Links.Any(link => ConsentLink.Of(link, input) is { IsTrap: true })
        || input.Survey.Foreign.Any(link => link.Kind != LinkKind.Text && (KnownDomains.Embedded.IsFreeHosting(link.Host) || KnownDomains.Embedded.IsShortener(link.Host)))
        || input.Message.Attachments.Any(file => file.Depth == 0 && file.Type.Id is "html" or "svg" or "hta" && !FactSigns.IsPlain(input, file));

    // Said in a file whose link leads to strangers. Honest invoices and saved pages link to many; the mail that brings them says what they are.
    private static bool StandsBesideLink(IReadOnlyList<PhraseHit> pretexts, DetectionInput input) =>
        input.Survey.Actions.Count == 0 && !input.Survey.IsConversation
        && pretexts.Any(hit => hit.Where != PhraseHit.InText && input.Survey.ForeignInFiles.Any(link => link.PartPath == hit.Where));

    // Who pays by mistake pays an invoice; what an invoice links to wants a password.
    private static bool LeadsThroughFile(DetectionInput input) => input.Survey.ForeignInFiles.Count > 0 && input.Survey.Actions.Count == 0;

    // Colleagues tell each other of full mailboxes; only links to their own pages, from their own domain.
    private static bool IsInternal(DetectionInput input) =>
        input.Sender.OrganisationalDomain.Length > 0
        && input.Message.To.Concat(input.Message.Cc).Any(to => input.Domains.Of(to.Domain) == input.Sender.OrganisationalDomain)
        && input.Survey.Foreign.Count == 0
        && !input.Sender.IsFreeMail;

    private sealed record Lure(string Sign, string Pretexts, string Asks, int MinPretexts, int MinAsks, Needs Needs, string Sees);
}
