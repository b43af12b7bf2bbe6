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
        new Office.HeldObjects(),
    ];
}
