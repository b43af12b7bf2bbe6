using System.Text;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Ole;

/// <summary>Office documents in compound files: macros, what is embedded, linked or encrypted, and the text.</summary>
internal sealed class OleReader : IFileReader
{
    private static readonly byte[] ProjectName = Encoding.Unicode.GetBytes("_VBA_PROJECT");

    public bool Reads(MailAttachment file) => file.Type.Id is "ole" or "ole-word" or "ole-excel" or "ole-powerpoint" or "ole-encrypted";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (CompoundFile.Open(file.Content) is not { } compound)
            return;
        var values = new DocumentValues();
        PropertySet.Collect(compound, values);
        if (!VbaSurvey.Tell(compound, contents, values) && file.Content.Span.IndexOf(ProjectName) >= 0)
            contents.Fact("vba-project", "", "unreadable");
    }
}
