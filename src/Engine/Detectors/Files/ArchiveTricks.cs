using Platform.Engine.Attachments;

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
        new("file-unread", "A file, or part of one, is of a kind that is not read.", "DET5", "file", "what"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var fact in input.Message.FileFacts)
            if (SignOf(fact) is { } sign && said.Add(sign.Id))
                yield return sign;
    }

    private static Sign? SignOf(FileFact fact)
    {
        var name = fact.File.FileName.Length > 0 ? fact.File.FileName : fact.File.Path;
        return fact.Id switch
        {
            "archive-name-disagrees" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where} / {fact.Value}"), ("file", name), ("name", fact.Value)),
            "archive-hidden-entry" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where}: {fact.Value}"), ("file", name), ("name", fact.Value)),
            "archive-password" => new Sign("archive-opened-with-password", Seen.File(fact.File), ("file", name)),
            "file-kind-unread" => new Sign(fact.Id, Seen.File(fact.File, fact.Value), ("file", name), ("what", fact.Value)),
            "file-unread" => new Sign(fact.Id, Seen.File(fact.File, $"{fact.Where}: {fact.Value}"), ("file", name), ("what", fact.Value)),
            _ => null,
        };
    }
}
