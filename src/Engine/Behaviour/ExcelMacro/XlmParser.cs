using System.Globalization;
using System.Text;

namespace Platform.Engine.Behaviour.ExcelMacro;

internal abstract record XlmNode;

internal sealed record XlmConstant(object? Value) : XlmNode;

/// <param name="Text">An address or a defined name, as written.</param>
internal sealed record XlmReference(string Text) : XlmNode;

/// <param name="Name">Upper-case.</param>
internal sealed record XlmCall(string Name, IReadOnlyList<XlmNode?> Arguments) : XlmNode;

internal sealed record XlmUnary(char Operator, XlmNode Operand) : XlmNode;

internal sealed record XlmChain(XlmNode First, IReadOnlyList<(string Operator, XlmNode Operand)> Others) : XlmNode;

/// <summary>Formulas: comparison, <c>&amp;</c>, sum, product, power, minus, percent. Depth is bounded; null when a formula cannot be read.</summary>
internal sealed class XlmParser(string text, Func<bool> step)
{
    private const int MaxDepth = 60;

    private static readonly string[][] Levels = [["=", "<>", "<=", ">=", "<", ">"], ["&"], ["+", "-"], ["*", "/"], ["^"]];

    private int _at;
    private int _depth;

    public XlmNode? Parse() => Level(0);

    private XlmNode? Level(int level)
    {
        if (level == Levels.Length)
            return Unary();
        if (Level(level + 1) is not { } first)
            return null;
        List<(string, XlmNode)>? others = null;
        while (Operator(Levels[level]) is { } oper && step())
            if (Level(level + 1) is { } operand)
                (others ??= []).Add((oper, operand));
            else
                break;
        return others is null ? first : new XlmChain(first, others);
    }

    private string? Operator(string[] operators)
    {
        Skip();
        foreach (var oper in operators)
        {
            if (!text.AsSpan(_at).StartsWith(oper) || oper is "<" or ">" && _at + 1 < text.Length && text[_at + 1] is '=' or '>')
                continue;
            _at += oper.Length;
            return oper;
        }

        return null;
    }

    private XlmNode? Unary()
    {
        Skip();
        if (_at >= text.Length || _depth >= MaxDepth)
            return null;
        _depth++;
        try
        {
            if (text[_at] is '-' or '+')
            {
                var sign = text[_at++];
                return Unary() is { } operand ? new XlmUnary(sign, operand) : null;
            }

            var node = Primary();
            while (node is not null && _at < text.Length && text[_at] == '%')
            {
                _at++;
                node = new XlmUnary('%', node);
            }

            return node;
        }
        finally
        {
            _depth--;
        }
    }

    private XlmNode? Primary()
    {
        var c = text[_at];
        if (c == '"')
            return new XlmConstant(Quoted());
        if (c == '(')
        {
            _at++;
            var inner = Level(0);
            Skip();
            if (_at < text.Length && text[_at] == ')')
                _at++;
            return inner;
        }

        if (c == '{')
        {
            var end = text.IndexOf('}', _at);
            var list = end < 0 ? "" : text[(_at + 1)..end];
            _at = end < 0 ? text.Length : end + 1;
            return new XlmConstant(list.Split(',', ';')[0].Trim('"'));
        }

        if (char.IsAsciiDigit(c) || c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
            return Number();
        return Word();
    }

    private XlmConstant Number()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
            _at++;
        if (_at + 1 < text.Length && text[_at] is 'E' or 'e' && (char.IsAsciiDigit(text[_at + 1]) || text[_at + 1] is '+' or '-'))
        {
            _at += 2;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
                _at++;
        }

        return new XlmConstant(double.TryParse(text[start.._at], CultureInfo.InvariantCulture, out var number) ? number : 0d);
    }

    private string Quoted()
    {
        var made = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '"')
            {
                if (_at + 1 >= text.Length || text[_at + 1] != '"')
                {
                    _at++;
                    break;
                }

                _at++;
            }

            made.Append(text[_at]);
        }

        return made.ToString();
    }

    private XlmNode? Word()
    {
        var start = _at;
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '\'')
            {
                var end = text.IndexOf('\'', _at + 1);
                _at = end < 0 ? text.Length : end + 1;
                continue;
            }

            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '!' or '$' or ':' or '\\' or '?' or '#' or '|' or '@') && !(c is '[' or ']' && (_at > start || c == '[')))
                break;
            _at++;
        }

        if (_at == start)
            return null;
        var word = text[start.._at];
        Skip();
        if (_at < text.Length && text[_at] == '(' && !word.Contains(':', StringComparison.Ordinal))
            return new XlmCall(Plain(word), Arguments());
        return word.ToUpperInvariant() switch
        {
            "TRUE" => new XlmConstant(true),
            "FALSE" => new XlmConstant(false),
            _ => new XlmReference(word),
        };
    }

    private static string Plain(string word)
    {
        var upper = word.ToUpperInvariant();
        foreach (var prefix in (ReadOnlySpan<string>)["_XLFN.", "_XLUDF.", "_XLWS."])
            if (upper.StartsWith(prefix, StringComparison.Ordinal))
                return upper[prefix.Length..];
        return upper;
    }

    private List<XlmNode?> Arguments()
    {
        List<XlmNode?> arguments = [];
        _at++;
        var expects = true;
        while (_at < text.Length && step())
        {
            Skip();
            if (_at >= text.Length)
                break;
            if (text[_at] == ')')
            {
                if (expects && arguments.Count > 0)
                    arguments.Add(null);
                _at++;
                break;
            }

            if (text[_at] is ',' or ';')
            {
                if (expects)
                    arguments.Add(null);
                expects = true;
                _at++;
                continue;
            }

            var start = _at;
            var argument = Level(0);
            if (argument is not null)
                arguments.Add(argument);
            expects = false;
            if (_at == start)
                _at++;
        }

        return arguments;
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\u00a0')
            _at++;
    }
}
