using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Attachments;

/// <summary>
/// Everything in the mail that a person could save: leaves that are not body text, attached messages, and, through
/// <see cref="ArchiveReader"/>, the members of archives among them. Depth order: a file, then what it holds.
/// </summary>
internal sealed class AttachmentReader(ReadBudget budget)
{
    private const int MaxAttachments = 5_000;
    private const int MaxLinkedDocuments = 50;
    private const int MaxLinks = 2_000;

    private readonly List<MailAttachment> _attachments = [];
    private readonly List<MailLink> _links = [];
    private readonly Dictionary<string, int> _paths = new(StringComparer.Ordinal);
    private int _linkedDocuments;

    public IReadOnlyList<MailAttachment> Attachments => _attachments;

    /// <summary>Links of HTML, SVG and shortcut files among the attachments.</summary>
    public IReadOnlyList<MailLink> Links => _links;

    public void Read(MailPart root, IReadOnlyList<MailPart> leaves)
    {
        var messages = new List<(string PartPath, string Path)>();
        var pending = new Stack<MailPart>();
        pending.Push(root);
        var order = new List<MailPart>();
        while (pending.TryPop(out var part))
        {
            if (part.MediaType.StartsWith("message/", StringComparison.Ordinal) && part.Children.Count > 0)
                order.Add(part);
            for (var i = part.Children.Count - 1; i >= 0; i--)
                pending.Push(part.Children[i]);
        }

        // Containers and leaves by position: a nested message stands before its own leaves.
        foreach (var part in order.Concat(leaves).OrderBy(p => PathKey(p.Path), StringComparer.Ordinal))
        {
            if (_attachments.Count >= MaxAttachments || !budget.HasTime(part.Path))
            {
                budget.Cut("limit-attachments", part.Path, $"more than {MaxAttachments} files");
                return;
            }

            var (prefix, depth) = Enclosing(messages, part.Path);
            if (part.Children.Count > 0)
            {
                var nested = part.Children[0].Raw;
                var path = Unique(prefix + Name(part, "message.eml"));
                messages.Add((part.Path, path));
                Add(new MailAttachment(path, part.FileName ?? "message.eml", part.MediaType, FileTypes.Get("eml"), nested, depth, Encrypted: false));
            }
            else if (IsAttachment(part))
            {
                ReadFile(part, prefix, depth);
            }
        }
    }

    private static bool IsAttachment(MailPart leaf)
    {
        if (leaf.Content.IsEmpty && leaf.FileName is null)
            return false;
        if (leaf.IsAlternative)
            return !leaf.MediaType.StartsWith("text/", StringComparison.Ordinal) || leaf.FileName is not null || !TextTypes.IsText(leaf.Content.Span);
        return leaf.Disposition is "attachment" || leaf.FileName is not null || !BodyReader.IsBody(leaf);
    }

    private void ReadFile(MailPart leaf, string prefix, int depth)
    {
        var name = leaf.FileName ?? $"part-{leaf.Path}";
        var type = FileTypes.Detect(leaf.Content.Span, name);
        var path = Unique(prefix + Name(leaf, $"part-{leaf.Path}"));
        var archive = ArchiveReader.KindOf(type, leaf.Content, name);
        var index = _attachments.Count;
        Add(new MailAttachment(path, name, leaf.MediaType, type, leaf.Content, depth, Encrypted: false));
        if (leaf.MediaType != "text/html" || leaf.Disposition is "attachment" || leaf.FileName is not null)
            CollectLinks(type, leaf.Content, leaf.Charset, path);
        if (archive is null)
            return;
        var encrypted = new ArchiveReader(budget, AddMember).Open(leaf.Content, archive, path, depth + 1);
        if (encrypted)
            _attachments[index] = _attachments[index] with { Encrypted = true };
    }

    private bool AddMember(MailAttachment member)
    {
        if (_attachments.Count >= MaxAttachments)
            return false;
        Add(member with { Path = Unique(member.Path) });
        CollectLinks(member.Type, member.Content, null, member.Path);
        return true;
    }

    private void Add(MailAttachment attachment) => _attachments.Add(attachment);

    private void CollectLinks(FileType type, ReadOnlyMemory<byte> content, string? charset, string path)
    {
        if (type.Id is not ("html" or "svg" or "hta" or "url" or "iqy" or "mhtml" or "ics") || _linkedDocuments++ >= MaxLinkedDocuments)
            return;
        var text = Charsets.Decode(content.Span[..Math.Min(content.Length, HtmlShape.MaxLength)], charset);
        if (type.Id is "html" or "svg" or "hta")
        {
            if (HtmlTree.Parse(text, budget, out _) is { } document)
                HtmlLinks.Collect(document, path, attachment: true, _links, MaxLinks);
            else
                HtmlLinks.CollectFlat(FlatHtml.Read(text), path, _links, MaxLinks);
        }
        else
        {
            TextLinks.Collect(text, path, LinkKind.Attachment, _links, MaxLinks);
        }
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

    private string Unique(string path)
    {
        var count = _paths[path] = _paths.GetValueOrDefault(path) + 1;
        return count == 1 ? path : $"{path} ({count})";
    }
}
