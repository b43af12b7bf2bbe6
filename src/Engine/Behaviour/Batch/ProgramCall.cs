using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <param name="Name">Program without folders and ending, lower-case.</param>
/// <param name="Program">As it was written.</param>
/// <param name="Arguments">All that follows it, as one string.</param>
/// <param name="Output">File that takes what it prints; null for the console.</param>
internal sealed record ProgramCall(WindowsMachine Machine, string Name, string Program, string Arguments, string? Output)
{
    public BehaviourLog Log => Machine.Log;

    public string Line => Arguments.Length == 0 ? Program : $"{Program} {Arguments.Trim()}";

    public List<string> Words => field ??= CommandLine.Arguments(Arguments);

    /// <summary>The word after this option, or what is joined to it; null when it is not given.</summary>
    public string? After(params IEnumerable<string> options)
    {
        foreach (var option in options)
            for (var index = 0; index < Words.Count; index++)
            {
                if (Words[index].Equals(option, StringComparison.OrdinalIgnoreCase))
                    return index + 1 < Words.Count ? Words[index + 1] : null;
                if (option[^1] == ':' && Words[index].StartsWith(option, StringComparison.OrdinalIgnoreCase))
                    return Words[index][option.Length..];
            }

        return null;
    }

    public bool Has(params IEnumerable<string> options) => options.Any(option => Words.Any(word => word.Equals(option, StringComparison.OrdinalIgnoreCase)));

    public string? Address => Words.Find(WindowsPaths.IsAddress)?.Trim('\'', '"', '<', '>');
}
