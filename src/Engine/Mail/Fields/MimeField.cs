using System.Buffers;
using System.Text;

namespace Platform.Engine.Mail.Fields;

internal sealed record MimeParameter(string Name, string Value, bool Quoted);

/// <summary>
/// A structured MIME field, <c>value; name=value; name="value"</c> (RFC 2045, 5.1), with comments (RFC 5322, 3.2.2), and
/// parameters continued, encoded or both (RFC 2231: <c>name*0*=utf-8''...</c>). Values are Latin-1 of the octets.
/// Clients disagree on what is malformed, so every plausible reading of a parameter can be had, best first.
/// </summary>
internal sealed class MimeField
{
    private const int MaxParameters = 200;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\"\\@,:");
    private static readonly SearchValues<char> NotInTokens = SearchValues.Create(" \t\"\\\r\v\f");

    private readonly List<MimeParameter> _parameters = [];
    private readonly List<string> _defects = [];

    private MimeField(string text) => Text = text;

    public string Text { get; }

    /// <summary>What stands before the first semicolon, without comments, lower-case.</summary>
    public string Value { get; private set; } = "";

    public IReadOnlyList<MimeParameter> Parameters => _parameters;

    /// <summary>What is off the grammar, in words; empty for a well-formed field.</summary>
    public IReadOnlyList<string> Defects => _defects;

    /// <summary>True when not all parameters were read.</summary>
    public bool Cut { get; private set; }

    public static MimeField Parse(string text)
    {
        var field = new MimeField(text);
        field.Read();
        return field;
    }

    /// <summary>The parameter as most clients read it, RFC 2231 before plain; null when absent.</summary>
    public string? Parameter(string name)
    {
        var readings = Rfc2231.Readings(this, name);
        return readings.Count > 0 ? readings[0] : null;
    }

    private void Read()
    {
        var position = 0;
        Value = ReadMain(ref position).ToLowerInvariant();
        while (position < Text.Length)
        {
            position++;
            if (_parameters.Count >= MaxParameters)
            {
                Cut = true;
                return;
            }

            ReadParameter(ref position);
        }
    }

    private string ReadMain(ref int position)
    {
        var value = new StringBuilder();
        while (position < Text.Length && Text[position] != ';')
        {
            if (Text[position] == '(')
            {
                if (value.Length > 0 && !char.IsWhiteSpace(value[^1]) && value[^1] != '/' && InsideToken(position))
                    Defect("comment inside the value");
                SkipComment(ref position);
            }
            else if (Text[position] == '"')
            {
                Defect("quoted value");
                value.Append(ReadQuoted(ref position));
            }
            else
            {
                value.Append(Text[position++]);
            }
        }

        var trimmed = value.ToString().Trim();
        if (trimmed.AsSpan().IndexOfAny(" \t\r\v\f") >= 0)
            Defect("white space inside the value");
        return trimmed;
    }

    private bool InsideToken(int open)
    {
        var after = open;
        SkipComment(ref after);
        return after < Text.Length && (char.IsAsciiLetterOrDigit(Text[after]) || Text[after] == '/');
    }

    private void ReadParameter(ref int position)
    {
        var name = new StringBuilder();
        while (position < Text.Length && Text[position] is not ('=' or ';'))
        {
            if (Text[position] == '(')
                SkipComment(ref position);
            else if (Text[position] == '"')
                name.Append('"').Append(ReadQuoted(ref position)).Append('"');
            else
                name.Append(Text[position++]);
        }

        var key = name.ToString();
        var trimmed = key.Trim(' ', '\t', '\r', '\v', '\f');
        if (position >= Text.Length || Text[position] == ';')
        {
            if (trimmed.Length > 0)
                Defect("parameter without a value");
            return;
        }

        if (key.Length > 0 && char.IsWhiteSpace(key[^1]))
            Defect("white space before the equals sign");
        position++;
        if (trimmed.Length == 0 || trimmed.AsSpan().ContainsAny(NotInNames))
            Defect("malformed parameter name");
        var value = ReadValue(ref position, out var quoted);
        _parameters.Add(new MimeParameter(trimmed.Trim('"').ToLowerInvariant(), value, quoted));
    }

    private string ReadValue(ref int position, out bool quoted)
    {
        quoted = false;
        var before = position;
        SkipWhite(ref position);
        if (position > before)
            Defect("white space after the equals sign");
        if (position < Text.Length && Text[position] == '(')
        {
            SkipComment(ref position);
            SkipWhite(ref position);
        }

        if (position < Text.Length && Text[position] == '"')
        {
            quoted = true;
            var text = ReadQuoted(ref position);
            var junk = ReadToken(ref position);
            if (junk.Length > 0)
            {
                Defect("text after a quoted value");
                _parameters.Add(new MimeParameter("", text + junk, true));
            }

            return text;
        }

        var token = ReadToken(ref position);
        if (token.AsSpan().ContainsAny(NotInTokens))
            Defect("unquoted value with special characters");
        return token;
    }

    // To the next semicolon, comments left out, trailing white space trimmed.
    private string ReadToken(ref int position)
    {
        var token = new StringBuilder();
        while (position < Text.Length && Text[position] != ';')
        {
            if (Text[position] == '(')
            {
                if (InsideToken(position) && token.Length > 0)
                    Defect("comment inside a value");
                SkipComment(ref position);
            }
            else if (Text[position] == '\\' && position + 1 < Text.Length && Text[position + 1] is ';' or '"')
            {
                Defect("escape outside quotes");
                token.Append(Text[position + 1]);
                position += 2;
            }
            else
            {
                token.Append(Text[position++]);
            }
        }

        return token.ToString().Trim(' ', '\t', '\r', '\v', '\f');
    }

    private string ReadQuoted(ref int position)
    {
        var value = new StringBuilder();
        position++;
        while (position < Text.Length)
        {
            var c = Text[position++];
            if (c == '"')
                return value.ToString();
            if (c == '\\' && position < Text.Length)
            {
                c = Text[position++];
                if (c is not ('"' or '\\'))
                    Escapes = true;
            }

            value.Append(c);
        }

        Defect("unterminated quote");
        return value.ToString();
    }

    /// <summary>True when a backslash stands before a character that needs none: some clients keep it, as in a path.</summary>
    public bool Escapes { get; private set; }

    private void SkipComment(ref int position)
    {
        var depth = 0;
        while (position < Text.Length)
        {
            var c = Text[position++];
            if (c == '\\')
                position = Math.Min(position + 1, Text.Length);
            else if (c == '(')
                depth++;
            else if (c == ')' && --depth == 0)
                return;
        }

        Defect("unterminated comment");
    }

    private void SkipWhite(ref int position)
    {
        while (position < Text.Length && Text[position] is ' ' or '\t' or '\r' or '\v' or '\f')
            position++;
    }

    private void Defect(string what)
    {
        if (_defects.Count < 8 && !_defects.Contains(what))
            _defects.Add(what);
    }
}
