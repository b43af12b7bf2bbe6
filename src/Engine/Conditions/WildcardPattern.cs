namespace Platform.Engine.Conditions;

/// <summary>Patterns with <c>*</c> for any characters and <c>?</c> for one. The time is the product of the two lengths at worst, never more.</summary>
internal static class WildcardPattern
{
    /// <param name="steps">Characters that were compared.</param>
    public static bool Matches(string text, string pattern, out int steps)
    {
        int at = 0, with = 0, star = -1, resume = 0;
        for (steps = 0; at < text.Length; steps++)
        {
            if (with < pattern.Length && pattern[with] == '*')
            {
                star = with++;
                resume = at;
            }
            else if (with < pattern.Length && (pattern[with] == '?' || pattern[with] == text[at]))
            {
                at++;
                with++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                with = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (with < pattern.Length && pattern[with] == '*')
            with++;
        return with == pattern.Length;
    }
}
