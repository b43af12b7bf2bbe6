using System.Security.Cryptography;
using Platform.Engine.Attachments;
using Platform.Engine.Mail;
using Platform.Engine.Preview;

namespace Platform.Engine.Rewriting;

/// <summary>A part that a reader could save as one file: a leaf, or an attached message whole.</summary>
/// <param name="IsShown">A picture that the HTML of the mail shows in its place (RFC 2392).</param>
internal sealed record MailFile(MailPart Part, string Name, FileType Type, ReadOnlyMemory<byte> Content, bool IsShown)
{
    public string MediaType => Type.MediaType;

    public long Size => Content.Length;

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span));
}

/// <summary>The files of the tree that the standard gives; what lies within them goes with them.</summary>
internal static class MailFiles
{
    public static IReadOnlyList<MailFile> Of(MailMessage mail)
    {
        List<MailFile> files = [];
        Collect(mail.Root, ShownIds(mail), files);
        return files;
    }

    /// <summary>A file that stands in a text (uuencode, yEnc) or only in another reading of the bytes cannot be taken out alone.</summary>
    public static bool HasHidden(MailMessage mail)
    {
        var known = Of(mail).Select(file => file.Part.Path).ToList();
        return mail.Leaves.Any(leaf => AttachmentReader.IsAttachment(leaf) && !known.Exists(path => leaf.Path == path || leaf.Path.StartsWith(path + ".", StringComparison.Ordinal)));
    }

    public static bool IsChosen(MailFile file, FileChoice choice, MailMessage mail) =>
        file.Size > choice.LargerThan
        || (choice.All && !file.IsShown)
        || (choice.Types.Count > 0 && Within(file, mail).Any(one => choice.Types.Contains(one.Type.Id) || choice.Types.Contains(FileTypes.Extension(one.FileName))));

    /// <summary>The file itself, and what an archive of this name holds.</summary>
    private static IEnumerable<(FileType Type, string FileName)> Within(MailFile file, MailMessage mail)
    {
        yield return (file.Type, file.Name);
        foreach (var name in file.Part.FileNames)
            yield return (file.Type, name);
        var roots = mail.Attachments.Where(one => one.Content.Equals(file.Content)).Select(one => one.Path + "/").ToList();
        foreach (var inner in mail.Attachments.Where(one => roots.Exists(root => one.Path.StartsWith(root, StringComparison.Ordinal))))
            yield return (inner.Type, inner.FileName);
    }

    private static void Collect(MailPart part, HashSet<string> shown, List<MailFile> files)
    {
        if (part.IsMultipart && part.Children.Count > 0)
        {
            foreach (var child in part.Children)
                Collect(child, shown, files);
        }
        else if (part.Children is [var message, ..])
        {
            files.Add(new MailFile(part, part.FileName ?? "message.eml", FileTypes.Get("eml"), message.Raw, IsShown: false));
        }
        else if (AttachmentReader.IsAttachment(part))
        {
            var name = part.FileName ?? $"part-{part.Path}";
            var type = FileTypes.Detect(part.Content.Span, name);
            // By content: what the HTML merely names as a picture would else leave beside what is protected.
            files.Add(new MailFile(part, name, type, part.Content, InlineImages.IsPicture(type) && part.ContentId is { Length: > 0 } id && shown.Contains(id)));
        }
    }

    private static HashSet<string> ShownIds(MailMessage mail) => mail.Html
        .SelectMany(body => body.Document.QuerySelectorAll("img[src]"))
        .Select(image => image.GetAttribute("src")!.Trim())
        .Where(source => source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        .Select(source => Uri.UnescapeDataString(source[4..]))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
