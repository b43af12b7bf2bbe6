using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Regular expressions of scripts, by the engine that does not backtrack; what that cannot do is taken as plain text.</summary>
internal static class PsPatterns
{
    private const int MaxPattern = 400;
    private const int MaxInput = 1024 * 1024;
    private const int MaxParts = 500_000;
    private const int MaxReplacement = 200;
    private const int MaxStates = 8_000;
    private const int CostOfPattern = 300;
    private const int CostOfMatch = 4;

    public static bool IsMatch(string text, string pattern, bool exact, BehaviourLog log) =>
        Make(text, pattern, exact, log) is { } regex ? regex.IsMatch(text) : text.Contains(pattern, Comparison(exact));

    public static string Replace(string text, string pattern, string replacement, bool exact, BehaviourLog log)
    {
        if (pattern.Length == 0 || text.Length == 0)
            return text;
        if (IsPlain(pattern) || Make(text, pattern, exact, log) is not { } regex)
            return BuiltText.Replaced(text, Plainly(pattern), replacement, Comparison(exact), PsValues.MaxText, log.Budget) ?? text;
        // What stands before, after or around a match may be put in anew for each: no honest script needs it.
        if (replacement.Length > MaxReplacement || replacement.Contains("$`", StringComparison.Ordinal) || replacement.Contains("$'", StringComparison.Ordinal) || replacement.Contains("$_", StringComparison.Ordinal))
            return text;
        // Each group named puts in no more than its match holds.
        var length = text.Length * (1L + replacement.AsSpan().Count('$')) + ((long)regex.Count(text) * replacement.Length);
        return length <= PsValues.MaxText && log.Budget.TakeOutput(length) ? regex.Replace(text, replacement) : text;
    }

    public static IReadOnlyList<object?> Split(string text, string pattern, int most, BehaviourLog log)
    {
        if (text.Length > PsValues.MaxText || !log.Budget.TakeSteps(1 + (text.Length / 64)))
            return [text];
        most = most is > 0 and < MaxParts ? most : MaxParts;
        if (pattern.Length == 0)
            return BuiltText.Pieces(text, start => start + 1 < text.Length ? (start + 1, 0) : (-1, 0), most, log.Budget);
        if (!IsPlain(pattern) && Make(text, pattern, exact: false, log) is { } regex)
            return SplitAt(regex, text, most, log.Budget);
        var separator = Plainly(pattern);
        return BuiltText.Pieces(text, start => (text.IndexOf(separator, start, StringComparison.OrdinalIgnoreCase), separator.Length), most, log.Budget);
    }

    public static IReadOnlyList<string> Matches(string text, string pattern, bool fromRight, BehaviourLog log)
    {
        if (!log.Budget.TakeSteps(1 + (text.Length / 32)) || Make(text, pattern, exact: true, log) is not { } regex)
            return [];
        List<string> found = [];
        foreach (var match in regex.EnumerateMatches(text))
        {
            if (found.Count >= MaxParts || !log.Budget.TakeOutput(match.Length + BuiltText.CostOfItem))
                break;
            found.Add(text.Substring(match.Index, match.Length));
        }

        if (fromRight)
            found.Reverse();
        return found;
    }

    /// <summary>Wildcards: <c>*</c> and <c>?</c>, compared without case.</summary>
    public static bool IsLike(string text, string pattern, BehaviourLog log) =>
        log.Budget.TakeSteps((long)Math.Min(text.Length, MaxInput) * Math.Min(pattern.Length, MaxPattern) / 64) && IsLike(text, pattern);

    /// <summary>As above, of a text that no script made.</summary>
    public static bool IsLike(string text, string pattern)
    {
        if (pattern.Length > MaxPattern || text.Length > MaxInput)
            return false;
        var (at, place, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (place < pattern.Length && (pattern[place] == '?' || pattern[place] != '*' && char.ToLowerInvariant(pattern[place]) == char.ToLowerInvariant(text[at])))
            {
                at++;
                place++;
            }
            else if (place < pattern.Length && pattern[place] == '*')
            {
                star = place++;
                mark = at;
            }
            else if (star >= 0)
            {
                place = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (place < pattern.Length && pattern[place] == '*')
            place++;
        return place == pattern.Length;
    }

    // Groups of the pattern become parts of their own: that is how text is cut into pieces of one length.
    private static List<string> SplitAt(Regex regex, string text, int most, EmulationBudget budget)
    {
        List<string> parts = [];
        var start = 0;
        for (var match = regex.Match(text); match.Success && parts.Count < most - 1; match = match.NextMatch())
        {
            if (!budget.TakeSteps(CostOfMatch) || !budget.TakeOutput(match.Index + match.Length - start + (BuiltText.CostOfItem * match.Groups.Count)))
                return parts;
            parts.Add(text[start..match.Index]);
            for (var group = 1; group < match.Groups.Count; group++)
                if (match.Groups[group].Success)
                    parts.Add(match.Groups[group].Value);
            start = match.Index + match.Length;
        }

        if (budget.TakeOutput(text.Length - start))
            parts.Add(text[start..]);
        return parts;
    }

    private static bool IsPlain(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\')
            {
                if (++at >= pattern.Length || char.IsAsciiLetterOrDigit(pattern[at]))
                    return false;
            }
            else if (".$^{[(|)*+?".Contains(pattern[at], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string Plainly(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal))
            return pattern;
        var made = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
            made.Append(pattern[at] == '\\' && at + 1 < pattern.Length ? pattern[++at] : pattern[at]);
        return made.ToString();
    }

    // Setting up a pattern and running it cost far more than a step of the language.
    private static Regex? Make(string text, string pattern, bool exact, BehaviourLog log)
    {
        if (pattern.Length is 0 or > MaxPattern || text.Length > MaxInput)
            return null;
        // States without a backtrack: each letter of the text may be held against all that the pattern can be in.
        var states = States(pattern);
        if (states > MaxStates || !log.Budget.TakeSteps(CostOfPattern + states + (text.Length / 32) + (text.Length * states / 1_024)))
            return null;
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (exact ? RegexOptions.None : RegexOptions.IgnoreCase));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // a{9}{9}{9}: quantifiers in a pattern multiply.
    private static long States(string pattern)
    {
        long times = 1;
        for (var at = pattern.IndexOf('{', StringComparison.Ordinal); at >= 0 && times <= MaxStates; at = pattern.IndexOf('{', at + 1))
        {
            var end = pattern.IndexOf('}', at);
            if (end < 0)
                break;
            foreach (var bound in pattern[(at + 1)..end].Split(','))
                if (int.TryParse(bound, CultureInfo.InvariantCulture, out var number) && number > 1)
                    times = Math.Min(times * number, MaxStates + 1L);
        }

        return times * pattern.Length;
    }

    private static StringComparison Comparison(bool exact) => exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
}
