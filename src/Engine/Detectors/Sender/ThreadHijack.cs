using System.Text.RegularExpressions;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>Answers to a conversation that this sender never had.</summary>
internal sealed partial class ThreadHijack : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("reply-without-thread", "The subject claims a reply; the mail refers to no earlier message.", "RFC 5322 3.6.4", "subject"),
        new("quoted-history-mismatch", "The quoted history shows the sender's name with an address of another domain.", "ATT&CK T1534; X.1236 7.2.3", "quoted", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var message = input.Message;
        if (ReplyMark().IsMatch(input.Text.Subject) && message.InReplyTo.Count == 0 && message.References.Count == 0)
            yield return new Sign("reply-without-thread", Seen.Header(input, "Subject"), ("subject", Seen.Cut(message.Subject, 80)));

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

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"^(re|aw|sv|antw|回复|答复|返信|회신|답장)\s?(\[\d{1,3}\])?:", RegexOptions.NonBacktracking)]
    private static partial Regex ReplyMark();

    // Folded text: "from: name <local@domain>", "差出人: ...", and "on date, name <local@domain> wrote".
    [GeneratedRegex(@"(from|差出人|送信者|보낸 사람|发件人|von|de|wrote:|,)\s?:?\s?[""']?(?<name>[^<>@:,""']{3,60})[""']?\s?(<|\[mailto:)(?<local>[a-z0-9._%+\-]{1,64})@(?<domain>[a-z0-9.\-]{3,200})[>\]]", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedAuthor();
}
