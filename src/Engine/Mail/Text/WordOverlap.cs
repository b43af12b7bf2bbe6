namespace Platform.Engine.Mail.Text;

/// <summary>Whether one text says nothing that another does not. Words for spaced scripts, pairs of characters for the rest.</summary>
internal static class WordOverlap
{
    private const int MaxUnits = 20_000;

    public static bool IsMostlyIn(string text, string other)
    {
        var units = Units(text);
        if (units.Count == 0)
            return true;
        var known = Units(other);
        return units.Count(known.Contains) * 10 >= units.Count * 6;
    }

    private static HashSet<string> Units(string text)
    {
        var units = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var i = 0; i <= text.Length && units.Count < MaxUnits; i++)
        {
            var inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && text[i] >= '\u3040')
            {
                // Scripts written without spaces: pairs.
                if (i + 1 < text.Length && text[i + 1] >= '\u3040')
                    units.Add(text.Substring(i, 2));
                start = -1;
            }
            else if (inWord)
            {
                start = start < 0 ? i : start;
            }
            else
            {
                if (start >= 0 && i - start is > 2 and < 60)
                    units.Add(text[start..i]);
                start = -1;
            }
        }

        return units;
    }
}
