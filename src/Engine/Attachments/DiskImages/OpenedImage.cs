using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>One image while it is read: its files go out through here, by the bounds of the mail.</summary>
internal sealed class OpenedImage(MailAttachment file, FileContents contents)
{
    private const int MostNames = 20_000;
    private readonly HashSet<(string, int)> _seen = [];
    private int _names;
    private bool _namesOnly;

    public int Found => _names;

    public void Damaged(string detail) => contents.Budget.Note("damaged-image", file.Path, detail);

    public void Unread(string where, string why) => contents.Fact("file-unread", where, why);

    /// <summary>How much of a file may be taken: an image may list the same octets many times.</summary>
    public int Grant(long wanted) => (int)Math.Min(wanted, contents.Budget.TakeUnpacked((int)Math.Min(wanted, int.MaxValue), file.Path));

    /// <param name="name">With its folders before slashes.</param>
    /// <param name="read">Reads the content; not called past the bounds, where only names of programs count.</param>
    /// <returns>False when no more files are taken.</returns>
    public bool File(string name, long length, Func<ReadOnlyMemory<byte>> read)
    {
        name = Clean(name);
        if (_names >= MostNames || !contents.Budget.HasTime(file.Path))
            return false;
        // Several trees of one disc name the same files.
        if (!_seen.Add((name.ToUpperInvariant(), (int)Math.Min(length, int.MaxValue))))
            return true;
        _names++;
        _namesOnly = _namesOnly || !contents.Budget.TakeEntry(file.Path);
        if (_namesOnly)
            return !FileKinds.IsExecutableName(FileKinds.ExtensionOf(name)) || contents.Member(name, ReadOnlyMemory<byte>.Empty);
        return contents.Member(name, read());
    }

    private static string Clean(string name)
    {
        const int longest = 500;
        name = string.Concat(name.Where(character => !char.IsControl(character))).TrimStart('/');
        return name.Length > longest ? name[^longest..] : name.Length == 0 ? "unnamed" : name;
    }
}
