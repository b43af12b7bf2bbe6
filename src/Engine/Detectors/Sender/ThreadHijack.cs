using System.Text.RegularExpressions;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>Answers to a conversation that this sender never had.</summary>
internal sealed partial class ThreadHijack : IDetector
{
    private static readonly string[] Wishes = ["payment", "bank-change", "gift-card"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("reply-without-thread", "The subject claims a reply; the mail refers to no earlier message.", "RFC 5322 3.6.4", "subject"),
        new("quoted-colleague", "A stranger who wants a payment quotes a mail of one of the tenant's own people, and refers to no earlier message.", "ATT&CK T1534, T1656; X.1236 7.2.3", "quoted", "address"),
        new("quoted-history-mismatch", "The quoted history shows the sender's name with an address of another domain.", "ATT&CK T1534; X.1236 7.2.3", "quoted", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var message = input.Message;
        if (ReplyMark().IsMatch(input.Text.Subject) && message.InReplyTo.Count == 0 && message.References.Count == 0)
            yield return new Sign("reply-without-thread", Seen.Header(input, "Subject"), ("subject", Seen.Cut(message.Subject, 80)));

        if (QuotedColleague(input) is { } colleague)
            yield return new Sign("quoted-colleague", Seen.Of(Verdicts.EvidenceKind.Text, "text", colleague), ("quoted", Seen.Cut(colleague, 80)), ("address", input.Sender.Address!.Address));

        var sender = input.Sender;
        // The pattern is the dearest of all that is asked of a text; most texts hold no address.
        if (sender.Address is null || sender.Name.Length < 4 || !input.Text.Body.Contains('@', StringComparison.Ordinal))
            yield break;
        foreach (Match match in QuotedAuthor().Matches(input.Text.Body))
        {
            var quotedDomain = input.Domains.Of(match.Groups["domain"].Value);
            if (quotedDomain.Length == 0 || quotedDomain == sender.OrganisationalDomain || KnownDomains.Embedded.IsFreeMail(quotedDomain) && sender.IsFreeMail)
                continue;
            if (!Letters(match.Groups["name"].Value).Equals(Letters(sender.Name), StringComparison.Ordinal))
                continue;
            var quoted = $"{match.Groups["local"].Value}@{match.Groups["domain"].Value}";
            yield return new Sign("quoted-history-mismatch", Seen.Of(Verdicts.EvidenceKind.Text, "text", match.Value), ("quoted", quoted), ("address", sender.Address.Address));
            yield break;
        }
    }

    // "The boss agreed, see below": a conversation that the reader's own house never had. A real one is referred to (RFC 5322 3.6.4).
    private static string? QuotedColleague(DetectionInput input)
    {
        if (input.Sender is not { IsOwn: false, Address: not null } || input.Message.InReplyTo.Count > 0 || input.Message.References.Count > 0 || !input.Text.Body.Contains('@', StringComparison.Ordinal) || !Array.Exists(Wishes, input.Text.Has))
            return null;
        foreach (Match match in QuotedAuthor().Matches(input.Text.Body))
            if (SenderView.IsWithin(match.Groups["domain"].Value, input.Context.TenantDomains))
                return $"{match.Groups["local"].Value}@{match.Groups["domain"].Value}";
        return null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"^(re|aw|sv|antw|回复|答复|返信|회신|답장)\s?(\[\d{1,3}\])?:", RegexOptions.NonBacktracking)]
    private static partial Regex ReplyMark();

    // Folded text: "from: name <local@domain>", "差出人: ...", and "on date, name <local@domain> wrote".
    [GeneratedRegex(@"(from|差出人|送信者|보낸 사람|发件人|von|de|wrote:|,)\s?:?\s?[""']?(?<name>[^<>@:,""']{3,60})[""']?\s?(<|\[mailto:)(?<local>[a-z0-9._%+\-]{1,64})@(?<domain>[a-z0-9.\-]{3,200})[>\]]", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedAuthor();
}
