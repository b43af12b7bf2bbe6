using System.Buffers;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData.Classes;

/// <summary>
/// E-mail addresses (RFC 5321, 4.1.2, as they are written in texts). What counts is how many: a handful is a signature or a thread;
/// the parties of the mail itself are left out by the caller.
/// </summary>
internal sealed class EMailList : IDataClass
{
    /// <summary>Distinct addresses from which on they are a list.</summary>
    public const int Least = 5;

    private const int LongestLocal = 64;
    private const int LongestDomain = 253;

    // "icon@2x.png" is a file.
    private static readonly HashSet<string> FileEndings = new(StringComparer.OrdinalIgnoreCase) { "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "html", "php", "pdf", "zip", "exe", "dll", "local", "localdomain", "internal", "json", "git" };

    private static readonly SearchValues<char> BeforeAddress = SearchValues.Create(" \n\t<\"'");

    public PersonalDataClass Class => PersonalDataClass.EMailList;

    public IReadOnlyList<string> Words => [];

    public IEnumerable<FoundValue> Find(ReadableText text)
    {
        var lower = text.Lower;
        for (var at = lower.IndexOf('@', StringComparison.Ordinal); at >= 0; at = lower.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > 0 && at - start < LongestLocal && IsLocal(lower[start - 1]))
                start--;
            while (start < at && lower[start] is '.' or '-' or '\'')
                start++;
            var end = at + 1;
            while (end < lower.Length && end - at <= LongestDomain && IsDomain(lower[end]))
                end++;
            while (end > at + 1 && lower[end - 1] is '.' or '-')
                end--;
            if (start < at && IsName(lower.AsSpan(at + 1, end - at - 1)) && !IsMessageId(lower, start, end))
                yield return new FoundValue(start, end - start, lower[start..end]);
        }
    }

    // <20261128.1a2b@host>, Message-ID: ... name a mail; a path behind the name is a repository.
    private static bool IsMessageId(string lower, int start, int end)
    {
        var line = lower.AsSpan(Math.Max(0, start - 40), Math.Min(40, start));
        return line.Contains("message-id", StringComparison.Ordinal) || line.Contains("in-reply-to", StringComparison.Ordinal) || line.Contains("references:", StringComparison.Ordinal)
            || end + 1 < lower.Length && lower[end] == ':' && char.IsAsciiLetter(lower[end + 1]) && lower.AsSpan(start, 4) is "git@"
            || line.Contains("://", StringComparison.Ordinal) && line.LastIndexOf("://", StringComparison.Ordinal) > line.LastIndexOfAny(BeforeAddress);
    }

    private static bool IsName(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot < 1 || domain.Length - dot < 3 || domain.Contains("..", StringComparison.Ordinal))
            return false;
        var top = domain[(dot + 1)..];
        return !top.ContainsAnyExceptInRange('a', 'z') && !FileEndings.Contains(top.ToString());
    }

    private static bool IsLocal(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '+' or '%' or '\'' or '=' or '!' or '#' or '&' or '*';

    private static bool IsDomain(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-';
}
