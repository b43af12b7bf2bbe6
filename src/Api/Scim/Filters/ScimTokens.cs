using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Api.Scim.Filters;

/// <summary>The words and values of a filter, one after the other.</summary>
internal sealed class ScimTokens(string text)
{
    private static readonly SearchValues<char> BehindNames = SearchValues.Create(" []()\"");

    private readonly string _text = text;
    private int _at;

    /// <summary>Where it stands, in characters from 0.</summary>
    public int Position => Math.Min(_at, _text.Length);

    public bool IsAtEnd => _at >= _text.Length;

    public bool IsAtDot => _at < _text.Length && _text[_at] == '.';

    /// <summary>Goes back to where it stood.</summary>
    public void Return(int position) => _at = position;

    /// <summary>Behind a dot.</summary>
    public string Sub()
    {
        _at++;
        return Name();
    }

    /// <summary>Up to its last colon; a URN has dots and digits of its own.</summary>
    public string? Schema()
    {
        if (string.Compare(_text, _at, "urn:", 0, 4, StringComparison.OrdinalIgnoreCase) != 0)
            return null;
        var end = _text.AsSpan(_at).IndexOfAny(BehindNames);
        var whole = end < 0 ? _text.AsSpan(_at) : _text.AsSpan(_at, end);
        var colon = whole.LastIndexOf(':');
        var schema = whole[..colon].ToString();
        _at += colon + 1;
        return schema;
    }

    public string Name()
    {
        var start = _at;
        if (_at < _text.Length && _text[_at] == '$')
            _at++;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || (_at > start && _text[_at] is '-' or '_')))
            _at++;
        return _at > start ? _text[start.._at] : throw Fault("a name is expected");
    }

    public object? Value()
    {
        Blanks();
        if (_at >= _text.Length)
            throw Fault("a value is expected");
        if (_text[_at] == '"')
            return Text();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '-' or '+'))
            _at++;
        var word = _text[start.._at];
        return word switch
        {
            _ when word.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            _ when word.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ when word.Equals("null", StringComparison.OrdinalIgnoreCase) => null,
            _ => decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Fault("a value is a text in quotation marks, a number, true, false or null"),
        };
    }

    /// <summary>A JSON string (RFC 8259, 7).</summary>
    private string Text()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
            text.Append(_text[_at] == '\\' ? Escaped() : _text[_at]);
        if (_at >= _text.Length)
            throw Fault("the quotation mark that ends the text is missing");
        _at++;
        var whole = text.ToString();
        // No attribute holds such a thing, and no database takes all of them.
        return whole.Any(char.IsControl) || whole.EnumerateRunes().Contains(Rune.ReplacementChar) ? throw Fault("a text has no control characters and no halves of characters") : whole;
    }

    private char Escaped()
    {
        if (++_at >= _text.Length)
            throw Fault("the escape is not whole");
        switch (_text[_at])
        {
            case '"' or '\\' or '/':
                return _text[_at];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 < _text.Length && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Fault("no such escape");
        }
    }

    /// <summary>A word of the grammar, with a boundary behind it; blanks before it are passed over.</summary>
    public bool Word(string word)
    {
        Blanks();
        if (string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0)
            return false;
        var behind = _at + word.Length;
        if (behind < _text.Length && _text[behind] is not (' ' or '('))
            return false;
        _at = behind;
        return true;
    }

    public bool Sign(char sign)
    {
        var at = _at;
        if (sign != '[')
            Blanks();
        if (_at < _text.Length && _text[_at] == sign)
        {
            _at++;
            return true;
        }

        _at = at;
        return false;
    }

    public void Blanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    public static FormatException Fault(string reason) => new(reason);
}
