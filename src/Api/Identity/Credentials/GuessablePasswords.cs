using System.Text;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// Passwords of 12 and more characters that guessing programs try first, by rule and not by list: one word that everybody uses, or
/// that belongs to the person, stretched with digits and signs; a walk over the keyboard; the same few characters again and again.
/// </summary>
internal static class GuessablePasswords
{
    /// <summary>Fewer letters than this beside a common word are no addition.</summary>
    private const int LeastOfOnesOwn = 6;

    private const int LeastPersonalLength = 4;
    private const int LeastDistinct = 5;
    private const int LeastWalk = 6;

    private static readonly string[] Common =
    [
        "password", "passwort", "passw0rd", "pasword", "welcome", "letmein", "administrator", "admin", "changeme", "secret", "iloveyou", "monkey", "dragon",
        "football", "baseball", "sunshine", "princess", "master", "superman", "computer", "internet", "company", "spring", "summer", "autumn", "winter",
        "january", "february", "october", "november", "december", "monday", "friday", "himitsu", "sakura", "nihon", "arigatou", "konnichiwa", "test", "user", "login", "mail",
    ];

    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp"];

    public static bool Contains(string password, IEnumerable<string> personal)
    {
        var plain = Unleet(password.ToLowerInvariant());
        return plain.Distinct().Count() < LeastDistinct || LeftOfOnesOwn(password.ToLowerInvariant(), plain, personal) < LeastOfOnesOwn;
    }

    // What is left of the password once common words, the person's own and walks over the keyboard are taken out.
    private static int LeftOfOnesOwn(string raw, string plain, IEnumerable<string> personal)
    {
        var words = personal.SelectMany(word => word.ToLowerInvariant().Split([' ', '@', '.', '-', '_', '　'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length >= LeastPersonalLength).Concat(Common).OrderByDescending(word => word.Length);
        var covered = new bool[raw.Length];
        foreach (var word in words)
        {
            Cover(plain, word, covered);
            Cover(raw, word, covered);
        }

        Walks(raw, covered);
        Repeats(raw, covered);
        // Digits and signs around a word are the first thing that is varied: only letters count.
        return covered.AsSpan().Contains(true) ? raw.Where((c, i) => !covered[i] && char.IsLetter(c)).Count() : raw.Length;
    }

    private static void Cover(string text, string word, bool[] covered)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            covered.AsSpan(at, word.Length).Fill(true);
    }

    private static void Walks(string text, bool[] covered)
    {
        foreach (var row in Rows.SelectMany(row => new[] { row + row, Reversed(row + row) }))
            for (var at = 0; at + LeastWalk <= text.Length; at++)
            {
                var length = LeastWalk;
                if (!row.Contains(text[at..(at + length)], StringComparison.Ordinal))
                    continue;
                while (at + length < text.Length && row.Contains(text[at..(at + length + 1)], StringComparison.Ordinal))
                    length++;
                covered.AsSpan(at, length).Fill(true);
            }
    }

    // abcabcabcabc: a part of up to four characters three times in a row.
    private static void Repeats(string text, bool[] covered)
    {
        for (var size = 1; size <= 4; size++)
            for (var at = 0; at + (3 * size) <= text.Length; at++)
            {
                var length = size;
                while (at + length < text.Length && text[at + length] == text[at + length - size])
                    length++;
                if (length >= 3 * size)
                    covered.AsSpan(at, length).Fill(true);
            }
    }

    private static string Reversed(string text) => new([.. text.Reverse()]);

    private static string Unleet(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', '!' => 'i', _ => c });
        return plain.ToString();
    }
}
