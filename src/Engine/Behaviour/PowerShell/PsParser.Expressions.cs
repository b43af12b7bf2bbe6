namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Expressions, by level: logical, bits, comparison, sum, product, format, range, comma, unary, members.</summary>
internal sealed partial class PsParser
{
    private const int Comma = 7;

    private static readonly string[][] Words =
    [
        ["and", "or", "xor"],
        ["band", "bor", "bxor"],
        ["eq", "ne", "gt", "ge", "lt", "le", "like", "notlike", "match", "notmatch", "contains", "notcontains", "in", "notin", "replace", "split", "join", "is", "isnot", "as", "shl", "shr"],
    ];

    private PsNode? Expression()
    {
        if (_depth >= MaxDepth)
        {
            Skipped = true;
            return null;
        }

        _depth++;
        var node = Level(0);
        _depth--;
        return node;
    }

    private PsNode? Level(int level)
    {
        if (level == Comma)
            return CommaList();
        if (Level(level + 1) is not { } first)
            return null;
        List<(string, PsNode)>? others = null;
        while (OperatorAt(level) is { } oper && step())
        {
            reader.SkipLines();
            if (Level(level + 1) is not { } operand)
                break;
            (others ??= []).Add((oper, operand));
        }

        return others is null ? first : new PsChain(first, others);
    }

    private string? OperatorAt(int level)
    {
        reader.SkipBlanks();
        var c = reader.Current;
        switch (level)
        {
            case < 3:
                if (!PsReader.IsDash(c) || !char.IsAsciiLetter(reader.Ahead()) && reader.Ahead() != '`')
                    return null;
                var mark = reader.At++;
                var word = reader.PeekWord();
                var plain = word.Length > 1 && !Words[level].Contains(word) && word[0] is 'c' or 'i' ? word[1..] : word;
                if (Words[level].Contains(plain))
                {
                    reader.PassWord(word.Length);
                    return word != plain && word[0] == 'c' ? $"c{plain}" : plain;
                }

                reader.At = mark;
                return null;
            case 3:
                if (c == '+' && reader.Ahead() is not ('=' or '+') || PsReader.IsDash(c) && reader.Ahead() is not ('=' or '-') && !char.IsAsciiLetter(reader.Ahead()))
                {
                    reader.At++;
                    return c == '+' ? "+" : "-";
                }

                return null;
            case 4:
                if (c is not ('*' or '/' or '%') || reader.Ahead() == '=')
                    return null;
                reader.At++;
                return c.ToString();
            case 5:
                if (!PsReader.IsDash(c) || reader.Ahead() is not ('f' or 'F') || char.IsAsciiLetterOrDigit(reader.Ahead(2)))
                    return null;
                reader.At += 2;
                return "f";
            default:
                return c == '.' && reader.Ahead() == '.' && Moved(2) ? ".." : null;
        }
    }

    private bool Moved(int count)
    {
        reader.At += count;
        return true;
    }

    private PsNode? CommaList()
    {
        if (Unary() is not { } first)
            return null;
        reader.SkipBlanks();
        if (reader.Current != ',' || _inArguments)
            return first;
        List<PsNode> items = [first];
        while (reader.Take(',') && step())
        {
            reader.SkipLines();
            if (Unary() is not { } next)
                break;
            items.Add(next);
        }

        return new PsList(items);
    }

    private bool _inArguments;

