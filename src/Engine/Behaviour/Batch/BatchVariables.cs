using System.Globalization;
using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Variables and how cmd.exe puts them into a line: <c>%x%</c>, <c>%x:~2,3%</c>, <c>%x:a=b%</c>, <c>!x!</c>, arguments and <c>for</c> letters.</summary>
internal sealed class BatchVariables(string scriptPath, EmulationBudget budget)
{
    private const int MaxLength = 64 * 1024;
    private const int MaxLetter = 8 * 1024;
    private const int MaxVariables = 5_000;

    private readonly Dictionary<string, string> _values = new(WindowsEnvironment.Values, StringComparer.OrdinalIgnoreCase);

    public Dictionary<char, string> Letters { get; } = [];

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public string? Get(string name) => name.ToLowerInvariant() switch
    {
        "cd" => @"C:\Users\user\Downloads",
        "date" => "2026-01-15",
        "time" => "10:20:30.40",
        "random" => "12345",
        "errorlevel" => "0",
        "cmdcmdline" => WindowsEnvironment.Get("ComSpec"),
        _ => _values.GetValueOrDefault(name),
    };

    public bool Pays(long steps) => budget.TakeSteps(steps);

    /// <summary>Those whose name begins so, as <c>name=value</c>, in order.</summary>
    public IEnumerable<string> Listed(string beginning) =>
        !budget.TakeSteps(_values.Count)
            ? []
            : _values.Where(pair => pair.Key.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).TakeWhile(pair => budget.TakeSteps(pair.Value.Length / 16)).Select(pair => $"{pair.Key}={pair.Value}");

    public void Set(string name, string value)
    {
        if (value.Length == 0)
            _values.Remove(name);
        else if (_values.GetValueOrDefault(name) is var before && (before is not null || _values.Count < MaxVariables) && budget.TakeOutput(Growth(before, value)))
            _values[name] = Bounded(value);
    }

    // Scripts build long values letter by letter, each in the place of the one before.
    private static int Growth(string? before, string value) => Math.Max(0, Math.Min(value.Length, MaxLength) - (before?.Length ?? 0)) + (value.Length / 32);

    /// <summary>What a letter of a loop stands for; longer than any line of cmd.exe it cannot be.</summary>
    public void Letter(char letter, string value) => Letters[letter] = value.Length > MaxLetter ? value[..MaxLetter] : value;

    /// <param name="inFile">In a batch file: <c>%%</c> is one sign, an unknown variable is empty, and arguments are known.</param>
    public string ExpandPercent(string line, bool inFile)
    {
        if (!line.Contains('%', StringComparison.Ordinal))
            return line;
        var made = new StringBuilder(Math.Min(line.Length, MaxLength));
        for (var at = 0; at < line.Length && made.Length < MaxLength;)
        {
            if (line[at] != '%')
            {
                made.Append(line[at++]);
                continue;
            }

            if (inFile && at + 1 < line.Length && line[at + 1] == '%')
            {
                made.Append('%');
                at += 2;
                continue;
            }

            if (inFile && Argument(line, ref at) is { } argument)
            {
                made.Append(argument);
                continue;
            }

            var end = line.IndexOf('%', at + 1);
            if (end > at + 1 && ValueOf(line[(at + 1)..end]) is { } value)
            {
                made.Append(value);
                at = end + 1;
            }
            else if (inFile && end > at + 1 && !line.AsSpan(at + 1, end - at - 1).ContainsAny(" \t\"&|"))
            {
                at = end + 1;
            }
            else
            {
                if (!inFile || end < 0)
                    made.Append('%');
                at++;
            }
        }

        return made.ToString();
    }

    public string ExpandDelayed(string text)
    {
        if (!text.Contains('!', StringComparison.Ordinal))
            return text;
        var made = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length && made.Length < MaxLength;)
        {
            var end = text[at] == '!' ? text.IndexOf('!', at + 1) : -1;
            if (end > at + 1)
            {
                made.Append(ValueOf(text[(at + 1)..end]) ?? "");
                at = end + 1;
                continue;
            }

            if (text[at] == '^' && at + 1 < text.Length)
                at++;
            else if (text[at] == '!')
            {
                at++;
                continue;
            }

            made.Append(text[at++]);
        }

