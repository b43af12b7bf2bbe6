using System.Collections.Frozen;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Arguments of a command: by name, where any beginning of it will do, and by place.</summary>
internal sealed class PsArguments
{
    private static readonly FrozenSet<string> Switches = ((string[])
    [
        "usebasicparsing", "force", "recurse", "asplaintext", "nonewwindow", "wait", "passthru", "append", "assecurestring", "usedefaultcredentials", "noprofile", "confirm", "whatif", "verbose", "file", "directory", "hidden", "nologo", "noclobber", "asynchronous", "skipcertificatecheck", "raw", "notypeinformation", "unique", "descending", "autosize", "disablekeepalive", "update", "nonewline", "asjob", "system", "readonly", "nti",
    ]).ToFrozenSet(StringComparer.Ordinal);

    private readonly List<(string Name, object? Value)> _named = [];

    private PsArguments()
    {
    }

    public List<object?> Plain { get; } = [];

    public IReadOnlyList<(string Name, object? Value)> Named => _named;

    public static PsArguments Of(IReadOnlyList<PsNode> nodes, Func<PsNode, object?> value, BehaviourLog log)
    {
        object? evaluate(PsNode node) => value(node) is var made && PsValues.Weigh(made, log) ? made : PsUnknown.Value;
        var made = new PsArguments();
        for (var index = 0; index < nodes.Count; index++)
        {
            if (nodes[index] is PsParameter parameter)
            {
                if (parameter.Value is not null)
                    made._named.Add((parameter.Name, evaluate(parameter.Value)));
                else if (index + 1 < nodes.Count && nodes[index + 1] is not PsParameter && !Switches.Contains(parameter.Name))
                    made._named.Add((parameter.Name, evaluate(nodes[++index])));
                else
                    made._named.Add((parameter.Name, true));
                continue;
            }

            var given = evaluate(nodes[index]);
            // Splatting: @parameters.
            if (nodes[index] is PsVariable && given is PsObject { Kind: "hashtable" } table && table.Fields.Count > 0 && log.Budget.TakeSteps(table.Fields.Count))
                foreach (var (name, field) in table.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    made._named.Add((name.ToLowerInvariant(), field));
            else
                made.Plain.Add(given);
        }

        return made;
    }

    /// <summary>The value given under one of these names, or else at this place.</summary>
    public object? Get(int place, params IReadOnlyList<string> names)
    {
        foreach (var (name, value) in _named)
            foreach (var option in names)
                if (option.StartsWith(name, StringComparison.Ordinal) && name.Length > 0)
                    return value;
        return place >= 0 && place < Plain.Count ? Plain[place] : null;
    }

    public string Text(int place, params IReadOnlyList<string> names) => PsValues.Text(Get(place, names));

    public bool Has(params IReadOnlyList<string> names) => Get(-1, names) is not null;
}
