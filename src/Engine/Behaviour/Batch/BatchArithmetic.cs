using System.Globalization;

namespace Platform.Engine.Behaviour.Batch;

/// <summary>Expressions of <c>set /a</c>: 32-bit numbers, names of variables without signs, operators of C.</summary>
internal sealed class BatchArithmetic(string text, BatchVariables variables)
{
    private const int MaxDepth = 32;

    private static readonly string[][] Levels = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];

    private int _at;
    private int _depth;

    public int Value() => Level(0);

    private int Level(int level)
    {
        if (level == Levels.Length)
            return Term();
        var value = Level(level + 1);
        while (Take(Levels[level]) is { } oper)
        {
            var right = Level(level + 1);
            value = oper switch
            {
                "|" => value | right,
                "^" => value ^ right,
                "&" => value & right,
                "<<" => value << (right & 31),
                ">>" => value >> (right & 31),
                "+" => unchecked(value + right),
                "-" => unchecked(value - right),
                "*" => unchecked(value * right),
                "/" => right == 0 ? 0 : unchecked((int)((long)value / right)),
                _ => right is 0 or -1 ? 0 : value % right,
            };
        }

        return value;
    }

    private string? Take(string[] operators)
    {
        Skip();
        foreach (var oper in operators)
        {
            if (!text.AsSpan(_at).StartsWith(oper))
                continue;
            _at += oper.Length;
            return oper;
        }

        return null;
    }

    private int Term()
    {
        Skip();
        if (_at >= text.Length || _depth >= MaxDepth)
            return 0;
        var c = text[_at];
        _depth++;
        try
        {
            switch (c)
            {
                case '(':
                    _at++;
                    var inner = Level(0);
                    Skip();
                    if (_at < text.Length && text[_at] == ')')
                        _at++;
                    return inner;
                case '-':
                    _at++;
                    return unchecked(-Term());
                case '~':
                    _at++;
                    return ~Term();
                case '+':
                    _at++;
                    return Term();
            }
        }
        finally
        {
            _depth--;
        }

        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '#' or '$' or '.'))
            _at++;
        if (_at == start)
        {
            _at++;
            return 0;
        }

        var word = text[start.._at];
        return char.IsAsciiDigit(word[0]) ? Number(word) : Number(variables.Get(word) ?? "0");
    }

    private static int Number(string word)
    {
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return int.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : 0;
        return int.TryParse(word.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '"' or '!')
            _at++;
    }
}
