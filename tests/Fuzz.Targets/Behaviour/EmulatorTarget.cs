using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Fuzz.Targets.Behaviour;

/// <summary>A script of a stranger, run in the made-up world. Throws when a promise is broken.</summary>
internal static class EmulatorTarget
{
    private const long Steps = 30_000;

    public static FuzzAction For(ScriptLanguage language, ScriptHost host) => input =>
    {
        var source = Encoding.UTF8.GetString(input);
        var first = Run(language, host, source);
        if (!first.SequenceEqual(Run(language, host, source), StringComparer.Ordinal))
            throw new InvalidOperationException("Broken promise: the same source gives the same log.");
    };

    private static List<string> Run(ScriptLanguage language, ScriptHost host, string source)
    {
        var budget = new EmulationBudget();
        // Most inputs that loop do so until the budget ends: a small one is met as surely, and leaves time for more inputs.
        budget.TakeSteps(budget.StepsLeft - Steps);
        var log = new BehaviourLog(budget);
        foreach (var emulator in Emulators.All)
            if (emulator.Runs(language))
                emulator.Run(new ScriptSource(language, host, source, "script"), log);
        return [.. log.Behaviours.Select(seen => $"{seen.Kind} {seen.Technique} {seen.Value}"), .. log.Payloads.Select(file => $"{file.Name} {file.Content.Length}"), .. log.Layers.Select(layer => layer.Source), .. log.Addresses];
    }
}
