using Platform.Engine.Behaviour;
using Platform.Engine.Behaviour.JavaScript;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

/// <summary>Runs one script or page and tells what was seen.</summary>
internal static class Emulated
{
    public static BehaviourLog Page(string html, string name = "report.html") =>
        Run(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, "", "script") { Page = html, FileName = name });

    public static BehaviourLog Script(string code, ScriptHost host = ScriptHost.WindowsScript) =>
        Run(new ScriptSource(ScriptLanguage.JavaScript, host, code, "script") { FileName = "invoice.js" });

    public static BehaviourLog PageScript(string code) => Page($"<html><body><div id=\"d\"></div><script>{code}</script></body></html>");

    public static BehaviourLog Run(ScriptSource script, EmulationBudget? budget = null)
    {
        var log = new BehaviourLog(budget ?? new EmulationBudget());
        new JavaScriptEmulator().Run(script, log);
        return log;
    }

    /// <summary>A program started counts as executed, whether it is one that is known to the system or not.</summary>
    public static bool Did(this BehaviourLog log, BehaviourKind kind) =>
        log.Behaviours.Any(seen => seen.Kind == kind || kind == BehaviourKind.Execute && seen.Kind == BehaviourKind.Start);

    public static string Told(this BehaviourLog log) =>
        $"{string.Join("; ", log.Behaviours.Select(seen => $"{seen.Kind} {seen.Value}"))} | {string.Join("; ", log.Payloads.Select(payload => payload.Name))} | {string.Join("; ", log.Addresses)} | cut {log.Budget.Exhausted}";
}
