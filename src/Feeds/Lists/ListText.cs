using System.Text;

namespace Platform.Feeds.Lists;

// Lists as people publish them, a line each, told apart by their looks:
//
//   plain      malware.example            or a digest, URL, address, range
//   hosts      0.0.0.0 malware.example    hosts(5): the address is a sink, the names are what is meant
//   adblock    ||malware.example^
//   CSV        "1","2026-01-01 10:00:00","http://malware.example/a.exe","online","malware_download"   RFC 4180 without line ends in fields
//
// Comments begin with #, ; or //. Of a line of CSV the field that the settings name counts, else the first that is an
// indicator, since lists add links to their own pages behind it.

/// <summary>Reads a list of threats. Never throws for any bytes; what cannot be read is passed over.</summary>
internal static class ListText
{
    private const int MaxLine = 8 * 1024;
    private const int MaxFields = 100;

    /// <param name="column">The field of CSV that counts, from 1; 0: the first that is an indicator.</param>
    /// <param name="labelColumn">The field that says what it is; 0: none.</param>
    public static List<Indicator> Read(ReadOnlySpan<byte> content, int most, int column = 0, int labelColumn = 0)
    {
        List<Indicator> read = [];
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        while (!content.IsEmpty && read.Count < most)
        {
            var end = content.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? [] : content[(end + 1)..];
            if (line.Length is > 0 and <= MaxLine)
                ReadLine(Encoding.UTF8.GetString(line).Trim(), column, labelColumn, read);
        }

        return read;
    }

    private static void ReadLine(string line, int column, int labelColumn, List<Indicator> read)
    {
        if (line.Length == 0 || line[0] is '#' or ';' or '!' || line.StartsWith("//", StringComparison.Ordinal))
            return;
        if (line.StartsWith("||", StringComparison.Ordinal))
        {
            var caret = line.IndexOf('^', StringComparison.Ordinal);
            Take(caret < 0 ? line[2..] : line[2..caret], "", read);
        }
        else if (line.Contains(',', StringComparison.Ordinal) || line[0] == '"' || column > 1)
        {
            ReadFields(Fields(line), column, labelColumn, read);
        }
        else
        {
            ReadWords(line, read);
        }
    }

    private static void ReadFields(List<string> fields, int column, int labelColumn, List<Indicator> read)
    {
        var label = labelColumn > 0 && labelColumn <= fields.Count ? fields[labelColumn - 1] : "";
        if (column > 0)
        {
            if (column <= fields.Count)
                Take(fields[column - 1], label, read);
            return;
        }

        foreach (var field in fields)
            if (Take(field, label, read))
                return;
    }

    private static void ReadWords(string line, List<Indicator> read)
    {
        var comment = line.IndexOf(" #", StringComparison.Ordinal);
        var words = (comment < 0 ? line : line[..comment]).Split([' ', '\t', ';'], 20, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words[0] is "0.0.0.0" or "127.0.0.1" or "::" or "::1")
        {
            foreach (var name in words.Skip(1))
                Take(name, "", read);
        }
        else if (words.Length > 0)
        {
            Take(words[0], "", read);
        }
    }

    private static bool Take(string text, string label, List<Indicator> read)
    {
        if (!Indicator.TryGuess(text, label, out var indicator))
            return false;
        read.Add(indicator);
        return true;
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (quoted)
            {
                if (character != '"')
                    field.Append(character);
                else if (at + 1 < line.Length && line[at + 1] == '"')
                    field.Append(line[at++]);
                else
                    quoted = false;
            }
            else if (character == '"' && IsBlank(field))
            {
                quoted = true;
            }
            else if (character == ',')
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
                if (fields.Count == MaxFields)
                    return fields;
            }
            else
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }

    private static bool IsBlank(StringBuilder field)
    {
        for (var at = 0; at < field.Length; at++)
            if (!char.IsWhiteSpace(field[at]))
                return false;
        field.Clear();
        return true;
    }
}
