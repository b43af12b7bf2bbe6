using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.Basic;

internal enum BasicTokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    Line,
    Colon,
    End,
}

/// <param name="Text">Names and symbols as written; the content of texts.</param>
internal readonly record struct BasicToken(BasicTokenKind Kind, string Text, object? Value, bool AfterBlank);

/// <summary>Words of VBA ([MS-VBAL] 3.3) and VBScript. A blank and an underscore at the end of a line join it to the next.</summary>
internal sealed class BasicLexer(string source)
{
    private const int MaxTokens = 600_000;

    private int _at;

    public List<BasicToken> Read()
    {
        List<BasicToken> tokens = [];
        while (_at < source.Length && tokens.Count < MaxTokens)
        {
            var blank = SkipBlanks();
            if (_at >= source.Length)
                break;
            var c = source[_at];
            if (c is '\r' or '\n')
            {
                _at++;
                tokens.Add(new BasicToken(BasicTokenKind.Line, "", null, blank));
            }
            else if (c == '\'' || IsRemark(tokens))
            {
                PassLine();
            }
            else if (c == '#' && (tokens.Count == 0 || tokens[^1].Kind == BasicTokenKind.Line))
            {
                // Conditional compilation: both ways are read.
                PassLine();
            }
            else if (c == '"' || c is '\u201c' or '\u201d')
            {
                tokens.Add(new BasicToken(BasicTokenKind.Text, "", Quoted(), blank));
            }
            else if (char.IsAsciiDigit(c) || c == '.' && char.IsAsciiDigit(Ahead()) || c == '&' && Ahead() is 'H' or 'h' or 'O' or 'o' && IsRadix(tokens))
            {
                tokens.Add(new BasicToken(BasicTokenKind.Number, "", Number(), blank));
            }
            else if (char.IsLetter(c) || c == '_' || c == '[')
            {
                tokens.Add(new BasicToken(BasicTokenKind.Name, Name(), null, blank));
            }
            else if (c == '#' && source.IndexOf('#', _at + 1) is > 0 and var end && end - _at < 40 && source.AsSpan(_at + 1, end - _at - 1).IndexOfAny('\r', '\n') < 0 && char.IsAsciiDigit(Ahead()))
            {
                tokens.Add(new BasicToken(BasicTokenKind.Text, "", source[(_at + 1)..end], blank));
                _at = end + 1;
            }
            else
            {
                tokens.Add(Symbol(blank));
            }
        }

        tokens.Add(new BasicToken(BasicTokenKind.Line, "", null, false));
        tokens.Add(new BasicToken(BasicTokenKind.End, "", null, false));
        return tokens;
    }

    private char Ahead() => _at + 1 < source.Length ? source[_at + 1] : '\0';

    private bool SkipBlanks()
    {
        var start = _at;
        while (_at < source.Length)
        {
            var c = source[_at];
            if (c is ' ' or '\t' or '\u00a0' or '\f' or '\v' or '\0')
            {
                _at++;
            }
            else if (c == '_' && (_at == 0 || source[_at - 1] is ' ' or '\t') && ContinuesLine(out var next))
            {
                _at = next;
            }
            else
            {
                break;
            }
        }

        return _at > start;
    }

    private bool ContinuesLine(out int next)
    {
        next = _at + 1;
        while (next < source.Length && source[next] is ' ' or '\t')
            next++;
        if (next >= source.Length || source[next] is not ('\r' or '\n'))
            return false;
        next += source[next] == '\r' && next + 1 < source.Length && source[next + 1] == '\n' ? 2 : 1;
        return true;
    }

    private bool IsRemark(List<BasicToken> tokens) =>
        source[_at] is 'R' or 'r' && _at + 3 <= source.Length && source.AsSpan(_at, 3).Equals("rem", StringComparison.OrdinalIgnoreCase) && (_at + 3 == source.Length || !char.IsLetterOrDigit(source[_at + 3]) && source[_at + 3] is not ('_' or '=' or '.' or '('))
        && (tokens.Count == 0 || tokens[^1].Kind is BasicTokenKind.Line or BasicTokenKind.Colon);

    private void PassLine()
    {
        while (_at < source.Length && source[_at] is not ('\r' or '\n'))
        {
            if (source[_at] == '_' && source[_at - 1] is ' ' or '\t' && ContinuesLine(out var next))
                _at = next;
            else
                _at++;
        }
    }

