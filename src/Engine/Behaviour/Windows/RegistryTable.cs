using Platform.Engine.Links;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>Places of the registry whose change is a behaviour. Data in <c>registry.txt</c>.</summary>
internal static class RegistryTable
{
    private static readonly (string Key, string Value, BehaviourKind Kind, string Technique)[] Places = [.. Load()];

    /// <param name="key">Key, and the name of the value where it is one path.</param>
    public static (BehaviourKind Kind, string Technique)? Find(string key, string valueAndData)
    {
        var (lowerKey, rest) = ("\\" + key.ToLowerInvariant().Replace('/', '\\'), valueAndData.ToLowerInvariant());
        foreach (var place in Places)
            if (lowerKey.Contains(place.Key, StringComparison.Ordinal) && (place.Value == "*" || rest.Contains(place.Value, StringComparison.Ordinal) || lowerKey.Contains(place.Value, StringComparison.Ordinal)))
                return (place.Kind, place.Technique);
        return null;
    }

    private static IEnumerable<(string, string, BehaviourKind, string)> Load()
    {
        foreach (var line in EmbeddedText.Lines("Behaviour/registry.txt"))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            yield return (cells[0], cells[1], Enum.Parse<BehaviourKind>(cells[2]), cells[3]);
        }
    }
}
