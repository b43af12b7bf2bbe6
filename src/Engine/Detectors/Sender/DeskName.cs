using System.Globalization;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Language;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>Names that borrow trust without naming anybody: the help desk, the mail system, accounts; and names that programs made up.</summary>
internal sealed class DeskName : IDetector
{
    private const int ShortestWord = 4;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("desk-display-name", "The display name is that of a help desk, mail system or accounts department; the address is a free mailbox, or the name, the answers or the links are not of its own house.", "ATT&CK T1656; X.1236 7.2.1", "name", "address"),
        new("sender-random-name", "Mailbox or domain of the sender have a name that a program made up.", "X.1236 7.2.1", "address"),
        new("recipients-hidden", "The mail is addressed to its own sender, or to a word that stands for everybody.", "RFC 5322 3.6.3", "to"),
        new("trust-claim", "The mail says of itself that it was checked and is safe.", "X.1236 7.2.4", "words"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender.Address is null)
            yield break;
        var inside = sender.IsOwn || input.Message.To.Any(to => input.Domains.Of(to.Domain) == sender.OrganisationalDomain);
        if (!inside && sender.Name.Length > 0 && !BulkMarks.IsBulk(input.Message) && Lexicon.Embedded.Find("service-desk", sender.Name, 1).Count > 0 && !NamesOwnHouse(sender) && IsDoubtful(sender, input))
            yield return new Sign("desk-display-name", Seen.Header(input, "From"), ("name", sender.Address.Name), ("address", sender.Address.Address));
        if (!BulkMarks.IsDiscussionList(input.Message) && !sender.IsFreeMail && IsMadeUp(sender))
            yield return new Sign("sender-random-name", Seen.Header(input, "From"), ("address", sender.Address.Address));
        if (!sender.IsOwn && ToNobody(input) is { } to)
            yield return new Sign("recipients-hidden", Seen.Header(input, "To"), ("to", to));
        if (input.Text.Find("trust-claim") is { Count: > 0 } claims)
            yield return new Sign("trust-claim", Seen.Words(claims), ("words", Seen.List(claims)));
    }

    // Every company has its accounts department. One that nobody vouches for, that speaks for the reader's company, that is answered
    // elsewhere or leads elsewhere is another matter.
    private static bool IsDoubtful(SenderView sender, DetectionInput input) =>
        sender.IsFreeMail
        || input.Message.ReplyTo is [{ Domain.Length: > 0 } reply, ..] && input.Domains.Of(reply.Domain) != sender.OrganisationalDomain
        || (input.Survey.Foreign.Count > 0 || input.Survey.ForeignInFiles.Count > 0) && !input.Survey.HasOwn
        || input.Context.TenantDomains.Any(domain => NamedHost.Of(domain, input.Domains) is { Label.Length: >= ShortestWord } own && sender.Name.Contains(own.Label, StringComparison.Ordinal));

    // "Kestrel Notes Support" at kestrelnotes.example speaks for itself.
    private static bool NamesOwnHouse(SenderView sender)
    {
        if (sender.OrganisationalDomain.Length == 0)
            return false;
        var label = OrganisationalDomain.ToUnicode(sender.OrganisationalDomain[..sender.OrganisationalDomain.IndexOf('.')]).Replace("-", "", StringComparison.Ordinal);
        return sender.Name.Split([' ', '-', '.', ',', '(', ')', '|'], StringSplitOptions.RemoveEmptyEntries).Any(word => word.Length >= ShortestWord && label.Contains(word, StringComparison.Ordinal))
            || label.Length >= ShortestWord && string.Concat(sender.Name.Where(char.IsLetterOrDigit)).Contains(label, StringComparison.Ordinal);
    }

    private static bool IsMadeUp(SenderView sender)
    {
        var label = sender.OrganisationalDomain.Length > 0 ? sender.OrganisationalDomain[..sender.OrganisationalDomain.IndexOf('.')] : "";
        if (Gibberish.IsRandom(label))
            return true;
        // A bounce address of a mailing service is made up as well, but stands in no From field as one short word.
        var local = sender.Address!.LocalPart;
        return local.Length <= 14 && local.Split('.', '_', '-') is { Length: <= 2 } words && words.Any(word => Gibberish.IsRandom(word));
    }

    private static string? ToNobody(DetectionInput input)
    {
        if (input.Message.To is not [var only] || input.Message.Header("List-Id") is not null)
            return null;
        if (only.Address.Equals(input.Sender.Address!.Address, StringComparison.OrdinalIgnoreCase) && input.Message.ReplyTo.Count == 0)
            return only.Address;
        return CultureInfo.InvariantCulture.CompareInfo.Compare(only.Name, "recipients", CompareOptions.IgnoreCase) == 0 ? only.Name : null;
    }
}
