using System.Text;

namespace Platform.Engine.Behaviour;

/// <summary>
/// Text that emulated code builds out of text. How long it will be is known, and taken from the budget, before a letter of it is
/// written: <c>Replace</c> of a letter by a text that holds it squares the length, and one call of it can ask for gigabytes.
/// Lengths are in UTF-16 code units. What may not be built gives null.
/// </summary>
internal static class BuiltText
{
    /// <summary>What a list takes of the output for each of its items, beside their text.</summary>
    public const int CostOfItem = 4;

    public static string? Repeated(string text, long times, int longest, EmulationBudget budget)
    {
        if (times <= 0 || text.Length == 0)
            return "";
        return times <= longest / text.Length && budget.TakeOutput(times * text.Length) ? new StringBuilder().Insert(0, text, (int)times).ToString() : null;
    }

    /// <param name="find">Not empty.</param>
    /// <param name="comparison">Ordinal, with or without case.</param>
    public static string? Replaced(string text, string find, string by, StringComparison comparison, int longest, EmulationBudget budget)
    {
        if (!budget.TakeSteps(1 + (text.Length / 128)))
            return null;
        var length = text.Length + (Count(text, find, comparison) * (by.Length - find.Length));
        return length <= longest && budget.TakeOutput(length) ? text.Replace(find, by, comparison) : null;
    }

    /// <summary>Two texts, of which the first is copied and the second is new.</summary>
    public static string? Sum(string first, string second, int longest, EmulationBudget budget) =>
        first.Length + second.Length <= longest && budget.TakeOutput(second.Length) && budget.TakeCopy(first.Length) ? first + second : null;

    /// <summary>As many pieces as there is room for; what does not fit is left off.</summary>
    public static string Joined(IEnumerable<string> pieces, string separator, int longest, EmulationBudget budget)
    {
        var made = new StringBuilder();
        var isFirst = true;
        foreach (var piece in pieces)
        {
            var more = piece.Length + (isFirst ? 0 : separator.Length);
            if (made.Length + more > longest || !budget.TakeOutput(more) || !budget.TakeSteps(made.Length == 0 ? 1 : more / 64))
                break;
            if (!isFirst)
                made.Append(separator);
            made.Append(piece);
            isFirst = false;
        }

        return made.ToString();
    }

    /// <summary>The pieces between separators; the last one holds the rest when there is no room for more.</summary>
    /// <param name="separator">Where the next separator stands at or after a place, and how long it is; negative for none.</param>
    public static List<string> Pieces(string text, Func<int, (int At, int Length)> separator, int most, EmulationBudget budget)
    {
        List<string> pieces = [];
        var start = 0;
        while (pieces.Count < most - 1)
        {
            var (at, length) = separator(start);
            if (at < 0 || !budget.TakeOutput(at - start + CostOfItem))
                break;
            pieces.Add(text[start..at]);
            start = at + length;
        }

        if (budget.TakeOutput(text.Length - start))
            pieces.Add(text[start..]);
        return pieces;
    }

    private static long Count(string text, string find, StringComparison comparison)
    {
        if (comparison == StringComparison.Ordinal)
            return text.AsSpan().Count(find);
        long count = 0;
        for (var at = text.IndexOf(find, comparison); at >= 0; at = text.IndexOf(find, at + find.Length, comparison))
            count++;
        return count;
    }
}
