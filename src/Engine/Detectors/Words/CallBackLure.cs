using System.Text.RegularExpressions;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Words;

/// <summary>A charge that the reader never made and a telephone number to "cancel" it: the trap is at the other end of the line.</summary>
internal sealed partial class CallBackLure : IDetector
{
    private const int MostLinks = 3;

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("call-back-lure", "An unexpected charge or renewal, and a telephone number to call about it, without links of a real shop.", "ATT&CK T1566.004 (TOAD); X.1236 7.2.4", "phone", "words")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        // A shop leads to its own pages; here there is only the telephone, or the furniture of an invitation.
        if (input.Survey.Foreign.Count > MostLinks || (input.Survey.HasOwn || input.Survey.HasCounter) && !input.Sender.IsFreeMail || BulkMarks.IsBulk(input.Message))
            yield break;
        var pretexts = input.Text.Find("call-back-pretext");
        var asks = input.Text.Find("call-back-ask");
        if (pretexts.Count == 0 || asks.Count == 0)
            yield break;
        var phone = Phone().Match(input.Text.Body);
        if (phone.Success && pretexts.Count + asks.Count >= 3)
            yield return new Sign("call-back-lure", Seen.Of(EvidenceKind.Text, "text", $"{pretexts[0].Seen} … {phone.Value}"), ("phone", phone.Value.Trim()), ("words", Seen.List([pretexts[0], asks[0]])));
    }

    // +1 (888) 555-0100, 1-888-555-0100, 03-1234-5678, 0120-123-456, +81 3 1234 5678, 02-123-4567
    [GeneratedRegex(@"(\+\d{1,3}[\s.\-]{0,2})?\(?\d{2,4}\)?[\s.\-~_]{1,3}\d{3,4}[\s.\-~_]{1,3}\d{3,4}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();
}
