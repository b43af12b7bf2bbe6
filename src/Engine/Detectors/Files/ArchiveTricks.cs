using Platform.Engine.Attachments;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors.Files;

/// <summary>Archives built so that filters and readers see different files, and what no reader of ours opens.</summary>
internal sealed class ArchiveTricks : IDetector
{
    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("archive-name-disagrees", "A file in an archive has one name for some programs and another for others.", "APPNOTE 4.3; ATT&CK T1036", "file", "name"),
        new("archive-hidden-entry", "An archive holds files that its own directory does not list; only some programs show them.", "APPNOTE 4.3.12; ATT&CK T1027", "file", "name"),
        new("archive-opened-with-password", "An encrypted archive was opened with a password from the mail, or one that is always used.", "ATT&CK T1027.013", "file"),
        new("file-kind-unread", "A file is of a kind that is not read.", "DET5", "file", "what"),
        new("archive-of-documents", "An encrypted archive was opened, and holds nothing but documents in which nothing runs and nothing leads on.", "DET5", "file"),
        new("file-unread", "A file, or part of one, is of a kind that is not read.", "DET5", "file", "what"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var fact in input.Message.FileFacts)
            if (SignOf(fact, input) is { } sign && said.Add(sign.Id))
                yield return sign;
    }

    private static Sign? SignOf(FileFact fact, DetectionInput input)
    {
        var name = fact.File.FileName.Length > 0 ? fact.File.FileName : fact.File.Path;
        return fact.Id switch
        {
            "archive-name-disagrees" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where} / {fact.Value}"), ("file", name), ("name", fact.Value)),
            "archive-hidden-entry" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where}: {fact.Value}"), ("file", name), ("name", fact.Value)),
            "archive-password" => new Sign(HoldsOnlyDocuments(fact.File, input) ? "archive-of-documents" : "archive-opened-with-password", Seen.File(fact.File), ("file", name)),
            "file-kind-unread" => new Sign(fact.Id, Seen.File(fact.File, fact.Value), ("file", name), ("what", fact.Value)),
            "file-unread" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where}: {fact.Value}"), ("file", name), ("what", fact.Value)),
            _ => null,
        };
    }

    // As companies send them whose rules ask for a password on every file.
    private static bool HoldsOnlyDocuments(MailAttachment archive, DetectionInput input)
    {
        var beginning = $"{archive.Path}/";
        var inside = input.Message.Attachments.Where(file => file.Path.StartsWith(beginning, StringComparison.Ordinal)).ToList();
        return inside.Count > 0
            && !inside.Exists(file => file.Encrypted || FileKinds.IsNoDocument(file))
            && !input.Message.Behaviours.Any(seen => seen.FilePath.StartsWith(beginning, StringComparison.Ordinal))
            && !input.Message.FileFacts.Any(fact => fact.File.Path.StartsWith(beginning, StringComparison.Ordinal))
            && !input.Message.Links.Any(link => link.Kind == LinkKind.Attachment)
            && !input.Message.Notes.Any(note => note.Limit && note.Id != ScanGaps.Data);
    }
}
