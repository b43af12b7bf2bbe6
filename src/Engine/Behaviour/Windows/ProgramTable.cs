using System.Collections.Frozen;
using Platform.Engine.Links;

namespace Platform.Engine.Behaviour.Windows;

/// <param name="Words">All must be there; each is one of several.</param>
internal sealed record ProgramUse(BehaviourKind Kind, string Technique, IReadOnlyList<IReadOnlyList<string>> Words);

/// <summary>
/// Programs of Windows that scripts call, and what a call with certain words is. Much harm is done by programs that the system
/// brings along ("living off the land"); ATT&amp;CK T1218 names most of them. Data in <c>programs.txt</c>.
/// </summary>
internal static class ProgramTable
{
    private static readonly FrozenDictionary<string, IReadOnlyList<ProgramUse>> Uses = Load();
    private static readonly string[] Protection = [.. EmbeddedText.Lines("Behaviour/protection.txt")];

    /// <summary>True for programs that the table names: they do harm only by what they are called with.</summary>
    public static bool Knows(string baseName) => Uses.ContainsKey(baseName);

    /// <summary>What this call does besides starting a program.</summary>
    public static IEnumerable<ProgramUse> Find(string baseName, string arguments)
    {
        if (!Uses.TryGetValue(baseName, out var uses))
            yield break;
        var text = $" {arguments.ToLowerInvariant().Replace("\"", "", StringComparison.Ordinal)} ";
        foreach (var use in uses)
            if (use.Words.All(word => word.Any(choice => choice[0] == '!' ? !text.Contains(choice[1..], StringComparison.Ordinal) : text.Contains(choice, StringComparison.Ordinal))))
                yield return use;
    }

    /// <summary>Names a process or service of antivirus software and the like.</summary>
    public static bool IsProtection(string text)
    {
        var lower = text.ToLowerInvariant();
        return Protection.Any(name => lower.Contains(name, StringComparison.Ordinal));
    }

    private static FrozenDictionary<string, IReadOnlyList<ProgramUse>> Load()
    {
        Dictionary<string, List<ProgramUse>> uses = [];
        foreach (var line in EmbeddedText.Lines("Behaviour/programs.txt"))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (var program in cells[0].Split(',', StringSplitOptions.TrimEntries))
            {
                if (!uses.TryGetValue(program, out var list))
                    uses[program] = list = [];
                if (cells[1] != "-")
                    list.Add(new ProgramUse(Enum.Parse<BehaviourKind>(cells[1]), cells[2], WordsOf(cells[3])));
            }
        }

        return uses.ToFrozenDictionary(pair => pair.Key, pair => (IReadOnlyList<ProgramUse>)pair.Value, StringComparer.Ordinal);
    }

    private static IReadOnlyList<IReadOnlyList<string>> WordsOf(string cell) =>
    [
        .. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (IReadOnlyList<string>)[.. word.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(choice => choice.Replace('_', ' '))]),
    ];
}
