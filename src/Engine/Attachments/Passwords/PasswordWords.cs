using System.Collections;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Passwords;

/// <summary>
/// Words of the mail that may be the password of a file in it, likeliest first, and after them those that are always used. Looked for
/// when a file first asks, since most mails hold nothing that is encrypted.
/// </summary>
internal sealed class PasswordWords(PasswordSources? sources = null) : IReadOnlyList<string>
{
    private const int MostFound = 48;
    private const int LongestNote = 8 * 1024;

    private static readonly string[] Usual =
        ["infected", "1234", "12345", "123456", "password", "123", "0000", "1111", "12345678", "123456789", "virus", "malware", "abc123", "4321", "777", "admin"];

    private readonly List<string> _notes = [];
    private int _learnt;
    private IReadOnlyList<string>? _words;

    public int Count => Words.Count;

    private IReadOnlyList<string> Words => _words ??= Find();

    public string this[int index] => Words[index];

    /// <summary>A small text found in a file of the mail.</summary>
    public void LearnFrom(ReadOnlySpan<byte> content)
    {
        const int mostNotes = 20;
        if (content.IsEmpty || content.Length > LongestNote || _learnt >= mostNotes || !TextTypes.IsText(content))
            return;
        _learnt++;
        _notes.Add(Charsets.Guess(content));
        _words = null;
    }

    public IEnumerator<string> GetEnumerator() => Words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<string> Find()
    {
        var found = new PasswordFinder();
        foreach (var note in _notes)
            found.Read(note, isNote: true);
        sources?.ReadInto(found);
        List<string> words = [.. found.Likeliest.Take(MostFound)];
        words.AddRange(Usual.Except(words, StringComparer.Ordinal));
        return words;
    }
}
