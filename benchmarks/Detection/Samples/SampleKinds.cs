using Platform.Benchmarks.Detection.Samples.Containers;
using Platform.Benchmarks.Detection.Samples.Documents;

namespace Platform.Benchmarks.Detection.Samples;

/// <summary>Every kind of sample.</summary>
internal static class SampleKinds
{
    public static IReadOnlyList<ISampleKind> All { get; } =
    [
        new BareScripts(),
        new Office.MacroDocuments(),
        new ShellLinks(),
        new TextShortcuts(),
        new TextSheets(),
        new HeldScripts(),
        new Office.OpenXmlDocuments(),
        new Office.RichText(),
        new Office.MacroSheetBooks(),
        new PdfDocuments(),
        new Notebooks(),
        new Invitations(),
        new Documents.Pages(),
        new NestedMails(),
        new Scripts.PowerShellScripts(),
        new Scripts.BatchScripts(),
        new Scripts.VisualBasicScripts(),
        new Scripts.MacroAims(),
        new PackedPrograms(),
        new EncryptedArchives(),
        new ImagesWithFiles(),
        new TrickyZips(),
        new Links.LinkTricks(),
        new Links.QrMails(),
        new ProgramFiles(),
        new Pages.SmugglingPages(),
        new Pages.ScriptedPhishing(),
        new Pages.HostScripts(),
        new Pages.GatedSmuggling(),
        new Pages.PasteCommands(),
        new Pages.BarePages(),
        new Links.DecoyForms(),
        new Office.HeldObjects(),
    ];
}
