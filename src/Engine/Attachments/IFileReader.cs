using Platform.Engine.Mail;

namespace Platform.Engine.Attachments;

/// <summary>Opens files of one format. Puts what it finds into <see cref="FileContents"/>; what is broken becomes a note, never an exception.</summary>
internal interface IFileReader
{
    /// <summary>By the type of the content; by the name only where the content leaves it open.</summary>
    bool Reads(MailAttachment file);

    void Read(MailAttachment file, FileContents contents);
}
