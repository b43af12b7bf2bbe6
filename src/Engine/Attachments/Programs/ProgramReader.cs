using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Programs;

/// <summary>Programs by their headers, so that a reason can say what the program calls itself: Windows, Java (manifest), Android (permissions).</summary>
internal sealed class ProgramReader : IFileReader
{
    private const int MaxScanned = 4 * 1024 * 1024;

    public bool Reads(MailAttachment file) => file.Type.Id is "exe" or "dll" || file.FileName is "MANIFEST.MF" or "AndroidManifest.xml";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (file.FileName == "MANIFEST.MF")
            ReadManifest(Encoding.UTF8.GetString(file.Content.Span[..Math.Min(file.Content.Length, 16_384)]), contents);
        else if (file.FileName == "AndroidManifest.xml")
            ReadPermissions(file.Content.Span[..Math.Min(file.Content.Length, MaxScanned)], contents);
        else if (PeFile.Read(file.Content.Span) is { } program)
            contents.Fact("program-details", "headers", program.ToString());
    }

    private static void ReadManifest(string text, FileContents contents)
    {
        foreach (var line in Shortcuts.SmallText.Lines(text).Take(200))
            if (line.StartsWith("Main-Class:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Premain-Class:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Permissions: all", StringComparison.OrdinalIgnoreCase))
                contents.Fact("program-details", "manifest", line);
    }

    // Binary XML keeps its words in one table, in UTF-16 or UTF-8.
    private static void ReadPermissions(ReadOnlySpan<byte> xml, FileContents contents)
    {
        foreach (var (mark, step) in (ReadOnlySpan<(byte[], int)>)[(Encoding.Unicode.GetBytes("android.permission."), 2), (Encoding.ASCII.GetBytes("android.permission."), 1)])
            for (int at = 0, count = 0; count < 60 && xml[at..].IndexOf(mark) is var hit and >= 0; count++)
            {
                at += hit + mark.Length;
                var name = new StringBuilder();
                for (var letter = at; letter < xml.Length && name.Length < 60 && (char.IsAsciiLetterUpper((char)xml[letter]) || xml[letter] == '_'); letter += step)
                    name.Append((char)xml[letter]);
                contents.Fact("program-details", "permission", name.ToString());
            }
    }
}
