using Platform.Engine.Mail;
using Platform.Engine.Mail.Structure;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Headers;

/// <summary>What the reader found malformed, ambiguous or too much. Mail programs may read such a message otherwise than filters do.</summary>
internal sealed class StructureRisk : IDetector
{
    // What lets two programs see two different messages. The rest is carelessness, seen daily from honest programs.
    private static readonly string[] Ambiguous =
    [
        "ambiguous-boundary", "bare-cr-in-header", "base64-padding-inside", "boundary-without-multipart", "duplicate-content-type", "duplicate-from", "duplicate-mime-version", "duplicate-transfer-encoding",
        "encoded-message", "encoded-multipart", "nul-in-header", "odd-boundary-line", "overlapping-entries", "read-differently", "readings-differ", "undeclared-multipart",
    ];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("structure-ambiguous", "Mail programs read the message's structure differently (duplicate or conflicting fields, NUL, boundaries).", "RFC 2045; RFC 2046 5.1; X.1236 7.2.1", "note"),
        new("structure-malformed", "The message's structure is careless or broken.", "RFC 2045; RFC 5322", "note"),
        new("archive-too-deep", "Archives are nested deeper than anybody packs files by hand; what is inside was not read.", "ATT&CK T1027; CWE-409", "note"),
        new("archive-bomb", "An archive unpacks to far more than files do; the rest was not read.", "CWE-409", "note"),
        new("limit-reached", "A bound of the inspection was reached; the rest was not read.", "DET5", "note"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        StructureNote? ambiguous = null, careless = null, limit = null, deep = null, bomb = null;
        foreach (var note in input.Message.Notes)
        {
            // A long file is none.
            if (note.Id == ScanGaps.Data)
                continue;
            if (note.Id == "limit-archive-depth")
                deep ??= note;
            else if (note.Id == "limit-archive-ratio")
                bomb ??= note;
            else if (note.Limit)
                limit ??= note;
            else if (Ambiguous.Contains(note.Id))
                ambiguous = ambiguous is null || (note.Id == "readings-differ" && ambiguous.Id != note.Id) ? note : ambiguous;
            else
                careless ??= note;
        }

        if (deep is not null)
            yield return Of("archive-too-deep", deep);
        if (bomb is not null)
            yield return Of("archive-bomb", bomb);
        if (limit is not null)
            yield return Of("limit-reached", limit);
        if (ambiguous is not null)
            yield return Ambiguity(ambiguous, input.Message.Readings);
        else if (careless is not null)
            yield return Of("structure-malformed", careless);
    }

    // Both readings are the evidence: what the standard has shown, and what another program shows.
    private static Sign Ambiguity(StructureNote note, IReadOnlyList<Reading> readings)
    {
        if (readings.Count < 2)
            return Of("structure-ambiguous", note);
        var other = readings.Skip(1).FirstOrDefault(reading => note.Where.StartsWith(reading.Root.Path, StringComparison.Ordinal)) ?? readings[1];
        var both = $"{readings[0].Name}: {readings[0].Outline()} | {other.Name}: {other.Outline()}";
        return Of("structure-ambiguous", note with { Detail = note.Detail.Length > 0 ? $"{note.Detail} | {both}" : both });
    }

    private static Sign Of(string id, StructureNote note) =>
        new(id, Seen.Of(EvidenceKind.Structure, note.Where, note.Detail.Length > 0 ? $"{note.Id}: {note.Detail}" : note.Id), ("note", note.Id));
}
