using System.Text;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Mail.Fields;

namespace Platform.Engine.Authentication.Results;

/// <summary>
/// Whether a field claims to be ours (RFC 8601, 5). Not what the form says counts here, but what any reader inside might make of
/// it: so comments, quotes, folds, case, controls, encoded words, a version, a last dot and missing semicolons are seen through.
/// To remove one too many costs nothing; to leave one in is a pass that nobody gave.
/// </summary>
internal static class OwnServiceId
{
    private const int MaxHead = 2_048;
    private const int MaxWords = 16;
    private const int MaxJoined = 8;

    public static bool IsIn(string value, IReadOnlyList<string> ownIds)
    {
        HashSet<string> own = [.. ownIds.Select(Normalise).Where(id => id.Length > 0)];
        return Words(Head(value, hasComments: true)).Concat(Words(Head(value, hasComments: false))).Any(own.Contains);
    }

    // The text before the first semicolon: with comments left out, and as if parentheses meant nothing.
    private static string Head(string value, bool hasComments)
    {
        var text = new StringBuilder();
        var depth = 0;
        foreach (var c in value.Length > MaxHead ? value.AsSpan(0, MaxHead) : value)
        {
            if (hasComments && c == '(')
                depth++;
            else if (hasComments && c == ')')
                depth = Math.Max(0, depth - 1);
            else if (c == ';' && depth == 0)
                break;
            else if (depth == 0 && c is not ('\\' or '"' or '\'') && (c is >= ' ' and not '\x7F' or '\t' or '\r' or '\n'))
                text.Append(c);
        }

        return text.ToString();
    }

    // Every word that could be the id; the first ones also joined, since folds may have cut it.
    private static IEnumerable<string> Words(string head)
    {
        var octets = Encoding.Latin1.GetBytes(head);
        var text = System.Text.Ascii.IsValid(head) ? head : HeaderText.Unfold(octets);
        foreach (var reading in new[] { text, EncodedWords.Decode(text) })
        {
            var words = reading.Split([' ', '\t', '\r', '\n', '/', '=', ',', '(', ')', '<', '>', '[', ']', '@', '?'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in words.Take(MaxWords))
                yield return Normalise(word);
            for (var count = 2; count <= Math.Min(words.Length, MaxJoined); count++)
                yield return Normalise(string.Concat(words.Take(count)));
        }
    }

    private static string Normalise(string id)
    {
        var trimmed = id.Trim().TrimEnd('.').ToLowerInvariant();
        var domain = MailDomain.Normalise(trimmed);
        return domain.Length > 0 ? domain : trimmed;
    }
}
