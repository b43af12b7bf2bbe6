using System.Text;
using System.Text.RegularExpressions;
using Platform.Engine.Language;

namespace Platform.Engine.Conditions;

/// <summary>
/// A regular expression of a tenant, looked for anywhere in a folded text. Run without backtracking, so that the time grows with the
/// text alone; what such an engine cannot do (looking around, referring back) is refused, and so is what would grow too large.
/// </summary>
internal sealed class TextPattern
{
    public const int MaxLength = 200;

    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <param name="pattern">As the literal says it.</param>
    /// <param name="source">The condition, for the place of an error.</param>
    /// <param name="position">Where the literal begins in it.</param>
    /// <exception cref="ConditionException">With the place in the condition and what is wrong there.</exception>
    public static TextPattern Parse(string pattern, string source, int position)
    {
        if (pattern.Length is 0 or > MaxLength)
            throw new ConditionException("bad-pattern-length", position, "");
        if (PatternSize.Of(pattern) > PatternSize.Most)
            throw new ConditionException("pattern-too-large", position, pattern.Length > 60 ? pattern[..60] : pattern);
        try
        {
            return new TextPattern(new Regex(Folded(pattern), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        }
        catch (RegexParseException exception)
        {
            var at = Math.Clamp(exception.Offset - 1, 0, pattern.Length - 1);
            throw new ConditionException("bad-pattern", PlaceOf(source, position, at), pattern[at..Math.Min(pattern.Length, at + 20)]);
        }
        catch (NotSupportedException)
        {
            throw new ConditionException("pattern-unsupported", position, pattern.Length > 60 ? pattern[..60] : pattern);
        }
    }

    public bool IsIn(string folded) => _regex.IsMatch(folded);

    // As texts are folded, letter by letter; what is written in ASCII means what it means in expressions.
    private static string Folded(string pattern)
    {
        var folded = new StringBuilder(pattern.Length);
        foreach (var character in pattern)
            folded.Append(char.IsAscii(character) || char.IsSurrogate(character) ? character.ToString() : Regex.Escape(NormalText.Fold(character.ToString())));
        return folded.ToString();
    }

    // Two characters of the condition stand for a quotation mark or a backslash.
    private static int PlaceOf(string source, int position, int offset)
    {
        var at = position + 1;
        for (var count = 0; count < offset && at < source.Length; count++)
            at += source[at] == '\\' && at + 1 < source.Length && source[at + 1] is '"' or '\\' ? 2 : 1;
        return Math.Min(at, source.Length - 1);
    }
}