    private string Quoted()
    {
        var made = new StringBuilder();
        for (_at++; _at < source.Length && source[_at] is not ('\r' or '\n'); _at++)
        {
            if (source[_at] is '"' or '\u201c' or '\u201d')
            {
                if (Ahead() != '"' || source[_at] != '"')
                {
                    _at++;
                    break;
                }

                _at++;
            }

            made.Append(source[_at]);
        }

        return made.ToString();
    }

    // After a value & is the operator: a&h is a joined to h.
    private bool IsRadix(List<BasicToken> tokens)
    {
        var first = _at + 2 < source.Length ? source[_at + 2] : '\0';
        if (!char.IsAsciiHexDigit(first))
            return false;
        return tokens.Count == 0 || tokens[^1] is { Kind: BasicTokenKind.Symbol, Text: not ")" } or { Kind: BasicTokenKind.Line or BasicTokenKind.Colon } || tokens[^1].Kind == BasicTokenKind.Name && (_at > 0 && source[_at - 1] is ' ' or '\t') && BasicWords.EndsOperand(tokens[^1].Text);
    }

    private object Number()
    {
        var start = _at;
        if (source[_at] == '&')
        {
            var radix = source[_at + 1] is 'H' or 'h' ? 16 : 8;
            _at += 2;
            while (_at < source.Length && char.IsAsciiHexDigit(source[_at]))
                _at++;
            var digits = source[(start + 2).._at];
            if (_at < source.Length && source[_at] is '&' or '%' or '^')
                _at++;
            long value = 0;
            foreach (var digit in digits.AsSpan(Math.Max(0, digits.Length - 16)))
                value = unchecked((value * radix) + Convert.ToInt32(digit.ToString(), 16));
            return digits.Length <= 4 && radix == 16 ? (long)(short)value : digits.Length <= 8 && radix == 16 ? (int)value : value;
        }

        while (_at < source.Length && (char.IsAsciiDigit(source[_at]) || source[_at] == '.'))
            _at++;
        if (_at < source.Length && source[_at] is 'e' or 'E' or 'd' or 'D' && (char.IsAsciiDigit(Ahead()) || Ahead() is '+' or '-'))
        {
            _at += 2;
            while (_at < source.Length && char.IsAsciiDigit(source[_at]))
                _at++;
        }

        var text = source[start.._at].Replace('d', 'e').Replace('D', 'e');
        if (_at < source.Length && source[_at] is '%' or '!' or '@' or '#' || _at < source.Length && source[_at] == '&' && !char.IsLetter(Ahead()) && Ahead() is not ('"' or ' '))
            _at++;
        return long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole : double.TryParse(text, CultureInfo.InvariantCulture, out var real) ? real : 0L;
    }

    private string Name()
    {
        if (source[_at] == '[')
        {
            var end = source.AsSpan(_at, Math.Min(250, source.Length - _at)).IndexOf(']');
            if (end > 0)
            {
                var quoted = source[(_at + 1)..(_at + end)];
                _at += end + 1;
                return quoted;
            }

            _at++;
            return "[";
        }

        var start = _at;
        while (_at < source.Length && (char.IsLetterOrDigit(source[_at]) || source[_at] == '_'))
            _at++;
        var name = source[start.._at];
        // A sign at its end tells the type.
        if (_at < source.Length && source[_at] is '$' or '%' or '!' or '#' or '@' && !(source[_at] == '!' && char.IsLetter(Ahead())))
            _at++;
        return name;
    }

    private BasicToken Symbol(bool blank)
    {
        var c = source[_at];
        if (c == ':' && Ahead() != '=')
        {
            _at++;
            return new BasicToken(BasicTokenKind.Colon, ":", null, blank);
        }

        foreach (var pair in (ReadOnlySpan<string>)["<>", "<=", ">=", "=<", "=>", ":="])
        {
            if (!source.AsSpan(_at).StartsWith(pair))
                continue;
            _at += 2;
            return new BasicToken(BasicTokenKind.Symbol, pair switch { "=<" => "<=", "=>" => ">=", _ => pair }, null, blank);
        }

        _at++;
        return new BasicToken(BasicTokenKind.Symbol, c.ToString(), null, blank);
    }
}
