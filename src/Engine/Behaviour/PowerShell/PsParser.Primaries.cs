using System.Globalization;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>What an expression begins with: variables, numbers, groups, tables.</summary>
internal sealed partial class PsParser
{
    private PsNode? Primary()
    {
        if (_depth >= MaxDepth)
        {
            Skipped = true;
            return null;
        }

        _depth++;
        var outer = _inArguments;
        try
        {
            var c = reader.Current;
            if (PsReader.IsSingleQuote(c))
                return new PsConstant(SingleQuoted());
            if (PsReader.IsDoubleQuote(c))
                return DoubleQuoted();
            if (c == '[')
                return Cast();
            if (char.IsAsciiDigit(c) || c == '.' && char.IsAsciiDigit(reader.Ahead()))
                return Number();
            _inArguments = false;
            return c switch
            {
                '(' => Group(1, isArray: false),
                '@' when reader.Ahead() == '(' => Group(2, isArray: true),
                '@' when reader.Ahead() == '{' => Table(),
                '@' when PsReader.IsSingleQuote(reader.Ahead()) || PsReader.IsDoubleQuote(reader.Ahead()) => HereString(),
                '@' => Splat(),
                '$' when reader.Ahead() == '(' => Group(2, isArray: false),
                '$' => Variable(),
                '{' => Block(),
                _ => null,
            };
        }
        finally
        {
            _inArguments = outer;
            _depth--;
        }
    }

    private PsGroup Group(int opening, bool isArray)
    {
        reader.At += opening;
        return new PsGroup(Statements(')'), isArray);
    }

    private PsVariable? Splat()
    {
        reader.At++;
        var start = reader.At;
        while (char.IsAsciiLetterOrDigit(reader.Current) || reader.Current == '_')
            reader.At++;
        return reader.At == start ? null : new PsVariable(reader.Text[start..reader.At].ToLowerInvariant());
    }

    private PsVariable? Variable()
    {
        reader.At++;
        if (reader.Current == '{')
        {
            var end = reader.Text.AsSpan(reader.At, Math.Min(300, reader.Text.Length - reader.At)).IndexOf('}');
            if (end < 0)
                return null;
            end += reader.At;
            var quoted = reader.Text[(reader.At + 1)..end];
            reader.At = end + 1;
            return new PsVariable(Scope(quoted.Replace("`", "", StringComparison.Ordinal).ToLowerInvariant()));
        }

        if (reader.Current is '$' or '?' or '^')
        {
            reader.At++;
            return new PsVariable("?");
        }

        var start = reader.At;
        while (char.IsLetterOrDigit(reader.Current) || reader.Current == '_' || reader.Current == ':' && reader.Ahead() != ':' && (char.IsLetter(reader.Ahead()) || reader.Ahead() == '_'))
            reader.At++;
        return reader.At == start ? null : new PsVariable(Scope(reader.Text[start..reader.At].ToLowerInvariant()));
    }

    private static string Scope(string name)
    {
        foreach (var scope in (ReadOnlySpan<string>)["global:", "script:", "local:", "private:", "variable:", "using:"])
            if (name.StartsWith(scope, StringComparison.Ordinal))
                return name[scope.Length..];
        return name;
    }

    private PsConstant Number()
    {
        var start = reader.At;
        if (reader.Current == '0' && reader.Ahead() is 'x' or 'X')
        {
            reader.At += 2;
            while (char.IsAsciiHexDigit(reader.Current))
                reader.At++;
            var digits = reader.Text[(start + 2)..reader.At];
            return new PsConstant(long.TryParse(digits.Length > 16 ? digits[^16..] : digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex <= uint.MaxValue && digits.Length <= 8 ? (int)(uint)hex : hex : 0L);
        }

        while (char.IsAsciiDigit(reader.Current) || reader.Current == '.' && char.IsAsciiDigit(reader.Ahead()))
            reader.At++;
        var text = reader.Text[start..reader.At];
        if (reader.Current is 'e' or 'E' && (char.IsAsciiDigit(reader.Ahead()) || reader.Ahead() is '-' or '+' && char.IsAsciiDigit(reader.Ahead(2))))
        {
            reader.At += 2;
            while (char.IsAsciiDigit(reader.Current))
                reader.At++;
            text = reader.Text[start..reader.At];
        }

        var value = text.Contains('.', StringComparison.Ordinal) || text.Contains('e', StringComparison.OrdinalIgnoreCase) || text.Length > 18
            ? double.TryParse(text, CultureInfo.InvariantCulture, out var real) ? real : 0d
            : (object)long.Parse(text, CultureInfo.InvariantCulture);
        if (char.ToLowerInvariant(reader.Current) is 'k' or 'm' or 'g' && char.ToLowerInvariant(reader.Ahead()) == 'b' && value is long small && small < 1 << 20)
        {
            value = small << (char.ToLowerInvariant(reader.Current) == 'k' ? 10 : char.ToLowerInvariant(reader.Current) == 'm' ? 20 : 30);
            reader.At += 2;
        }
        else if (char.ToLowerInvariant(reader.Current) is 'l' or 'd' && !char.IsAsciiLetterOrDigit(reader.Ahead()))
        {
            reader.At++;
        }

        return new PsConstant(value is long whole && whole is >= int.MinValue and <= int.MaxValue ? (int)whole : value);
    }

    private PsTable Table()
    {
        reader.At += 2;
        List<(PsNode, PsNode)> entries = [];
        while (!reader.Ended && step())
        {
            reader.SkipLines(semicolons: true);
            if (reader.Take('}'))
                break;
            var start = reader.At;
            var key = reader.Current is '$' or '(' or '\'' or '"' || char.IsAsciiDigit(reader.Current) ? Postfix() : new PsConstant(reader.PeekWord() is var word && PassOn(word) ? word : "");
            reader.SkipLines();
            if (key is not null && reader.Take('='))
            {
                reader.SkipLines();
                if (Statement() is { } value)
                    entries.Add((key, value));
            }

            if (reader.At == start)
                reader.At++;
        }

        return new PsTable(entries);
    }

    private bool PassOn(string word)
    {
        reader.PassWord(word.Length);
        return true;
    }
}
