using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Regular expressions of scripts, by the engine that does not backtrack; what that cannot do is taken as plain text.</summary>
internal static class PsPatterns
{
    private const int MaxPattern = 400;
    private const int MaxInput = 1024 * 1024;
    private const int MaxParts = 500_000;
    private const int CostOfPattern = 300;

    public static bool IsMatch(string text, string pattern, bool exact, BehaviourLog log) =>
        Make(text, pattern, exact, log) is { } regex ? regex.IsMatch(text) : text.Contains(pattern, Comparison(exact));

    public static string Replace(string text, string pattern, string replacement, bool exact, BehaviourLog log)
    {
        if (pattern.Length == 0 || text.Length == 0 || !log.Budget.TakeSteps(1 + (text.Length / 128)))
            return text;
        var made = IsPlain(pattern) || Make(text, pattern, exact, log) is not { } regex
            ? text.Replace(Plainly(pattern), replacement, Comparison(exact))
            : replacement.Length > 200 ? text : regex.Replace(text, replacement);
        return made.Length > PsValues.MaxText || !log.Budget.TakeOutput(made.Length) ? text : made;
    }

    public static IReadOnlyList<object?> Split(string text, string pattern, int most, BehaviourLog log)
    {
        if (text.Length > PsValues.MaxText || !log.Budget.TakeSteps(1 + (text.Length / 64)))
            return [text];
        string[] parts;
        if (pattern.Length == 0)
            parts = [.. text.Take(MaxParts).Select(c => c.ToString())];
        else if (IsPlain(pattern) || Make(text, pattern, exact: false, log) is not { } regex)
            parts = most > 0 ? text.Split(Plainly(pattern), most) : SplitCaseless(text, Plainly(pattern));
        else
            parts = most > 0 ? regex.Split(text, most) : regex.Split(text);
        return [.. parts.Take(MaxParts)];
    }

    public static IReadOnlyList<string> Matches(string text, string pattern, bool fromRight, BehaviourLog log)
    {
        if (!log.Budget.TakeSteps(1 + (text.Length / 32)) || Make(text, pattern, exact: true, log) is not { } regex)
            return [];
        List<string> found = [];
        foreach (var match in regex.EnumerateMatches(text))
        {
            found.Add(text.Substring(match.Index, match.Length));
            if (found.Count >= MaxParts)
                break;
        }

        if (fromRight)
            found.Reverse();
        return found;
    }

    /// <summary>Wildcards: <c>*</c> and <c>?</c>, compared without case.</summary>
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

    private static string[] SplitCaseless(string text, string separator)
    {
        List<string> parts = [];
        var start = 0;
        while (parts.Count < MaxParts && text.IndexOf(separator, start, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            parts.Add(text[start..at]);
            start = at + separator.Length;
        }

        parts.Add(text[start..]);
        return [.. parts];
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
        if (pattern.Length is 0 or > MaxPattern || text.Length > MaxInput || !log.Budget.TakeSteps(CostOfPattern + (text.Length / 32)))
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

    private static StringComparison Comparison(bool exact) => exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
}