    private PsNode? Unary()
    {
        if (_depth >= MaxDepth)
        {
            Skipped = true;
            return null;
        }

        _depth++;
        try
        {
            reader.SkipBlanks();
            var c = reader.Current;
            if (c == ',')
            {
                reader.At++;
                reader.SkipLines();
                return Unary() is { } single ? new PsList([single]) : null;
            }

            if (c is '!' or '+' || PsReader.IsDash(c))
            {
                if (PsReader.IsDash(c) && (char.IsAsciiLetter(reader.Ahead()) || reader.Ahead() == '`'))
                {
                    reader.At++;
                    var word = reader.PeekWord();
                    reader.PassWord(word.Length);
                    reader.SkipLines();
                    return Unary() is { } operand ? new PsUnary(word.TrimStart('i', 'c') is "split" or "join" ? word.TrimStart('i', 'c') : word, operand) : null;
                }

                reader.At++;
                if (reader.Current == c)
                    reader.At++;
                return Unary() is { } value ? new PsUnary(c == '!' ? "not" : c == '+' ? "+" : "-", value) : null;
            }

            return c == '[' ? Cast() : Postfix();
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary><c>[type]value</c>, or a type and what is called on it.</summary>
    private PsNode? Cast()
    {
        var mark = reader.At;
        var name = BracketText();
        if (name is null)
        {
            reader.At = mark;
            return null;
        }

        var after = reader.At;
        reader.SkipBlanks();
        var c = reader.Current;
        if (c == ':' && reader.Ahead() == ':')
            return Steps(new PsTypeName(name));
        if (c is '$' or '(' or '@' or '[' or '{' or '"' or '\'' || char.IsAsciiDigit(c) || PsReader.IsSingleQuote(c) || PsReader.IsDoubleQuote(c) || PsReader.IsDash(c) && (char.IsAsciiDigit(reader.Ahead()) || reader.Ahead() is 'j' or 'J'))
            return Unary() is { } operand ? new PsCast(name, operand) : null;
        reader.At = after;
        return Steps(new PsTypeName(name));
    }

    /// <summary>What stands between brackets, without blanks, lower-case.</summary>
    private string? BracketText()
    {
        var start = ++reader.At;
        var level = 1;
        while (!reader.Ended && level > 0)
        {
            if (reader.Current == '[')
                level++;
            else if (reader.Current == ']')
                level--;
            else if (reader.Current is ';' or '{' or '}' || reader.At - start > 300)
                return null;
            reader.At++;
        }

        var name = reader.Text[start..Math.Max(start, reader.At - 1)].Replace("`", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return name.StartsWith("system.", StringComparison.Ordinal) ? name[7..] : name;
    }

    private PsNode? Postfix() => Primary() is { } primary ? Steps(primary) : null;

    private PsNode Steps(PsNode first)
    {
        List<PsStep>? steps = null;
        while (!reader.Ended && step())
        {
            var c = reader.Current;
            if (c == '[' && first is not PsTypeName || c == '[' && steps is not null)
            {
                reader.At++;
                reader.SkipLines();
                var outer = _inArguments;
                _inArguments = false;
                var index = Expression();
                _inArguments = outer;
                reader.SkipLines();
                if (index is null || !reader.Take(']'))
                    break;
                (steps ??= []).Add(new PsStep(null, [index], false));
                continue;
            }

            var isStatic = c == ':' && reader.Ahead() == ':';
            var member = isStatic || c == '.' && reader.Ahead() != '.' && (char.IsAsciiLetter(reader.Ahead()) || reader.Ahead() is '$' or '(' or '_' or '`' || PsReader.IsSingleQuote(reader.Ahead()) || PsReader.IsDoubleQuote(reader.Ahead()))
                || c == '?' && reader.Ahead() == '.';
            if (!member)
            {
                // A call may stand on the next line.
                var mark = reader.At;
                reader.SkipLines();
                if (reader.At > mark && reader.Current == '.' && char.IsAsciiLetter(reader.Ahead()) && steps is not null)
                    continue;
                reader.At = mark;
                if (c is '+' or '-' && reader.Ahead() == c && first is PsVariable)
                {
                    reader.At += 2;
                    return new PsAssignment(steps is null ? first : new PsPath(first, steps), $"{c}=", new PsConstant(1L));
                }

                break;
            }

            reader.At += isStatic || c == '?' ? 2 : 1;
            reader.SkipBlanks();
            if (MemberName() is not { } name)
                break;
            IReadOnlyList<PsNode>? arguments = reader.Current == '(' ? Arguments() : null;
            (steps ??= []).Add(new PsStep(name, arguments, isStatic));
        }

        return steps is null ? first : new PsPath(first, steps);
    }

    private PsNode? MemberName()
    {
        if (reader.Current is '$' or '(' || PsReader.IsSingleQuote(reader.Current) || PsReader.IsDoubleQuote(reader.Current))
            return Primary();
        var word = reader.PeekWord();
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
            word = word[..dash];
        reader.PassWord(word.Length);
        return word.Length == 0 ? null : new PsConstant(word);
    }

    private List<PsNode> Arguments()
    {
        List<PsNode> arguments = [];
        reader.At++;
        var outer = _inArguments;
        _inArguments = true;
        while (!reader.Ended && step())
        {
            reader.SkipLines();
            if (reader.Take(')'))
                break;
            if (Expression() is { } argument)
                arguments.Add(argument);
            else if (!reader.Ended && reader.Current is not (',' or ')'))
                reader.At++;
            reader.SkipLines();
            reader.Take(',');
        }

        _inArguments = outer;
        return arguments;
    }
}
