using System.Text;

namespace Platform.Engine.Authentication.Author;

/// <summary>
/// Splits an unfolded From value into tokens (RFC 5322, 3.2). One pass. What is opened and never closed was a plain character,
/// and what follows it is still syntax: so that nothing can be hidden behind it.
/// </summary>
internal sealed class FromLexer
{
    private const string Marks = "<>,;:@)]";

    private readonly string _text;
    private readonly HashSet<string> _oddities;
    private readonly List<FromToken> _tokens = [];
    private int _position;
    private bool _space;
    private bool _quotesNeverClose;
    private bool _commentsNeverClose;
    private bool _literalsNeverClose;

    private FromLexer(string text, HashSet<string> oddities)
    {
        _text = text;
        _oddities = oddities;
    }

    public static List<FromToken> Split(string text, HashSet<string> oddities)
    {
        var lexer = new FromLexer(text, oddities);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsWhiteSpace(c))
            {
                _space = true;
                _position++;
            }
            else if (c == '"')
            {
                Enclosed(FromTokenKind.Quoted, ref _quotesNeverClose);
            }
            else if (c == '(')
            {
                Enclosed(FromTokenKind.Comment, ref _commentsNeverClose);
                _space = true;
            }
            else if (c == '[')
            {
                Enclosed(FromTokenKind.Literal, ref _literalsNeverClose);
            }
            else if (c == '\\')
            {
                _oddities.Add(FromOddity.StrayBackslash);
                _position++;
            }
            else if (Marks.Contains(c, StringComparison.Ordinal))
            {
                Add(FromTokenKind.Mark, c.ToString());
                _position++;
            }
            else
            {
                Atom();
            }
        }
    }

    private void Atom()
    {
        var start = _position;
        while (_position < _text.Length && !char.IsWhiteSpace(_text[_position]) && _text[_position] is not ('"' or '(' or '[' or '\\') && !Marks.Contains(_text[_position], StringComparison.Ordinal))
            _position++;
        Add(FromTokenKind.Atom, _text[start.._position]);
    }

    private void Enclosed(FromTokenKind kind, ref bool neverCloses)
    {
        if (!neverCloses && TryEnclosed(kind, out var content, out var end))
        {
            Add(kind, content);
            _position = end;
            return;
        }

        neverCloses = true;
        _oddities.Add(FromOddity.Unclosed);
        _position++;
    }

    private bool TryEnclosed(FromTokenKind kind, out string content, out int end)
    {
        var (open, close) = kind switch
        {
            FromTokenKind.Quoted => ('\0', '"'),
            FromTokenKind.Comment => ('(', ')'),
            _ => ('\0', ']'),
        };
        var value = new StringBuilder();
        var depth = 1;
        for (end = _position + 1; end < _text.Length; end++)
        {
            var c = _text[end];
            if (c == '\\' && end + 1 < _text.Length)
            {
                c = _text[++end];
            }
            else if (c == close && --depth == 0)
            {
                end++;
                content = kind == FromTokenKind.Literal ? $"[{value}]" : value.ToString();
                return true;
            }
            else if (open != '\0' && c == open)
            {
                depth++;
            }

            value.Append(c);
        }

        content = "";
        return false;
    }

    private void Add(FromTokenKind kind, string text)
    {
        _tokens.Add(new FromToken(kind, text, _space));
        _space = false;
    }
}
