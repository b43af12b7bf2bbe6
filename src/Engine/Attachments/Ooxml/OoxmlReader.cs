using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>Office documents in zip packages.</summary>
internal sealed class OoxmlReader : IFileReader
{
    public bool Reads(MailAttachment file) => file.Type.Id.StartsWith("ooxml", StringComparison.Ordinal);

    public void Read(MailAttachment file, FileContents contents)
    {
        if (OoxmlPackage.Open(file, contents) is not { } package)
            return;
        using (package)
        {
            var values = new DocumentValues();
            foreach (var part in package.Parts)
                if (part.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
                    ReadMacros(package.Read(part), contents, values);
        }
    }

    private static void ReadMacros(byte[] project, FileContents contents, DocumentValues values)
    {
        if (CompoundFile.Open(project) is not { } compound || !VbaSurvey.Tell(compound, contents, values))
            contents.Fact("vba-project", "vbaProject.bin", "unreadable");
    }
}
