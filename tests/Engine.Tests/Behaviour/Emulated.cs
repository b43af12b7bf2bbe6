using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour;

/// <summary>Runs a source through all emulators, layer by layer.</summary>
internal static class Emulated
{
    public static BehaviourReport Run(ScriptLanguage language, string source, string where = "script", string? page = null) =>
        new BehaviourRunner(Emulators.All).Run(new ScriptSource(language, language is ScriptLanguage.Vba or ScriptLanguage.ExcelMacro ? ScriptHost.Office : language is ScriptLanguage.VbScript ? ScriptHost.WindowsScript : ScriptHost.Shell, source, where) { Page = page, FileName = where }, "file");

    /// <summary>What was seen, as <c>Kind Technique Value</c>.</summary>
    public static List<string> Lines(this BehaviourReport report) => [.. report.Behaviours.Select(seen => $"{seen.Kind} {seen.Technique} {seen.Value}")];

    public static bool Has(this BehaviourReport report, BehaviourKind kind, string technique) => report.Behaviours.Any(seen => seen.Kind == kind && seen.Technique == technique);

    public static string Told(this BehaviourReport report) => string.Join('\n', report.Lines());
}
