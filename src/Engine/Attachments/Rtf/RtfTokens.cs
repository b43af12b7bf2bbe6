using System.Text;

namespace Platform.Engine.Attachments.Rtf;

internal enum RtfTokenKind
{
    Open,
    Close,

    /// <summary>A control word with its number.</summary>
    Word,

    /// <summary>A control symbol, among them <c>\*</c>.</summary>
    Symbol,

    /// <summary>An octet by its two hexadecimal digits.</summary>
    Octet,

    /// <summary>Raw octets announced by <c>\bin</c>.</summary>
    Binary,
    Text,
    End,
}

/// <summary>Cuts RTF into tokens (RTF 1.9.1, "Conventions of an RTF Reader"). Never fails: what is no token is text.</summary>
internal ref struct RtfTokens(ReadOnlySpan<byte> content)
{
    private const int LongestWord = 255;

    private readonly ReadOnlySpan<byte> _content = content;
    private int _at;

    public RtfTokenKind Kind { get; private set; }

    /// <summary>Name of a word, or the one character of a symbol.</summary>
    public string Name { get; private set; } = "";

    public int? Number { get; private set; }

    public ReadOnlySpan<byte> Octets { get; private set; }

    public RtfTokenKind Next()
    {
        Kind = Read();
        return Kind;
    }

    private RtfTokenKind Read()
    {
        if (_at >= _content.Length)
            return RtfTokenKind.End;
        switch (_content[_at])
        {
            case (byte)'{':
                _at++;
                return RtfTokenKind.Open;
            case (byte)'}':
                _at++;
                return RtfTokenKind.Close;
            case (byte)'\\':
                _at++;
                return Control();
            default:
                var length = _content[_at..].IndexOfAny((byte)'{', (byte)'}', (byte)'\\');
                length = length < 0 ? _content.Length - _at : length;
                Octets = _content.Slice(_at, length);
                _at += length;
                return RtfTokenKind.Text;
        }
    }

    private RtfTokenKind Control()
    {
        if (_at >= _content.Length)
            return RtfTokenKind.End;
        if (!char.IsAsciiLetter((char)_content[_at]))
            return Symbol();
        var start = _at;
        while (_at < _content.Length && _at - start < LongestWord && char.IsAsciiLetter((char)_content[_at]))
            _at++;
        Name = Encoding.ASCII.GetString(_content[start.._at]);
        Number = Digits();
        if (_at < _content.Length && _content[_at] == ' ')
            _at++;
        if (Name != "bin" || Number is not > 0)
            return RtfTokenKind.Word;
        Octets = _content.Slice(_at, Math.Min(Number.Value, _content.Length - _at));
        _at += Octets.Length;
        return RtfTokenKind.Binary;
    }

    private RtfTokenKind Symbol()
    {
        var symbol = (char)_content[_at++];
        if (symbol == '\'' && _at + 2 <= _content.Length && char.IsAsciiHexDigit((char)_content[_at]) && char.IsAsciiHexDigit((char)_content[_at + 1]))
        {
            Octets = _content.Slice(_at, 2);
            _at += 2;
            return RtfTokenKind.Octet;
        }

        Name = symbol.ToString();
        return RtfTokenKind.Symbol;
    }

    private int? Digits()
    {
        var start = _at;
        if (_at < _content.Length && _content[_at] == '-')
            _at++;
        var digits = _at;
        long number = 0;
        while (_at < _content.Length && char.IsAsciiDigit((char)_content[_at]) && _at - digits < 10)
            number = (number * 10) + _content[_at++] - '0';
        if (_at == digits)
        {
            _at = start;
            return null;
        }

        return (int)Math.Clamp(start == digits ? number : -number, int.MinValue, int.MaxValue);
    }
}
