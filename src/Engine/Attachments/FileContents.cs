using System.Text;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Attachments;

/// <summary>What one file holds, as its reader tells it. The caller goes on with the members, scripts and links.</summary>
internal sealed class FileContents(MailAttachment file, ReadBudget budget, IReadOnlyList<string> passwords)
{
    private const int MaxFacts = 200;
    private const int MaxValue = 512;
    private const int MaxText = 64 * 1024;
    private const int MaxWholeText = 2_000_000;
    private const int MaxScripts = 40;
    private const int MaxLinks = 500;
    private const int MaxName = 500;
    private const int MaxMembers = 20_000;

    private readonly StringBuilder _whole = new();
    private readonly List<FileMember> _members = [];
    private readonly List<FileFact> _facts = [];
    private readonly List<ScriptSource> _scripts = [];
    private readonly List<(string Target, string Text)> _links = [];

    public ReadBudget Budget => budget;

    /// <summary>Words that the mail names as passwords, and those that attackers always use; likeliest first.</summary>
    public IReadOnlyList<string> Passwords => passwords;

    public IReadOnlyList<FileMember> Members => _members;

    public IReadOnlyList<FileFact> Facts => _facts;

    public IReadOnlyList<ScriptSource> Scripts => _scripts;

    public IReadOnlyList<(string Target, string Text)> Links => _links;

    public string ReadableText { get; private set; } = "";

    /// <summary>All text of the file, cells of tables parted by tabs and rows by line ends; at most 2,000,000 characters.</summary>
    public string WholeText => _whole.ToString();

    /// <summary>The file could not be read for want of a password.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>A file inside of this one; its octets were taken from <see cref="Budget"/> by the reader.</summary>
    /// <returns>False when no more are taken.</returns>
    public bool Member(string name, ReadOnlyMemory<byte> content, bool encrypted = false)
    {
        if (_members.Count >= MaxMembers)
            return false;
        var cut = name.Length == 0 ? "unnamed" : name.Length > MaxName ? name[^MaxName..] : name;
        _members.Add(new FileMember(cut, content, encrypted));
        return true;
    }

    /// <summary>As <see cref="FileFact"/>; an id, place and value are kept once.</summary>
    public void Fact(string id, string where, string value)
    {
        var fact = new FileFact(id, file, Cut(where, 200), Cut(value, MaxValue));
        if (_facts.Count < MaxFacts && !_facts.Contains(fact))
            _facts.Add(fact);
    }

    public void Script(ScriptSource script)
    {
        if (_scripts.Count < MaxScripts)
            _scripts.Add(script with { FileName = script.FileName.Length > 0 ? script.FileName : file.FileName });
        else
            budget.Cut("limit-scripts", file.Path, $"more than {MaxScripts} scripts");
    }

    /// <param name="text">What a person reads on it; empty when nothing.</param>
    public void Link(string target, string text = "")
    {
        if (_links.Count < MaxLinks)
            _links.Add((target, text));
    }

    /// <summary>Text that a person reads on opening the file; further calls append.</summary>
    public void Text(string text)
    {
        Words(text);
        Table(text);
    }

    /// <summary>Text for <see cref="WholeText"/> alone: cells parted by tabs, rows by line ends.</summary>
    public void Table(string text)
    {
        if (text.Length == 0)
            return;
        var left = Math.Max(0, MaxWholeText - _whole.Length);
        // Readers leave off at as much themselves.
        if (text.Length == left || left == 0)
            MarkTextCut();
        else if (text.Length > left)
            budget.Cut("limit-text", file.Path, $"more than {MaxWholeText} characters");
        if (left > 0 && _whole.Length > 0)
            _whole.Append('\n');
        _whole.Append(text, 0, Math.Min(text.Length, left));
    }

    /// <summary>There is more text in the file than its reader takes. Long files are no sign of an attack.</summary>
    public void MarkTextCut() => budget.Cut(ScanGaps.Data, file.Path, "more text than is read of such a file");

    /// <summary>Text for <see cref="ReadableText"/> alone, where words count and their places do not.</summary>
    public void Words(string text)
    {
        var left = MaxText - ReadableText.Length;
        if (left > 0 && text.Length > 0)
            ReadableText = ReadableText.Length == 0 ? Cut(text, left) : $"{ReadableText}\n{Cut(text, left)}";
    }

    public void MarkEncrypted() => IsEncrypted = true;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <param name="Name">Name inside of the file, folders before slashes.</param>
internal sealed record FileMember(string Name, ReadOnlyMemory<byte> Content, bool Encrypted);
