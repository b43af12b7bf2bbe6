using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Archives;
using Platform.Engine.Attachments.DiskImages;
using Platform.Engine.Attachments.Passwords;
using Platform.Engine.Mail;
using Platform.Fuzz.Targets.Mail;

namespace Platform.Fuzz.Targets.Containers;

/// <summary>One reader of archives or images, with bounds so tight that small input meets them. Throws when it breaks a promise.</summary>
internal static class ContainerTarget
{
    public static void Archive(string type, ReadOnlySpan<byte> input) => Run(new ArchiveReader(), type, input);

    /// <param name="input">As <see cref="SparseDisk"/> keeps it.</param>
    public static void Image(string type, ReadOnlySpan<byte> input) => Run(new DiskImageReader(), type, SparseDisk.Expand(input));

    /// <summary>Everything that a reader of files may find, as the walk does it.</summary>
    public static void Walk(ReadOnlySpan<byte> input)
    {
        var content = input.ToArray();
        var walk = new FileWalk(Budget(content.Length), new PasswordWords());
        walk.Open(new MailAttachment("f", "f", "", FileTypes.Detect(content, "f"), content, 0, Encrypted: false), charset: null, hasLinks: true);
        Hold(walk.Files.Count <= MailReaderTarget.Tight.MaxArchiveEntries + 100, "files are bounded");
        Hold(walk.Files.All(file => file.Depth <= MailReaderTarget.Tight.MaxArchiveDepth), "files are not deeper than allowed");
    }

    private static void Run(IFileReader reader, string type, ReadOnlySpan<byte> input)
    {
        var content = input.ToArray();
        var file = new MailAttachment("f", "f", "", FileTypes.Get(type), content, 0, Encrypted: false);
        var contents = new FileContents(file, Budget(content.Length), new PasswordWords());
        reader.Read(file, contents);
        Hold(contents.Members.Sum(member => (long)member.Content.Length) <= MailReaderTarget.Tight.MaxDecodedBytes + (4L * content.Length), "octets are bounded");
        Hold(contents.Members.Count(member => !member.Content.IsEmpty) <= MailReaderTarget.Tight.MaxArchiveEntries, "members are bounded");
        Hold(contents.Members.All(member => member.Name.Length is > 0 and <= 500), "names are bounded");
    }

    private static ReadBudget Budget(int length) => new(MailReaderTarget.Tight, TimeProvider.System, length, CancellationToken.None);

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
