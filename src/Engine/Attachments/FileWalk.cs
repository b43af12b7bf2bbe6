using Platform.Engine.Attachments.Passwords;
using Platform.Engine.Behaviour;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Text;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Attachments;

/// <summary>
/// Opens a file, then what is in it, and so on: members of archives, objects in documents, what scripts would build. Depth first,
/// so that a file stands before what it holds. Depth, entries, octets and time are bounded over the whole mail.
/// </summary>
internal sealed class FileWalk(ReadBudget budget, PasswordWords passwords)
{
    private const int MaxFiles = 5_000;
    private const int MaxLinkedDocuments = 50;
    private const int MaxLinks = 2_000;
    private const int MaxFacts = 2_000;
    private const int MaxTexts = 50;

    private readonly List<MailAttachment> _files = [];
    private readonly List<MailLink> _links = [];
    private readonly List<FileFact> _facts = [];
    private readonly List<FileText> _texts = [];
    private readonly List<FileText> _wholeTexts = [];
    private readonly List<ObservedBehaviour> _behaviours = [];
    private readonly Dictionary<string, int> _paths = new(StringComparer.Ordinal);
    private readonly BehaviourRunner _runner = new(Emulators.All);
    private int _linkedDocuments;

    public IReadOnlyList<MailAttachment> Files => _files;

    /// <summary>Links of HTML, SVG, shortcuts and documents among the files, and what their scripts would ask.</summary>
    public IReadOnlyList<MailLink> Links => _links;

    public IReadOnlyList<FileFact> Facts => _facts;

    public IReadOnlyList<FileText> Texts => _texts;

    /// <summary>All text of files, in depth order.</summary>
    public IReadOnlyList<FileText> WholeTexts => _wholeTexts;

    public IReadOnlyList<ObservedBehaviour> Behaviours => _behaviours;

    /// <summary>False when the mail has more files than are read; that is told.</summary>
    public bool HasRoom(string where)
    {
        if (_files.Count < MaxFiles)
            return budget.HasTime(where);
        budget.Cut("limit-attachments", where, $"more than {MaxFiles} files");
        return false;
    }

    /// <summary>Lists a file whose content is read elsewhere. Answers the path under which it stands, which no other file has.</summary>
    public string List(MailAttachment file)
    {
        var count = _paths[file.Path] = _paths.GetValueOrDefault(file.Path) + 1;
        var listed = count == 1 ? file : file with { Path = $"{file.Path} ({count})" };
        _files.Add(listed);
        return listed.Path;
    }

    /// <summary>Lists a file and opens it.</summary>
    /// <param name="charset">Declared character set of a text; null when unknown.</param>
    /// <param name="hasLinks">False for a body that is read as text elsewhere.</param>
    public void Open(MailAttachment file, string? charset, bool hasLinks)
    {
        var index = _files.Count;
        var path = List(file);
        file = _files[index];
        if (hasLinks)
            CollectLinks(file, charset);
        var contents = Read(file);
        Tell(path, contents?.WholeText is { Length: > 0 } whole ? whole : hasLinks ? Plain(file, charset) : "");
        if (contents is null)
        {
            if (hasLinks && UnreadKinds.Of(file) is { } kind && _facts.Count < MaxFacts)
                _facts.Add(new FileFact("file-kind-unread", file, "", kind));
            return;
        }

        if (contents.IsEncrypted)
            _files[index] = file with { Encrypted = true };
        _facts.AddRange(contents.Facts.Take(MaxFacts - _facts.Count));
        foreach (var (target, text) in contents.Links)
            AddLink(target, text, path);
        if (contents.ReadableText.Length > 0 && _texts.Count < MaxTexts)
            _texts.Add(new FileText(path, contents.ReadableText));
        // The password of what is packed beside may stand in a note.
        foreach (var member in contents.Members)
            passwords.LearnFrom(member.Content.Span);
        foreach (var member in contents.Members)
        {
            if (!HasRoom(path))
                return;
            OpenMember(file, path, member);
        }

        foreach (var script in contents.Scripts)
            Run(script, file, path);
    }

    /// <summary>Text that stands in a file which is read elsewhere.</summary>
    public void Tell(string path, string text)
    {
        if (text.Length == 0)
            return;
        if (_wholeTexts.Count < MaxFiles && budget.TakeWholeText(text.Length, path) is var granted and > 0)
            _wholeTexts.Add(new FileText(path, granted < text.Length ? text[..granted] : text));
    }

    private string Plain(MailAttachment file, string? charset)
    {
        var text = PlainFiles.TextOf(file, charset, out var isCut);
        if (isCut)
            budget.Cut(ScanGaps.Data, file.Path, "a text file longer than is read");
        return text;
    }

    private FileContents? Read(MailAttachment file)
    {
        FileContents? contents = null;
        if (file.Content.IsEmpty)
            return null;
        foreach (var reader in FileReaders.All)
        {
            if (!reader.Reads(file))
                continue;
            if (file.Depth >= budget.Limits.MaxArchiveDepth)
            {
                budget.Cut("limit-archive-depth", file.Path, $"files nested deeper than {budget.Limits.MaxArchiveDepth}");
                return contents;
            }

            contents ??= new FileContents(file, budget, passwords);
            try
            {
                reader.Read(file, contents);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                // Decoders of libraries throw many kinds of exception on damaged input; what was read before stays.
                budget.Note("damaged-file", file.Path, exception.GetType().Name);
            }
        }

        return contents;
    }

    private void OpenMember(MailAttachment holder, string path, FileMember member)
    {
        var name = member.Name[(member.Name.LastIndexOf('/') + 1)..];
        var type = FileTypes.Detect(member.Content.Span, member.Name, budget.TakeText(member.Content.Length));
        Open(new MailAttachment($"{path}/{member.Name}", name, "", type, member.Content, holder.Depth + 1, member.Encrypted), charset: null, hasLinks: true);
    }

    private void Run(ScriptSource script, MailAttachment file, string path)
    {
        if (!budget.HasTime(path))
            return;
        var report = _runner.Run(script, path);
        _behaviours.AddRange(report.Behaviours);
        foreach (var address in report.Addresses)
            AddLink(address, "", path);
        if (report.Cut)
            budget.Cut("limit-emulation", path, "a script was not run to its end");
        foreach (var payload in report.Payloads)
        {
            if (!HasRoom(path) || !budget.TakeEntry(path))
                return;
            var content = payload.Content[..budget.TakeUnpacked(payload.Content.Length, path)];
            var name = payload.Name.Replace('\\', '/').TrimStart('/');
            OpenMember(file, path, new FileMember(name.Length == 0 ? "unnamed" : name.Length > 500 ? name[^500..] : name, content, Encrypted: false));
        }
    }

    private void AddLink(string target, string text, string path)
    {
        if (_links.Count < MaxLinks)
            _links.Add(LinkTarget.Make(LinkKind.Attachment, target, null, text, path));
    }

    private void CollectLinks(MailAttachment file, string? charset)
    {
        if (file.Type.Id is not ("html" or "svg" or "hta") || _linkedDocuments++ >= MaxLinkedDocuments)
            return;
        var text = Charsets.Decode(file.Content.Span[..Math.Min(file.Content.Length, HtmlShape.MaxLength)], charset);
        if (HtmlTree.Parse(text, budget, out _) is { } document)
            HtmlLinks.Collect(document, file.Path, attachment: true, _links, MaxLinks);
        else
            HtmlLinks.CollectFlat(FlatHtml.Read(text), file.Path, _links, MaxLinks);
    }
}
