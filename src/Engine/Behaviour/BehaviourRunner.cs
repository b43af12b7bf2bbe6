namespace Platform.Engine.Behaviour;

/// <param name="Cut">Not all was run: a bound of the emulation was met.</param>
internal sealed record BehaviourReport(IReadOnlyList<ObservedBehaviour> Behaviours, IReadOnlyList<Payload> Payloads, IReadOnlyList<string> Addresses, bool Cut);

/// <summary>Runs a script and, layer by layer, the code that it makes: a macro that starts PowerShell that decodes PowerShell.</summary>
internal sealed class BehaviourRunner(IReadOnlyList<IEmulator> emulators)
{
    private const int MaxLayers = 12;
    private const int MaxScripts = 60;

    private readonly EmulationBudget _budget = new();
    private readonly HashSet<(ScriptLanguage, string)> _done = [];
    private int _scriptsLeft = MaxScripts;

    public BehaviourReport Run(ScriptSource script, string filePath)
    {
        List<ObservedBehaviour> behaviours = [];
        List<Payload> payloads = [];
        List<string> addresses = [];
        var cut = false;
        var pending = new Queue<(ScriptSource Script, string Where, int Depth)>();
        pending.Enqueue((script, script.Where, 0));
        while (pending.TryDequeue(out var next))
        {
            if (!_done.Add((next.Script.Language, next.Script.Source)))
                continue;
            if (next.Depth > MaxLayers || _scriptsLeft-- <= 0)
            {
                cut = true;
                continue;
            }

            var log = new BehaviourLog(_budget);
            foreach (var emulator in emulators)
                if (emulator.Runs(next.Script.Language))
                    Run(emulator, next.Script, log);
            behaviours.AddRange(log.Behaviours.Select(seen => new ObservedBehaviour(seen.Kind, seen.Technique, filePath, next.Where, seen.Value)));
            payloads.AddRange(log.Payloads);
            addresses.AddRange(log.Addresses);
            foreach (var layer in log.Layers)
                pending.Enqueue((layer, $"{next.Where} > {layer.Where}", next.Depth + 1));
        }

        return new BehaviourReport(behaviours, payloads, addresses, cut || _budget.Exhausted);
    }

    // Nothing is known to be thrown; a fault of an emulator must not cost the mail its verdict, and what was seen stays seen.
    private static void Run(IEmulator emulator, ScriptSource script, BehaviourLog log)
    {
        try
        {
            emulator.Run(script, log);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            log.Budget.MarkCut();
        }
    }
}
