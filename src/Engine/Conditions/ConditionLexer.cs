using System.Globalization;
using System.Text;

namespace Platform.Engine.Conditions;

/// <summary>Cuts a condition into names, texts in double quotes (<c>\"</c> and <c>\\</c> inside), numbers and symbols.</summary>
internal static class ConditionLexer
{
    private const int LongestNumber = 15;

    /// <exception cref="ConditionException">A character that starts nothing, or a text without its end.</exception>
    public static List<ConditionToken> Read(string source)
    {
        List<ConditionToken> tokens = [];
        for (var at = 0; at < source.Length;)
        {
            var character = source[at];
            if (char.IsWhiteSpace(character))
                at++;
            else if (character == '"')
                tokens.Add(Text(source, ref at));
            else if (char.IsAsciiDigit(character))
                tokens.Add(Number(source, ref at));
            else if (char.IsAsciiLetter(character))
                tokens.Add(Name(source, ref at));
            else
                tokens.Add(Symbol(source, ref at));
        }

        tokens.Add(new ConditionToken(TokenKind.End, "", source.Length));
        return tokens;
    }

    private static ConditionToken Text(string source, ref int at)
    {
        var start = at++;
        var text = new StringBuilder();
        for (; at < source.Length && source[at] != '"'; at++)
        {
            if (source[at] == '\\' && at + 1 < source.Length && source[at + 1] is '"' or '\\')
                at++;
            if (!IsStorable(source, at))
                throw new ConditionException("bad-text", at, "");
            text.Append(source[at]);
        }

        if (at >= source.Length)
            throw new ConditionException("open-text", start, "");
        at++;
        return new ConditionToken(TokenKind.Text, text.ToString(), start);
    }

    /// <summary>Neither NUL nor half a surrogate pair, which a database does not take.</summary>
    private static bool IsStorable(string source, int at) => source[at] switch
    {
        '\0' => false,
        var high when char.IsHighSurrogate(high) => at + 1 < source.Length && char.IsLowSurrogate(source[at + 1]),
        var low when char.IsLowSurrogate(low) => at > 0 && char.IsHighSurrogate(source[at - 1]),
        _ => true,
    };

    private static ConditionToken Number(string source, ref int at)
    {
        var start = at;
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '.'))
            at++;
        var digits = source[start..at];
        if (digits.Length > LongestNumber || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw new ConditionException("bad-number", start, digits.Length > LongestNumber ? digits[..LongestNumber] : digits);
        var unit = source.AsSpan(at).TrimStart(' ');
        var bytes = unit.StartsWith("KB", StringComparison.OrdinalIgnoreCase) ? 1_024 : unit.StartsWith("MB", StringComparison.OrdinalIgnoreCase) ? 1_024 * 1_024 : 0;
        if (bytes > 0)
            at = source.Length - unit.Length + 2;
        if (at < source.Length && char.IsAsciiLetterOrDigit(source[at]))
            throw new ConditionException("bad-number", start, source[start..Math.Min(source.Length, at + 1)]);
        return new ConditionToken(TokenKind.Number, digits, start, number * Math.Max(1, bytes));
    }

    private static ConditionToken Name(string source, ref int at)
    {
        var start = at;
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] is '.' or '_'))
            at++;
        return new ConditionToken(TokenKind.Name, source[start..at], start);
    }

    private static ConditionToken Symbol(string source, ref int at)
    {
        var start = at;
        string[] symbols = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];
        foreach (var symbol in symbols)
        {
            if (!source.AsSpan(at).StartsWith(symbol, StringComparison.Ordinal))
                continue;
            at += symbol.Length;
            return new ConditionToken(TokenKind.Symbol, symbol, start);
        }

        throw new ConditionException("unknown-character", start, source[start].ToString());
    }
}
