using Platform.Engine.Mail;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Attachments;

/// <summary>
/// Everything in the mail that a person could save: leaves that are not body text, attached messages, and, through
/// <see cref="FileWalk"/>, what those files hold.
/// </summary>
internal static class AttachmentReader
{
    public static void Read(MailPart root, IReadOnlyList<MailPart> leaves, FileWalk walk)
    {
        var messages = new List<(string PartPath, string Path)>();
        // Containers and leaves by position: a nested message stands before its own leaves.
        foreach (var part in NestedMessages(root).Concat(leaves).OrderBy(p => PathKey(p.Path), StringComparer.Ordinal))
        {
            if (!walk.HasRoom(part.Path))
                return;
            var (prefix, depth) = Enclosing(messages, part.Path);
            if (part.Children.Count > 0)
            {
                var path = walk.List(new MailAttachment(prefix + Name(part, "message.eml"), part.FileName ?? "message.eml", part.MediaType, FileTypes.Get("eml"), part.Children[0].Raw, depth, Encrypted: false));
                walk.Tell(path, part.Children[0].Headers.FirstOrDefault(header => header.Name.Equals("Subject", StringComparison.OrdinalIgnoreCase))?.Value ?? "");
                messages.Add((part.Path, path));
            }
            else if (IsAttachment(part))
            {
                var name = part.FileName ?? $"part-{part.Path}";
                var file = new MailAttachment(prefix + Name(part, name), name, part.MediaType, FileTypes.Detect(part.Content.Span, name), part.Content, depth, Encrypted: false);
                walk.Open(file, part.Charset, hasLinks: part.MediaType != "text/html" || part.Disposition is "attachment" || part.FileName is not null);
            }
        }
    }

    private static List<MailPart> NestedMessages(MailPart root)
    {
        var found = new List<MailPart>();
        var pending = new Stack<MailPart>();
        pending.Push(root);
        while (pending.TryPop(out var part))
        {
            if (part.MediaType.StartsWith("message/", StringComparison.Ordinal) && part.Children.Count > 0)
                found.Add(part);
            for (var i = part.Children.Count - 1; i >= 0; i--)
                pending.Push(part.Children[i]);
        }

        return found;
    }

    public static bool IsAttachment(MailPart leaf)
    {
        if (leaf.Content.IsEmpty && leaf.FileName is null)
            return false;
        if (leaf.IsAlternative)
            return !leaf.MediaType.StartsWith("text/", StringComparison.Ordinal) || leaf.FileName is not null || !TextTypes.IsText(leaf.Content.Span);
        return leaf.Disposition is "attachment" || leaf.FileName is not null || !BodyReader.IsBody(leaf);
    }

    private static (string Prefix, int Depth) Enclosing(List<(string PartPath, string Path)> messages, string partPath)
    {
        var depth = 0;
        var prefix = "";
        foreach (var (part, path) in messages)
        {
            if (!partPath.StartsWith(part + ".", StringComparison.Ordinal))
                continue;
            depth++;
            prefix = path + "/";
        }

        return (prefix, depth);
    }

    // Orders "1.10" after "1.9", and what was found in a leaf right after it.
    private static string PathKey(string path) =>
        string.Join('.', path.Split('.').Select(s => s.Split('~')[0].PadLeft(6, '0') + (s.Contains('~', StringComparison.Ordinal) ? "~" + s.Split('~')[1] : "")));

    private static string Name(MailPart part, string otherwise) => string.IsNullOrEmpty(part.FileName) ? otherwise : part.FileName.Replace('/', '_');
}
