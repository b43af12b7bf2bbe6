using System.Buffers;
using System.Globalization;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>What the letters of a <c>for</c> loop take on.</summary>
internal static class BatchForWords
{
    private const int MaxLines = 2_000;

    /// <summary>The words of a plain set; file patterns stand as they are written.</summary>
    public static IEnumerable<string> Plain(string set)
    {
        var start = 0;
        var quoted = false;
        for (var at = 0; at <= set.Length; at++)
        {
            if (at < set.Length && set[at] == '"')
                quoted = !quoted;
            if (at < set.Length && (quoted || set[at] is not (' ' or '\t' or ',' or ';' or '=')))
                continue;
            if (at > start)
                yield return set[start..at];
            start = at + 1;
        }
    }

    /// <summary><c>for /f</c>: cuts the lines of a string, file or output into words.</summary>
    /// <param name="round">Runs the body; false to stop.</param>
    public static void Run(BatchFor loop, string set, BatchVariables variables, Func<string, string> capture, Func<string, string?> textOf, Func<bool> round, EmulationBudget budget)
    {
        var options = loop.Options;
        var backQuotes = options.Contains("usebackq", StringComparison.OrdinalIgnoreCase);
        var text = TextOf(set, backQuotes, capture, textOf);
        var delimiters = SearchValues.Create(Option(options, "delims=") ?? " \t");
        var tokens = Tokens(Option(options, "tokens=") ?? "1");
        var skip = int.TryParse(Option(options, "skip="), CultureInfo.InvariantCulture, out var lines) ? Math.Clamp(lines, 0, MaxLines) : 0;
        var start = 0;
        for (var index = 0; start < text.Length && index < skip + MaxLines && budget.TakeSteps(1); index++)
        {
            var end = text.IndexOf('\n', start);
            var row = text[start..(end < 0 ? text.Length : end)].TrimEnd('\r');
            start = end < 0 ? text.Length : end + 1;
            if (row.Length == 0 || index < skip || !budget.TakeSteps(row.Length / 16))
                continue;
            Assign(loop.Variable, row, delimiters, tokens, variables);
            if (!round())
                return;
        }
    }

    private static string TextOf(string set, bool backQuotes, Func<string, string> capture, Func<string, string?> textOf)
    {
        if (set.Length < 2)
            return textOf(set) ?? "";
        var (first, last) = (set[0], set[^1]);
        if (first == last && first == (backQuotes ? '`' : '\''))
            return capture(set[1..^1]);
        if (first == last && first == (backQuotes ? '\'' : '"'))
            return set[1..^1];
        return textOf(set.Trim('"')) ?? "";
    }

    private static void Assign(char letter, string row, SearchValues<char> delimiters, (List<int> Numbers, bool Tail) tokens, BatchVariables variables)
    {
        List<(int Start, int End)> words = [];
        for (var at = 0; at < row.Length && words.Count < 64;)
        {
            while (at < row.Length && delimiters.Contains(row[at]))
                at++;
            var start = at;
            while (at < row.Length && !delimiters.Contains(row[at]))
                at++;
            if (at > start)
                words.Add((start, at));
        }

        var next = letter;
        foreach (var number in tokens.Numbers)
            variables.Letter(next++, number <= words.Count ? row[words[number - 1].Start..words[number - 1].End] : "");
        if (tokens.Tail)
        {
            var after = tokens.Numbers.Count == 0 ? 0 : tokens.Numbers[^1];
            variables.Letter(next, after < words.Count ? row[words[after].Start..] : after == 0 ? row : "");
        }
    }

    private static string? Option(string options, string name)
    {
        var at = options.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var value = options[(at + name.Length)..];
        if (name == "delims=")
        {
            // The list of delimiters reaches to the end, or to the next option.
            var end = value.IndexOf(" tokens=", StringComparison.OrdinalIgnoreCase);
            return end >= 0 ? value[..end] : value;
        }

        var cut = value.IndexOf(' ', StringComparison.Ordinal);
        return cut < 0 ? value : value[..cut];
    }

    private static (List<int> Numbers, bool Tail) Tokens(string text)
    {
        List<int> numbers = [];
        var rest = text.EndsWith('*');
        foreach (var cell in text.TrimEnd('*').Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var range = cell.Split('-');
            if (!int.TryParse(range[0], CultureInfo.InvariantCulture, out var from))
                continue;
            var to = range.Length > 1 && int.TryParse(range[1], CultureInfo.InvariantCulture, out var end) ? end : from;
            for (var number = Math.Max(1, from); number <= Math.Min(to, 31) && numbers.Count < 31; number++)
                numbers.Add(number);
        }

        if (numbers.Count == 0 && !rest)
            numbers.Add(1);
        return (numbers, rest);
    }
}
