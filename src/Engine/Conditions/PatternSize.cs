using System.Globalization;

namespace Platform.Engine.Conditions;

/// <summary>How large an expression grows once its repetitions are written out: the states of its automaton, about.</summary>
internal static class PatternSize
{
    public const long Most = 2_000;

    /// <summary>An upper estimate; of a broken expression any number.</summary>
    public static long Of(string pattern)
    {
        Stack<(long Sum, long Last)> groups = [];
        var (sum, last) = (0L, 0L);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '(':
                    groups.Push((sum + last, 0));
                    (sum, last) = (0, 0);
                    break;
                case ')' when groups.TryPop(out var around):
                    (sum, last) = (around.Sum, Math.Max(1, sum + last));
                    break;
                case '{' when Repetition(pattern, at) is ({ } times, var end):
                    last = Math.Min(Most + 1, last * Math.Max(1, times));
                    at = end;
                    break;
                case '*' or '+' or '?' or '|' or '^' or '$':
                    break;
                case '[':
                    (sum, last) = (sum + last, 1);
                    at = Math.Max(at, EndOfClass(pattern, at));
                    break;
                default:
                    (sum, last) = (sum + last, 1);
                    at += pattern[at] == '\\' ? 1 : 0;
                    break;
            }

            if (sum > Most)
                return sum;
        }

        return sum + last + groups.Sum(group => group.Sum);
    }

    // {3}, {3,} and {3,5}; anything else in braces is text.
    private static (long? Times, int End) Repetition(string pattern, int open)
    {
        var close = pattern.IndexOf('}', open);
        if (close < 0)
            return (null, open);
        var most = 0L;
        foreach (var bound in pattern[(open + 1)..close].Split(',', 3))
            if (bound.Length > 0)
            {
                if (bound.Length > 9 || !long.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out var times))
                    return bound.Length > 9 ? (Most + 1, close) : (null, open);
                most = Math.Max(most, times);
            }

        return (most, close);
    }

    private static int EndOfClass(string pattern, int open)
    {
        for (var at = open + 2; at < pattern.Length; at++)
            if (pattern[at] == '\\')
                at++;
            else if (pattern[at] == ']')
                return at;
        return pattern.Length;
    }
}