        return made.ToString();
    }

    /// <summary>Puts in the letters of the loops around: <c>%i</c>, <c>%~nxi</c>.</summary>
    public string ExpandLetters(string text)
    {
        if (Letters.Count == 0 || !text.Contains('%', StringComparison.Ordinal))
            return text;
        var made = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length && made.Length < MaxLength;)
        {
            if (text[at] == '%' && at + 1 < text.Length)
            {
                var letter = at + 1;
                if (text[letter] == '~')
                {
                    letter++;
                    while (letter + 1 < text.Length && "fdpnxsatz".Contains(text[letter], StringComparison.Ordinal) && (!Letters.ContainsKey(text[letter]) || "fdpnxsatz".Contains(text[letter + 1], StringComparison.Ordinal)))
                        letter++;
                }

                if (letter < text.Length && Letters.TryGetValue(text[letter], out var value))
                {
                    made.Append(text[at + 1] == '~' ? Modify(value, text[(at + 2)..letter]) : value);
                    at = letter + 1;
                    continue;
                }
            }

            made.Append(text[at++]);
        }

        return made.ToString();
    }

    private string? Argument(string line, ref int at)
    {
        var next = at + 1;
        var modifiers = "";
        if (next < line.Length && line[next] == '~')
        {
            var start = ++next;
            while (next < line.Length && "fdpnxsatz".Contains(line[next], StringComparison.Ordinal))
                next++;
            modifiers = "~" + line[start..next];
        }

        if (next >= line.Length || !char.IsAsciiDigit(line[next]) && (line[next] != '*' || modifiers.Length > 0))
            return null;
        var value = line[next] == '*' ? string.Join(' ', Arguments) : line[next] == '0' ? scriptPath : Arguments.ElementAtOrDefault(line[next] - '1') ?? "";
        at = next + 1;
        return modifiers.Length > 0 ? Modify(value, modifiers[1..]) : value;
    }

    private static string Modify(string value, string modifiers)
    {
        var plain = value.Trim('"');
        if (modifiers.Length == 0 || modifiers.Contains('f', StringComparison.Ordinal))
            return plain;
        var slash = plain.LastIndexOf('\\');
        var dot = plain.LastIndexOf('.');
        if (dot <= slash)
            dot = plain.Length;
        var made = "";
        if (modifiers.Contains('d', StringComparison.Ordinal) && plain.Length > 1 && plain[1] == ':')
            made += plain[..2];
        if (modifiers.Contains('p', StringComparison.Ordinal) && slash >= 0)
            made += plain.Length > 1 && plain[1] == ':' ? plain[2..(slash + 1)] : plain[..(slash + 1)];
        if (modifiers.Contains('n', StringComparison.Ordinal))
            made += plain[(slash + 1)..dot];
        if (modifiers.Contains('x', StringComparison.Ordinal))
            made += plain[dot..];
        return made.Length == 0 ? plain : made;
    }

    private string? ValueOf(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return Get(reference);
        if (Get(reference[..colon]) is not { } value)
            return null;
        var how = reference[(colon + 1)..];
        if (how.StartsWith('~'))
            return Substring(value, how[1..]);
        var equals = how.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return value;
        var (from, to) = (how[..equals], how[(equals + 1)..]);
        if (from[0] != '*')
            return BuiltText.Replaced(value, from, to, StringComparison.OrdinalIgnoreCase, MaxLength, budget) ?? value;
        var at = from.Length > 1 ? value.IndexOf(from[1..], StringComparison.OrdinalIgnoreCase) : -1;
        return at < 0 ? value : Bounded(to) + value[(at + from.Length - 1)..];
    }

    private static string Substring(string value, string range)
    {
        var cells = range.Split(',');
        var start = Number(cells[0]);
        if (start < 0)
            start = Math.Max(0, value.Length + start);
        start = Math.Min(start, value.Length);
        var length = cells.Length > 1 ? Number(cells[1]) : value.Length - start;
        var end = length < 0 ? value.Length + length : Math.Min((long)value.Length, (long)start + length);
        return end <= start ? "" : value[start..(int)end];
    }

    private static int Number(string text) => int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, -100_000, 100_000) : 0;

    private static string Bounded(string text) => text.Length > MaxLength ? text[..MaxLength] : text;
}
