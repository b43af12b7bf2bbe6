using System.Text.Json;
using Platform.Storage.Directory;

namespace Platform.Storage.Push;

/// <summary>
/// Which kinds of events somebody wants: exact kinds (<c>delivery.quarantined</c>) and groups (<c>delivery.*</c>); none: all.
/// A kind that this version does not know is taken, since a filter may be set before the version that has it.
/// </summary>
public sealed class EventKindFilter
{
    private const int MaxEntries = 50;
    private const int MaxLength = 64;

    private readonly HashSet<string> _kinds;
    private readonly string[] _groups;

    private EventKindFilter(IReadOnlyList<string> entries)
    {
        Entries = entries;
        _kinds = entries.Where(entry => !IsGroup(entry)).ToHashSet(StringComparer.Ordinal);
        _groups = [.. entries.Where(IsGroup).Select(entry => entry[..^1])];
    }

    public static EventKindFilter All { get; } = new([]);

    /// <summary>As given.</summary>
    public IReadOnlyList<string> Entries { get; }

    public static EventKindFilter Read(string json) => new(JsonSerializer.Deserialize<string[]>(json) ?? []);

    public bool Takes(string kind) =>
        Entries.Count == 0 || _kinds.Contains(kind) || Array.Exists(_groups, group => kind.StartsWith(group, StringComparison.Ordinal));

    internal static Refusal? Check(IReadOnlyList<string> entries) =>
        entries.Count <= MaxEntries && entries.All(IsKind)
            ? null
            : new("INVALID_EVENT_KINDS", $"Kinds of events are at most {MaxEntries} names such as 'delivery.quarantined', or groups such as 'delivery.*'.");

    private static bool IsGroup(string entry) => entry.EndsWith(".*", StringComparison.Ordinal);

    private static bool IsKind(string entry)
    {
        var name = IsGroup(entry) ? entry[..^2] : entry;
        return entry.Length is > 2 and <= MaxLength && name.Length > 0
            && name.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-'));
    }
}
