using System.Text.RegularExpressions;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Words;

/// <summary>A charge that the reader never made and a telephone number to "cancel" it: the trap is at the other end of the line.</summary>
internal sealed partial class CallBackLure : IDetector
{
    private const int MostLinks = 3;
    private const int FewestDigits = 10;
    private const int MostDigits = 13;

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("call-back-lure", "An unexpected charge, renewal or warning, and a telephone number to call about it, without links of a real shop.", "ATT&CK T1566.004 (TOAD); X.1236 7.2.4", "phone", "words"),
        new("call-back-borrowed", "The number to call stands in a file from a free mailbox, or in the note that a well-known service passes on.", "ATT&CK T1566.004 (TOAD)", "where", "address"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        // A shop leads to its own pages; here there is only the telephone, or the furniture of an invitation.
        if (input.Survey.Foreign.Count > MostLinks || (input.Survey.HasOwn || input.Survey.HasCounter) && !input.Sender.IsFreeMail && !IsRelayed(input) || BulkMarks.IsBulk(input.Message))
            return [];
        var pretexts = input.Text.FindAnywhere("call-back-pretext");
        var asks = input.Text.FindAnywhere("call-back-ask");
        if (pretexts.Count == 0 || asks.Count == 0 || pretexts.Count + asks.Count < 3)
            return [];
        foreach (var hit in (ReadOnlySpan<PhraseHit>)[asks[0], pretexts[0]])
        {
            if (PhoneIn(input.Text.TextOf(hit)) is not { } phone)
                continue;
            var lure = new Sign("call-back-lure", Seen.Of(hit.Where == PhraseHit.InText ? EvidenceKind.Text : EvidenceKind.Attachment, hit.Where, $"{pretexts[0].Seen} … {phone}"), ("phone", phone), ("words", Seen.List([pretexts[0], asks[0]])));
            return input.Sender.IsFreeMail && hit.Where != PhraseHit.InText || IsRelayed(input)
                ? [lure, new Sign("call-back-borrowed", lure.Evidence, ("where", Seen.Cut(hit.Where, 80)), ("address", input.Sender.Address!.Address))]
                : [lure];
        }

        return [];
    }

    // Invoices, documents and comments carry what a stranger wrote under the good name of the service that sends them.
    private static bool IsRelayed(DetectionInput input) => Brands.Embedded.IsOfBrand(input.Sender.OrganisationalDomain) && input.Text.Has("user-note");

    private static string? PhoneIn(string text)
    {
        if (Phone().Match(text) is { Success: true } plain)
            return plain.Value.Trim();
        // "1 -(8 0 8)- 5 5 5 -0 1 4 2": drawn out so that no filter takes it for a number.
        foreach (Match drawn in DrawnOut().Matches(text))
            if (drawn.Value.Count(char.IsAsciiDigit) is >= FewestDigits and <= MostDigits)
                return drawn.Value.Trim();
        return null;
    }

    // +1 (888) 555-0100, 1-888-555-0100, 03-1234-5678, 0120-123-456, +81 3 1234 5678, 02-123-4567
    [GeneratedRegex(@"(\+\d{1,3}[\s.\-]{0,2})?\(?\d{2,4}\)?[\s.\-~_]{1,3}\d{3,4}[\s.\-~_]{1,3}\d{3,4}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(\d[\s().\-~_]{1,4}){9,13}\d", RegexOptions.NonBacktracking)]
    private static partial Regex DrawnOut();
}
