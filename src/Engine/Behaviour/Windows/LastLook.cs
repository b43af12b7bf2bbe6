using Platform.Engine.Links;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>
/// Goes once over what the emulation could not follow: the source itself and the strings that it built. Weaker than a call that
/// was seen, so that it tells only of words that no honest script holds. Data in <c>strings.txt</c>.
/// </summary>
internal static class LastLook
{
    private const int MaxAddresses = 20;

    private static readonly (string Part, BehaviourKind Kind, string Technique)[] Words = [.. Load()];

    /// <summary>What a built string or a source holds.</summary>
    public static void At(string text, BehaviourLog log)
    {
        if (!log.Budget.TakeSteps(40 + (text.Length / 16)))
            return;
        foreach (var (part, kind, technique) in Words)
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                log.Did(kind, technique, Around(text, part));
    }

    /// <summary>Addresses in text that was hidden: they become links.</summary>
    public static void Addresses(string text, BehaviourLog log)
    {
        var at = 0;
        for (var count = 0; count < MaxAddresses; count++)
        {
            var found = text.IndexOf("http", at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return;
            var end = found;
            while (end < text.Length && text[end] > ' ' && text[end] is not ('"' or '\'' or '<' or '>' or ')' or ']' or '}' or '|' or '^' or '`' or ';' or ','))
                end++;
            if (WindowsPaths.IsAddress(text[found..end]) && end - found > 10)
                log.Asked(text[found..end]);
            at = Math.Max(end, found + 4);
        }
    }

    private static string Around(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        var start = Math.Max(0, at - 40);
        return text[start..Math.Min(text.Length, at + part.Length + 60)].ReplaceLineEndings(" ").Trim();
    }

    private static IEnumerable<(string, BehaviourKind, string)> Load()
    {
        foreach (var line in EmbeddedText.Lines("Behaviour/strings.txt"))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            yield return (cells[0], Enum.Parse<BehaviourKind>(cells[1]), cells[2]);
        }
    }
}
