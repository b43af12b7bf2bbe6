using Platform.Engine.Attachments.Archives;
using Platform.Engine.Attachments.Calendar;
using Platform.Engine.Attachments.DiskImages;
using Platform.Engine.Attachments.Messages;
using Platform.Engine.Attachments.Odf;
using Platform.Engine.Attachments.OneNote;
using Platform.Engine.Attachments.Pages;
using Platform.Engine.Attachments.Pdf;
using Platform.Engine.Attachments.Programs;
using Platform.Engine.Attachments.Scripts;
using Platform.Engine.Attachments.Shortcuts;

namespace Platform.Engine.Attachments;

/// <summary>Every reader of a format, in the order in which they look at a file.</summary>
internal static class FileReaders
{
    public static IReadOnlyList<IFileReader> All { get; } =
    [
        new ArchiveReader(),
        new DiskImageReader(),
        new Ole.OleReader(),
        new Ooxml.OoxmlReader(),
        new Rtf.RtfReader(),
        new Ooxml.FlatDocumentReader(),
        new Office.ActiveMimeReader(),
        new ShellLinkReader(),
        new InternetShortcutReader(),
        new LibraryReader(),
        new RemoteDesktopReader(),
        new WebQueryReader(),
        new TextSheetReader(),
        new SetupTextReader(),
        new DeploymentReader(),
        new ScriptFileReader(),
        new PdfReader(),
        new OneNoteReader(),
        new CalendarReader(),
        new PageReader(),
        new MailFileReader(),
        new OutlookMessageReader(),
        new SignedDataReader(),
        new OdfReader(),
        new InstallerReader(),
        new ProgramReader(),
    ];
}
