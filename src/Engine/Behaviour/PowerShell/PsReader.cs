using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>The characters of a script and the small words in them. PowerShell reads operators and commands by different rules, so that there is no list of tokens.</summary>
internal sealed class PsReader(string text)
{
    public int At { get; set; }

    public string Text => text;

    public bool Ended => At >= text.Length;

    public char Current => At < text.Length ? text[At] : '\0';

    public char Ahead(int count = 1) => At + count < text.Length ? text[At + count] : '\0';

    /// <summary>Blanks, comments, and ends of line after a backtick.</summary>
    public void SkipBlanks()
    {
        while (At < text.Length)
        {
            var c = text[At];
            if (c is ' ' or '\t' or '\u00a0' or '\f' or '\v')
                At++;
            else if (c == '`' && Ahead() is '\r' or '\n')
                At += Ahead() == '\r' && Ahead(2) == '\n' ? 3 : 2;
            else if (c == '<' && Ahead() == '#')
                At = text.IndexOf("#>", At, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length;
            else if (c == '#' && (At == 0 || text[At - 1] is ' ' or '\t' or '\n' or ';' or '(' or '{' or ')' or '}' or '|'))
                At = text.IndexOf('\n', At) is >= 0 and var line ? line : text.Length;
            else
                return;
        }
    }

    /// <summary>Blanks and ends of line, and semicolons too where statements follow.</summary>
    public void SkipLines(bool semicolons = false)
    {
        while (true)
        {
            SkipBlanks();
            if (Current is '\r' or '\n' || semicolons && Current == ';')
                At++;
            else
                return;
        }
    }

    public bool Take(char c)
    {
        SkipBlanks();
        if (Current != c)
            return false;
        At++;
        return true;
    }

    public bool Take(string words)
    {
        if (!text.AsSpan(At).StartsWith(words, StringComparison.OrdinalIgnoreCase))
            return false;
        At += words.Length;
        return true;
    }

    /// <summary>A word of letters, if it stands here whole; lower-case. Backticks within are passed over.</summary>
    public string PeekWord()
    {
        var word = new StringBuilder();
        for (var at = At; at < text.Length && word.Length < 40; at++)
        {
            var c = text[at];
            if (c == '`' && at + 1 < text.Length && char.IsAsciiLetter(text[at + 1]))
                continue;
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                break;
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }

    public void PassWord(int letters)
    {
        while (letters > 0 && At < text.Length)
        {
            if (text[At] != '`')
                letters--;
            At++;
        }
    }

    public static bool IsDash(char c) => c is '-' or '\u2013' or '\u2014' or '\u2015';

    public static bool IsSingleQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';

    public static bool IsDoubleQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e';

    public static char Escaped(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        'e' => '\u001b',
        _ => c,
    };
}
