using System.Globalization;
using System.Text;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Attachments.Messages;

/// <summary>
/// Messages as Outlook saves them (.msg, [MS-OXMSG]): a compound file in which every property is a stream, named by its tag and type
/// (<c>__substg1.0_1000001F</c> is the body in UTF-16), and every attachment a storage; an attached message is a storage in that.
/// </summary>
internal sealed class OutlookMessageReader : IFileReader
{
    private const int MaxMembers = 200;
    private const int MostOfText = 512 * 1024;
    private const int MostOfMember = 32 * 1024 * 1024;

    public bool Reads(MailAttachment file) => file.Type.Id == "msg" || FileTypes.Extension(file.FileName) == "msg" && file.Type.Id == "ole";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (CompoundFile.Open(file.Content) is not { } compound)
            return;
        var members = 0;
        foreach (var entry in compound.Entries)
        {
            if (entry.Kind != CompoundEntryKind.Stream)
                continue;
            switch (entry.Name)
            {
                case "__substg1.0_37010102" when members < MaxMembers && contents.Budget.TakeEntry(file.Path):
                    members++;
                    var content = compound.Read(entry, MostOfMember);
                    contents.Member(NameOf(compound, entry, members), content[..contents.Budget.TakeDecoded(content.Length, file.Path)]);
                    break;
                case "__substg1.0_0037001F" or "__substg1.0_0037001E" or "__substg1.0_1000001F" or "__substg1.0_1000001E":
                    var text = Text(compound, entry);
                    contents.Text(text);
                    foreach (var address in AddressText.In(text))
                        contents.Link(address);
                    break;
                case "__substg1.0_10130102":
                    var flat = FlatHtml.Read(Charsets.Decode(compound.Read(entry, MostOfText).Span, null));
                    contents.Text(flat.Text);
                    foreach (var (_, target) in flat.Links)
                        contents.Link(target);
                    break;
            }
        }
    }

    private static string NameOf(CompoundFile compound, CompoundEntry data, int number)
    {
        foreach (var property in (ReadOnlySpan<string>)["3707001F", "3707001E", "3704001F", "3704001E"])
            if (compound.Find(data.Beside($"__substg1.0_{property}")) is { } entry && Text(compound, entry) is { Length: > 0 } name)
                return name.Replace('\\', '/');
        return string.Create(CultureInfo.InvariantCulture, $"attachment-{number}");
    }

    private static string Text(CompoundFile compound, CompoundEntry entry)
    {
        var octets = compound.Read(entry, MostOfText).Span;
        return (entry.Name.EndsWith("1F", StringComparison.Ordinal) ? Encoding.Unicode.GetString(octets) : Charsets.Guess(octets)).TrimEnd('\0');
    }
}
