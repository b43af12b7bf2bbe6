namespace Platform.Engine.Authentication.Author;

/// <param name="Start">First token of it; <paramref name="End"/> is the one after the last.</param>
internal readonly record struct AddressSpan(string Local, string Domain, int Start, int End);

/// <summary>Finds <c>local @ domain</c> among tokens (RFC 5322, 3.4.1), obsolete white space and comments around the dots included (4.4).</summary>
internal static class AddressTokens
{
    /// <param name="isName">The tokens are a display name: what is found in it is no address, and its shape no oddity.</param>
    public static List<AddressSpan> Read(List<FromToken> tokens, int first, FromReading reading, bool isName = false)
    {
        var found = new List<AddressSpan>();
        for (var at = first; at < tokens.Count; at++)
        {
            if (!tokens[at].IsMark('@'))
                continue;
            var start = Start(tokens, first, at);
            var end = End(tokens, at + 1);
            if (start == at && end == at + 1)
                continue;
            var domain = string.Concat(tokens[(at + 1)..end].Select(token => token.Text));
            var local = string.Concat(tokens[start..at].Select(token => token.Kind == FromTokenKind.Quoted ? $"\"{token.Text}\"" : token.Text));
            if (!isName && (start == at || end == at + 1 || IsBroken(tokens, start, end) || domain.EndsWith('.')))
                reading.Oddities.Add(FromOddity.BrokenAddress);
            found.Add(new AddressSpan(local, domain, start, end));
            at = end - 1;
        }

        return found;
    }

    // The word before the @, with words that dots join to it.
    private static int Start(List<FromToken> tokens, int first, int at)
    {
        var start = at;
        while (start > first && IsWord(tokens[start - 1]) && (start == at || Joins(tokens[start - 1], tokens[start])))
            start--;
        return start;
    }

    private static int End(List<FromToken> tokens, int position)
    {
        var end = position;
        while (end < tokens.Count && tokens[end].Kind is FromTokenKind.Atom or FromTokenKind.Literal && (end == position || Joins(tokens[end - 1], tokens[end])))
            end++;
        return end;
    }

    private static bool IsWord(FromToken token) => token.Kind is FromTokenKind.Atom or FromTokenKind.Quoted;

    private static bool Joins(FromToken left, FromToken right) =>
        (left.Kind == FromTokenKind.Atom && left.Text.EndsWith('.')) || (right.Kind == FromTokenKind.Atom && right.Text.StartsWith('.'));

    private static bool IsBroken(List<FromToken> tokens, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
            if (tokens[i].AfterSpace)
                return true;
        return false;
    }
}
