using System.Text;

namespace Platform.Engine.Attachments.Passwords;

/// <summary>
/// Finds words that may be passwords in text. Who sends an encrypted file and its password together writes it for people: behind a word for
/// password, on the next line, on a line of its own, in a note of its own, or in the name of the file.
/// </summary>
internal sealed class PasswordFinder
{
    private const int LongestText = 64 * 1024, LongestLine = 400, MostLines = 2_000;
    private const int Shortest = 3, Longest = 64;
    private const int MostEach = 60;

    // Words for password, longer before shorter.
    private static readonly string[] Names =
    [
        "password", "passwort", "passwords", "passphrase", "passcode", "pass code", "pass-code", "passwd", "pass word", "pwd", "p/w", "pw", "pass", "pin code", "pin", "psw", "access code", "code",
        "パスワード", "パスコード", "パスフレーズ", "暗証番号", "合言葉", "解凍キー", "開封キー", "解凍用", "パス",
        "비밀번호", "패스워드", "비번", "암호", "압축번호", "密码", "密碼", "口令", "解压码", "暗号",
        "contraseña", "contrasena", "clave", "mot de passe", "mdp", "kennwort", "passwort", "senha", "palavra-passe", "wachtwoord", "parola", "hasło", "haslo", "пароль", "şifre", "mật khẩu", "heslo", "jelszó", "lösenord", "salasana", "adgangskode", "lozinka", "κωδικός",
    ];

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "is", "the", "for", "file", "files", "zip", "rar", "7z", "pdf", "attached", "attachment", "to", "open", "below", "following", "and", "your", "with", "this", "that", "archive", "document", "documents", "extract", "unzip",
        "access", "use", "please", "are", "will", "has", "est", "ist", "lautet", "para", "del", "der", "die", "das", "les", "des", "code", "password", "protected", "word", "here", "enter", "sent", "not", "can", "you", "from", "view", "info", "of", "in", "it", "as", "be",
    };

    private readonly List<string> _named = [];
    private readonly List<string> _near = [];
    private readonly List<string> _alone = [];
    private readonly List<string> _habits = [];

    /// <summary>Each once.</summary>
    public IEnumerable<string> Likeliest => Interleaved().Distinct(StringComparer.Ordinal);

    /// <param name="isNote">A short text of its own, every word of which may be meant.</param>
    public void Read(string text, bool isNote = false)
    {
        if (text.Length == 0)
            return;
        text = text.Length > LongestText ? text[..LongestText] : text;
        var lines = Normal(text).Split('\n', MostLines);
        for (var index = 0; index < lines.Length; index++)
        {
            var line = (lines[index].Length > LongestLine ? lines[index][..LongestLine] : lines[index]).Trim();
            if (line.Length == 0)
                continue;
            ReadLine(line, () => lines.Skip(index + 1).Take(6).Select(next => next.Trim()).Where(next => next.Length is > 0 and <= LongestLine).Take(2));
            if (IsWord(line) || (isNote && line.Length is >= Shortest and <= Longest))
                Add(_alone, line);
            if (isNote)
                foreach (var word in Words(line))
                    Add(_near, word);
        }
    }

    /// <summary>A file name: words with digits in it.</summary>
    public void ReadName(string name)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        ReadLine(stem.Replace('_', ' '), () => []);
        foreach (var word in stem.Split([' ', '_', '-', '.', '(', ')', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            if (word.Any(char.IsAsciiDigit))
                Add(_habits, word);
    }

    /// <summary>What people take for a password without saying it.</summary>
    public void Habit(string word) => Add(_habits, word);

    private void ReadLine(string line, Func<IEnumerable<string>> following)
    {
        foreach (var name in Names)
        {
            var at = IndexOfName(line, name);
            if (at < 0)
                continue;
            var behind = line[(at + name.Length)..];
            var words = Words(behind).ToList();
            // "Password: 1 2 3" and phrases are meant as they stand.
            var whole = behind.TrimStart(' ', ':', '=', '-', '>', '→', 'は', '는', '은', '\t').TrimEnd();
            foreach (var word in Quoted(behind).Concat(words))
                Add(_named, word);
            if (words.Count != 1 && whole.Length is >= Shortest and <= Longest)
                Add(_near, whole);
            if (words.Count == 0)
            {
                foreach (var next in following())
                {
                    foreach (var word in Words(next))
                        Add(_named, word);
                    if (next.Length is >= Shortest and <= Longest)
                        Add(_named, next);
                }
            }

            foreach (var word in Words(line[..at]).Reverse())
                if (word.Any(char.IsAsciiDigit))
                    Add(_near, word);
            return;
        }
    }

    // A short Latin name counts only as a word of its own.
    private static int IndexOfName(string line, string name)
    {
        for (var from = 0; line.IndexOf(name, from, StringComparison.OrdinalIgnoreCase) is var at and >= 0; from = at + 1)
        {
            var end = at + name.Length;
            if (!char.IsAsciiLetter(name[0]) || ((at == 0 || !char.IsAsciiLetterOrDigit(line[at - 1])) && (end == line.Length || !char.IsAsciiLetter(line[end]))))
                return at;
        }

        return -1;
    }

    /// <summary>Runs of printable ASCII, and words of other scripts between spaces, without quotes and closing marks.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] is > ' ' and < '\u007f')
                continue;
            if (index - start >= Shortest)
                foreach (var word in Trimmed(text[start..index]))
                    yield return word;
            start = index + 1;
        }

        foreach (var word in text.Split([' ', '\t', ':', '「', '」', '『', '』', '【', '】', '"', '«', '»', '“', '”'], StringSplitOptions.RemoveEmptyEntries))
            if (word.Any(character => character > 127) && word.TrimEnd('.', ',', '。', '、') is { Length: >= Shortest and <= 24 } other)
                yield return other;
    }

    // What stands between quotes is meant with its spaces.
    private static IEnumerable<string> Quoted(string text)
    {
        foreach (var pair in (string[])["\"\"", "''", "「」", "『』", "【】", "“”", "«»", "[]", "()", "<>", "``"])
        {
            var open = text.IndexOf(pair[0], StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf(pair[1], open + 1);
            if (close - open - 1 is >= Shortest and <= Longest)
                yield return text[(open + 1)..close];
        }
    }

    private static IEnumerable<string> Trimmed(string run)
    {
        const string marks = "\"'`()[]{}<>*_:;,.!?=|-~";
        var bare = run.Trim([.. marks]);
        if (bare.Length >= Shortest && !Fillers.Contains(bare))
            yield return bare;
        // The marks may be part of it.
        var opened = run.TrimStart(':', '=', '-', '>', '"', '\'', '(', '[', '<', '*');
        var closed = opened.TrimEnd('"', '\'', ')', ']', '>', '*');
        if (closed.Length >= Shortest && closed != bare && !Fillers.Contains(bare))
        {
            yield return closed;
            if (closed.TrimEnd('.', ',', ';') is var ended && ended != closed && ended != bare && ended.Length >= Shortest)
                yield return ended;
            if (opened != closed)
                yield return opened;
        }

        var split = run.AsSpan().LastIndexOfAny(':', '=');
        if (split > 0 && run.Length - split - 1 >= Shortest && run[(split + 1)..] != bare)
            yield return run[(split + 1)..].TrimEnd('.', ',', ';', ')', '"');
    }

    private static bool IsWord(string line) =>
        line.Length is >= Shortest and <= Longest && line.All(character => character is > ' ' and < '\u007f') && line.Any(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character)) && !line.Contains("://", StringComparison.Ordinal) && !line.Contains('@', StringComparison.Ordinal);

    private static void Add(List<string> words, string word)
    {
        if (words.Count < MostEach && word.Length is >= Shortest and <= Longest && !words.Contains(word))
            words.Add(word);
    }

    // The first named ones, then some of each kind, so that many of one do not push out the others.
    private IEnumerable<string> Interleaved()
    {
        const int first = 12, share = 8;
        return _named.Take(first).Concat(_alone.Take(share)).Concat(_near.Take(share)).Concat(_habits.Take(share)).Concat(_named.Skip(first)).Concat(_alone.Skip(share)).Concat(_near.Skip(share)).Concat(_habits.Skip(share));
    }

    // Throws on half a surrogate pair, which text of a mail may have.
    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
