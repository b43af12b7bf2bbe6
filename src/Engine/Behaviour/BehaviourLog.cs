using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour;

/// <param name="Name">File name under which the script hands it over or writes it; may be a whole path.</param>
internal sealed record Payload(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What one run of an emulator saw. Bounded: what is beyond its bounds is counted as cut, never kept.</summary>
internal sealed class BehaviourLog(EmulationBudget budget)
{
    private const int MaxBehaviours = 200;
    private const int MaxValue = 512;
    private const int MaxLayers = 100;

    private readonly List<(BehaviourKind Kind, string Technique, string Value)> _behaviours = [];
    private readonly List<Payload> _payloads = [];
    private readonly List<ScriptSource> _layers = [];
    private readonly List<string> _addresses = [];
    private readonly HashSet<(BehaviourKind, string)> _seen = [];

    /// <summary>Steps and octets that this and all further runs may still take.</summary>
    public EmulationBudget Budget => budget;

    public IReadOnlyList<(BehaviourKind Kind, string Technique, string Value)> Behaviours => _behaviours;

    public IReadOnlyList<Payload> Payloads => _payloads;

    /// <summary>Nothing was done, written or made to be run.</summary>
    public bool IsSilent => _behaviours.Count + _payloads.Count + _layers.Count == 0;

    /// <summary>Code that the script made or called for: run next, one layer deeper.</summary>
    public IReadOnlyList<ScriptSource> Layers => _layers;

    /// <summary>Addresses (URLs) that it would ask.</summary>
    public IReadOnlyList<string> Addresses => _addresses;

    /// <param name="technique">ATT&amp;CK id.</param>
    public void Did(BehaviourKind kind, string technique, string value)
    {
        var cut = value.Length > MaxValue ? value[..MaxValue] : value;
        if (_behaviours.Count < MaxBehaviours && _seen.Add((kind, cut)))
            _behaviours.Add((kind, technique, cut));
    }

    /// <summary>A file that the script built: goes through the scan like an attachment.</summary>
    public void Wrote(string name, ReadOnlyMemory<byte> content)
    {
        if (budget.TakeOutput(content.Length))
            _payloads.Add(new Payload(name, content));
    }

    public void Layer(ScriptSource script)
    {
        if (_layers.Count < MaxLayers && budget.TakeOutput(script.Source.Length))
            _layers.Add(script);
    }

    /// <summary>A command line given to the system: a behaviour, a light one where it only opens a known program, and a script of its own.</summary>
    public void Ran(string commandLine, string technique = "T1059")
    {
        Did(StartedProgram.KindOf(commandLine), technique, commandLine);
        Layer(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, commandLine, "command line"));
    }

    public void Asked(string address)
    {
        if (_addresses.Count < MaxBehaviours && address.Length <= 4_096)
            _addresses.Add(address);
    }
}
