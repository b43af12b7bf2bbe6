using System.Text;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>Separated values (RFC 4180) with tabs between the cells: the separator is the one that its beginning has most of; quotes are taken off.</summary>
internal static class SeparatedCells
{
    private const int LongestCell = 2_000;
    private const int Sample = 4_096;

    public static string ToTabs(string text)
    {
        var separator = SeparatorOf(text);
        var cells = new StringBuilder(text.Length);
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '"')
            {
                var isDoubled = quoted && at + 1 < text.Length && text[at + 1] == '"';
                if (isDoubled)
                    cells.Append(text[at++]);
                else
                    quoted = !quoted && (at == 0 || text[at - 1] == separator || text[at - 1] == '\n');
            }
            else if (character == separator && !quoted)
            {
                cells.Append('\t');
            }
            else
            {
                // A line end inside of quotes is a part of the cell; a quote that never ends must not swallow the table.
                if (quoted && character == '\n')
                    quoted = text.AsSpan(at, Math.Min(LongestCell, text.Length - at)).Contains('"');
                cells.Append(quoted && character is '\t' or '\r' or '\n' ? ' ' : character);
            }
        }

        return cells.ToString();
    }

    private static char SeparatorOf(string text)
    {
        var beginning = text.AsSpan(0, Math.Min(text.Length, Sample));
        char[] separators = [',', '\t', ';', '|'];
        var best = separators[0];
        foreach (var separator in separators)
            if (beginning.Count(separator) > beginning.Count(best))
                best = separator;
        return best;
    }
}
