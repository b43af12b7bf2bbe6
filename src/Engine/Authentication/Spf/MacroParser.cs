using System.Buffers;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Reads macro-strings (RFC 7208, 7.1). Linear in the text.</summary>
internal ref struct MacroParser(ReadOnlySpan<char> text, MacroPlace place)
{
    private const int MaxKeep = 128;

    private static readonly SearchValues<char> Delimiters = SearchValues.Create(".-+,/_=");

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <param name="problem">What is wrong, to follow the name of the term; empty when nothing is.</param>
    public static MacroString? Parse(ReadOnlySpan<char> text, MacroPlace place, out string problem)
    {
        var parser = new MacroParser(text, place);
        return parser.Read(out problem);
    }

    private MacroString? Read(out string problem)
    {
        List<MacroPart> parts = [];
        while (_at < _text.Length)
        {
            if (!TryReadPart(out var part, out problem))
                return null;
            parts.Add(part);
        }

        problem = place == MacroPlace.DomainSpec && !EndsAsDomain(parts) ? "does not name a domain of two labels" : "";
        return problem.Length == 0 ? new MacroString(parts) : null;
    }

    private bool TryReadPart(out MacroPart part, out string problem)
    {
        problem = "";
        if (_text[_at] != '%')
            return TryReadLiteral(out part, out problem);
        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        _at += 2;
        if (next == '{')
            return TryReadMacro(out part, out problem);
        part = new MacroPart(next switch { '%' => "%", '_' => " ", '-' => "%20", _ => "" }, Letter: '%');
        if (part.Literal.Length == 0)
            problem = "has a '%' that begins no macro";
        return part.Literal.Length > 0;
    }

    private bool TryReadLiteral(out MacroPart part, out string problem)
    {
        var rest = _text[_at..];
        var length = rest.IndexOf('%') is var percent and >= 0 ? percent : rest.Length;
        var literal = rest[..length];
        _at += length;
        part = new MacroPart(literal.ToString());
        var isPrintable = !literal.ContainsAnyExceptInRange(place == MacroPlace.Explanation ? ' ' : '!', '~');
        problem = isPrintable ? "" : "holds a character that is not allowed there";
        return isPrintable;
    }

    // After "%{": letter, digits, r, delimiters, "}".
    private bool TryReadMacro(out MacroPart part, out string problem)
    {
        part = default;
        problem = "has a macro that is not well formed";
        if (_at >= _text.Length || !IsAllowed(char.ToLowerInvariant(_text[_at])))
            return false;
        var letter = _text[_at++];
        var digits = _at;
        var keep = 0;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            keep = Math.Min(MaxKeep, (keep * 10) + (_text[_at++] - '0'));
        if (_at > digits && keep == 0)
            return false;
        var isReversed = _at < _text.Length && _text[_at] is 'r' or 'R';
        if (isReversed)
            _at++;
        var delimiters = _text[_at..];
        var length = delimiters.IndexOfAnyExcept(Delimiters);
        if (length < 0 || delimiters[length] != '}')
            return false;
        _at += length + 1;
        part = new MacroPart("", char.ToLowerInvariant(letter), char.IsAsciiLetterUpper(letter), keep, isReversed, delimiters[..length].ToString());
        problem = "";
        return true;
    }

    private readonly bool IsAllowed(char letter) =>
        letter is 's' or 'l' or 'o' or 'd' or 'i' or 'p' or 'h' or 'v'
        || (letter is 'c' or 'r' or 't' && place != MacroPlace.DomainSpec);

    // domain-end: a macro, or "." toplabel ["."].
    private static bool EndsAsDomain(List<MacroPart> parts)
    {
        if (parts.Count == 0)
            return false;
        if (parts[^1].Letter != '\0')
            return true;
        ReadOnlySpan<char> literal = parts[^1].Literal;
        if (literal.EndsWith("."))
            literal = literal[..^1];
        var dot = literal.LastIndexOf('.');
        return dot >= 0 && IsTopLabel(literal[(dot + 1)..]);
    }

    private static bool IsTopLabel(ReadOnlySpan<char> label)
    {
        var hasOtherThanDigit = false;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
            hasOtherThanDigit |= !char.IsAsciiDigit(c);
        }

        return hasOtherThanDigit && label[0] != '-' && label[^1] != '-';
    }
}
