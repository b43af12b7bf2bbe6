using Platform.Engine.Attachments;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Makes signs of what the readers of files saw, where fact and sign are one and bear the same id.</summary>
internal static class FactSigns
{
    /// <summary>A sign of the facts with this id; its sentence has the file and what was seen there.</summary>
    public static SignDescription Describe(string id, string sees, string references) => new(id, sees, references, "file", "what");

    /// <summary>The first fact of each id that is described.</summary>
    public static IEnumerable<Sign> Of(DetectionInput input, IReadOnlyList<SignDescription> described)
    {
        if (input.Message.FileFacts.Count == 0)
            yield break;
        foreach (var sign in described)
            if (input.Message.FileFacts.FirstOrDefault(fact => fact.Id == sign.Id) is { } fact)
                yield return Make(sign.Id, fact);
    }

    public static Sign Make(string id, FileFact fact) =>
        new(id, Seen.File(fact.File, $"{fact.Where}: {fact.Value}"), ("file", NameOf(fact.File)), ("what", Seen.Cut(fact.Value, 160)));

    /// <summary>Paths of the files of which a fact of one of these ids was told.</summary>
    public static HashSet<string> PathsOf(DetectionInput input, params ReadOnlySpan<string> ids)
    {
        HashSet<string> paths = new(StringComparer.Ordinal);
        foreach (var fact in input.Message.FileFacts)
            if (ids.Contains(fact.Id))
                paths.Add(fact.File.Path);
        return paths;
    }

    /// <summary>A file of a risky kind that was read to its end and found to do nothing by itself.</summary>
    public static bool IsPlain(DetectionInput input, MailAttachment file) =>
        input.Message.FileFacts.Any(fact =>
            (fact.Id is "page-plain" or "shortcut-plain" or "onenote-read" or "web-query-plain") && fact.File.Path == file.Path && (fact.Id != "page-plain" || IsIdle(input, file)));

    /// <summary>A page without anything to tell of does nothing, unless its scripts were seen to (a command for the clipboard is told by itself), or it is nothing but a way to another site.</summary>
    public static bool IsIdle(DetectionInput input, MailAttachment page) =>
        !PageLeads.LeadsAway(input, page) && !input.Message.Behaviours.Any(seen => seen.FilePath == page.Path && seen.Kind != BehaviourKind.PasteCommand && !seen.Where.Contains(PastedCommand.Clipboard, StringComparison.Ordinal));

    private static string NameOf(MailAttachment file) => file.FileName.Length > 0 ? file.FileName : file.Path;
}
