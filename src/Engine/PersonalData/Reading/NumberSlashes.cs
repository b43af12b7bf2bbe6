namespace Platform.Engine.PersonalData.Reading;

/// <summary>
/// Slashes that part whole numbers, as in <c>090-1111-2222/080-3333-4444</c> and <c>TEL:03-1234-5678/FAX:...</c>, told from those of dates,
/// fractions, articles and paths: what they part has digits enough for a number by itself and is the inside of no word, or a word names it.
/// </summary>
internal sealed class NumberSlashes(ReadableText text)
{
    private const int LeastDigits = 8;
    private const int LongestNumber = 24;
    private const int LongestRow = 20;

    /// <summary>Whether a whole number, or a row of them, ends before a slash.</summary>
    public bool EndsWhole(int slash)
    {
        for (var row = 0; row < LongestRow; row++)
        {
            var (first, digits) = (slash, 0);
            for (var at = slash - 1; at >= 0 && slash - at <= LongestNumber && IsOfNumber(text.Text[at]); at--)
                if (char.IsAsciiDigit(text.Text[at]))
                    (first, digits) = (at, digits + 1);
            if (digits < LeastDigits)
                return false;
            var start = first;
            while (start > 0 && text.Text[start - 1] is '+' or '(')
                start--;
            if (At(start - 1) != '/')
                return !IsInWord(At(start - 1), At(start - 2)) || text.IsNamedRightBefore(first, null);
            slash = start - 1;
        }

        return false;
    }

    /// <summary>Whether a whole number, a row of them, or the word for one begins behind a slash.</summary>
    public bool BeginsWhole(int start)
    {
        for (var row = 0; row < LongestRow; row++)
        {
            if (text.IsLabelAt(start))
                return true;
            var (end, digits) = (start, 0);
            for (var at = start; at < text.Text.Length && at - start < LongestNumber && IsOfNumber(text.Text[at]); at++)
                if (char.IsAsciiDigit(text.Text[at]))
                    (end, digits) = (at + 1, digits + 1);
            if (digits < LeastDigits)
                return false;
            if (At(end) != '/')
                return !IsInWord(At(end), At(end + 1));
            start = end + 1;
        }

        return false;
    }

    private char At(int place) => place >= 0 && place < text.Text.Length ? text.Text[place] : '\n';

    private static bool IsInWord(char beside, char beyond) => IsWordCharacter(beside) || beside is '-' or '.' && IsWordCharacter(beyond);

    private static bool IsOfNumber(char character) => char.IsAsciiDigit(character) || character is '-' or '.' or ' ' or '(' or ')' or '+';

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
