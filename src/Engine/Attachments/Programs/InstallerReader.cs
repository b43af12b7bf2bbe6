using System.Globalization;
using System.Text;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Programs;

/// <summary>
/// Windows Installer packages (.msi): a database in a compound file. Names of its streams are packed, two letters of sixty-four in
/// one character from U+3800 on (one from U+4800 on); rows of the table Binary lie in streams of their own, and so do cabinets.
/// </summary>
internal sealed class InstallerReader : IFileReader
{
    private const int MaxMembers = 60;
    private const int MostOfMember = 16 * 1024 * 1024;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";

    public bool Reads(MailAttachment file) => file.Type.Id == "msi";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (CompoundFile.Open(file.Content) is not { } compound)
            return;
        var members = 0;
        foreach (var entry in compound.Entries)
        {
            if (entry.Kind != CompoundEntryKind.Stream || members >= MaxMembers)
                continue;
            var name = Unpacked(entry.Name);
            var isBinary = name.StartsWith("Binary.", StringComparison.Ordinal);
            if (!isBinary && !name.EndsWith(".cab", StringComparison.OrdinalIgnoreCase) || !contents.Budget.TakeEntry(file.Path))
                continue;
            members++;
            var content = compound.Read(entry, MostOfMember);
            content = content[..contents.Budget.TakeDecoded(content.Length, file.Path)];
            var type = FileTypes.Detect(content.Span);
            if (type.Id is "bmp" or "ico" or "jpeg" or "png" or "text")
                continue;
            contents.Fact("installer-binary", name, type.Id);
            var named = isBinary ? name["Binary.".Length..] : name;
            contents.Member(FileTypes.Extension(named).Length > 0 || type.Extensions.Count == 0 ? named : $"{named}.{type.Extensions[0]}", content);
        }

        contents.Fact("program-details", "installer", string.Create(CultureInfo.InvariantCulture, $"{members} files and libraries"));
    }

    private static string Unpacked(string name)
    {
        var output = new StringBuilder(name.Length * 2);
        foreach (var character in name)
            if (character is >= '\u3800' and < '\u4800')
                output.Append(Letters[(character - 0x3800) & 0x3F]).Append(Letters[((character - 0x3800) >> 6) & 0x3F]);
            else if (character is >= '\u4800' and < '\u4840')
                output.Append(Letters[character - 0x4800]);
            else if (character != '\u4840')
                output.Append(character);
        return output.ToString();
    }
}
