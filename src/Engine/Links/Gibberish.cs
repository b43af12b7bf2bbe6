namespace Platform.Engine.Links;

/// <summary>Tells names that a program made up (<c>qvvjyw</c>, <c>x7k2m9p4q1</c>) from names that people give, by their sound.</summary>
internal static class Gibberish
{
    private const int Shortest = 6;
    private const int LongConsonants = 5;
    private const int ManyChanges = 4;

    public static bool IsRandom(ReadOnlySpan<char> name)
    {
        if (name.Length < Shortest)
            return false;
        var letters = 0;
        var vowels = 0;
        var digits = 0;
        var run = 0;
        var longest = 0;
        var changes = 0;
        for (var index = 0; index < name.Length; index++)
        {
            var character = char.ToLowerInvariant(name[index]);
            if (index > 0 && char.IsAsciiDigit(character) != char.IsAsciiDigit(name[index - 1]))
                changes++;
            if (char.IsAsciiDigit(character))
            {
                digits++;
                run = 0;
            }
            else if (!char.IsAsciiLetter(character))
            {
                return false;
            }
            else if (character is 'a' or 'e' or 'i' or 'o' or 'u' or 'y')
            {
                letters++;
                vowels++;
                run = 0;
            }
            else
            {
                letters++;
                longest = Math.Max(longest, ++run);
            }
        }

        return longest >= LongConsonants + 1
            || longest >= LongConsonants && vowels * 4 <= letters
            || letters >= Shortest && vowels * 8 < letters
            || digits >= 3 && changes >= ManyChanges;
    }
}
