using System.Runtime.InteropServices;
using Platform.Engine.Attachments.Archives.Streams;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Archives;

/// <summary>One archive while it is read: its members go out through here, by the bounds of the mail.</summary>
internal sealed class Unpacking(MailAttachment file, FileContents contents)
{
    /// <summary>Most members whose names are read.</summary>
    public const int MostNames = 20_000;

    public MailAttachment File => file;

    public ReadOnlyMemory<byte> Content => file.Content;

    public ReadBudget Budget => contents.Budget;

    /// <summary>Words that may open it, likeliest first.</summary>
    public IReadOnlyList<string> Passwords => contents.Passwords;

    /// <summary>Past a bound the names are still read, so that a program cannot hide behind filler.</summary>
    public bool NamesOnly { get; private set; }

    public void Note(string id, string detail) => Budget.Note(id, file.Path, detail);

    public void Fact(string id, string where, string value) => contents.Fact(id, where, value);

    /// <summary>A member or archive that is not read for want of a reader: told by name.</summary>
    public void Unread(string where, string why) => contents.Fact("file-unread", where, why);

    public void MarkEncrypted() => contents.MarkEncrypted();

    /// <summary>The mail itself, or the list of passwords that attackers always use, opened it.</summary>
    public void OpenedBy(string password)
    {
        if (password.Length > 0)
            contents.Fact("archive-password", file.Type.Id, password);
    }

    public UnpackBuffer Buffer(long packed, int cost = 1, long most = long.MaxValue) => new(Budget, file.Path, packed, most, cost);

    /// <summary>Whether the next member may be unpacked; else only its name counts.</summary>
    public bool TakeEntry()
    {
        if (!NamesOnly && !(Budget.HasTime(file.Path) && Budget.TakeEntry(file.Path)))
            NamesOnly = true;
        return !NamesOnly;
    }

    /// <returns>False when no more members are taken.</returns>
    public bool Member(string name, ReadOnlyMemory<byte> content, bool encrypted = false)
    {
        name = Clean(name);
        return NamesOnly && content.IsEmpty && !FileKinds.IsExecutableName(FileKinds.ExtensionOf(name)) || contents.Member(name, content, encrypted);
    }

    /// <summary>Runs a decoder of a library. They throw many kinds of exception on damaged input; what came out before stays.</summary>
    public bool Try(Action decode)
    {
        try
        {
            decode();
            return true;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            Note("damaged-archive", exception.GetType().Name);
            return false;
        }
    }

    public static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    private static string Clean(string name)
    {
        const int longest = 500;
        name = string.Concat(name.Replace('\\', '/').Where(character => !char.IsControl(character))).TrimStart('/');
        if (name.Length > longest)
            name = name[^longest..];
        return name.Length == 0 ? "unnamed" : name;
    }
}
