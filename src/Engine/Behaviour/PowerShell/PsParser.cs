namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>
/// Statements of PowerShell (the language specification of version 3.0, chapter 8). Depth of nesting is bounded; a statement that
/// cannot be read is passed over up to its end, and what follows is read on.
/// </summary>
internal sealed partial class PsParser(PsReader reader, Func<bool> step)
{
    private const int MaxDepth = 160;

    private int _depth;

    /// <summary>Something was not read, for its shape or its depth.</summary>
    public bool Skipped { get; private set; }

    public IReadOnlyList<PsNode> Script() => Statements('\0');

    private List<PsNode> Statements(char end)
    {
        List<PsNode> statements = [];
        while (true)
        {
            reader.SkipLines(semicolons: true);
            if (reader.Ended || !step())
                return statements;
            if (reader.Current == end)
            {
                reader.At++;
                return statements;
            }

            var start = reader.At;
            if (Statement() is { } statement)
                statements.Add(statement);
            reader.SkipBlanks();
            if (reader.At == start || !reader.Ended && reader.Current is not (';' or '\r' or '\n') && reader.Current != end && !EndsBlock(start))
                PassOver(end, start);
        }
    }

    private bool EndsBlock(int start) => reader.At > start && reader.Text[reader.At - 1] is '}' or ';' or '\n';

    // What does not parse: up to the end of the statement.
    private void PassOver(char end, int start)
    {
        Skipped = true;
        while (!reader.Ended && reader.Current is not (';' or '\n') && (reader.Current != end || end == '\0'))
            reader.At++;
        if (reader.At == start)
            reader.At++;
    }

    private PsNode? Statement()
    {
        if (_depth >= MaxDepth)
        {
            Skipped = true;
            return null;
        }

        _depth++;
        try
        {
            if (reader.Current == ':' && char.IsAsciiLetter(reader.Ahead()))
            {
                reader.At++;
                reader.PassWord(reader.PeekWord().Length);
                reader.SkipLines();
            }

            var word = reader.PeekWord();
            return word switch
            {
                "if" => Pass(word, If),
                "while" => Pass(word, While),
                "do" => Pass(word, Do),
                "for" => Pass(word, For),
                "foreach" when IsLoop() => Pass(word, ForEach),
                "switch" => Pass(word, Switch),
                "function" or "filter" => Pass(word, Function),
                "try" => Pass(word, Try),
                "trap" or "begin" or "process" or "end" or "finally" or "data" when Opens(word.Length) => Pass(word, BodyAlone),
                "param" when Opens(word.Length) => Pass(word, Parameters),
                "return" or "break" or "continue" or "exit" or "throw" => Pass(word, () => Leave(word)),
                "class" or "enum" or "using" => null,
                _ => Pipeline(),
            };
        }
        finally
        {
            _depth--;
        }
    }

    private PsNode? Pass(string word, Func<PsNode?> read)
    {
        reader.PassWord(word.Length);
        return read();
    }

    private bool Opens(int length)
    {
        var at = reader.At + length;
        while (at < reader.Text.Length && char.IsWhiteSpace(reader.Text[at]))
            at++;
        return at < reader.Text.Length && reader.Text[at] is '{' or '(';
    }

    // foreach ($x in ...) against the command of that name.
    private bool IsLoop()
    {
        var at = reader.At + 7;
        while (at < reader.Text.Length && char.IsWhiteSpace(reader.Text[at]))
            at++;
        return at < reader.Text.Length && reader.Text[at] == '(';
    }

    private List<PsNode> Body()
    {
        reader.SkipLines();
        if (reader.Current != '{')
            return [];
        reader.At++;
        return Statements('}');
    }

    private PsNode? Condition()
    {
        reader.SkipLines();
        if (!reader.Take('('))
            return null;
        reader.SkipLines();
        var condition = Statement();
        reader.SkipLines();
        reader.Take(')');
        return condition;
    }

    private PsIf? If()
    {
        List<(PsNode, IReadOnlyList<PsNode>)> branches = [];
        while (Condition() is { } condition)
        {
            branches.Add((condition, Body()));
            var mark = reader.At;
            reader.SkipLines();
            var word = reader.PeekWord();
            if (word == "elseif")
            {
                reader.PassWord(word.Length);
                continue;
            }

            if (word == "else")
            {
                reader.PassWord(word.Length);
                return new PsIf(branches, Body());
            }

            reader.At = mark;
            break;
        }

        return branches.Count == 0 ? null : new PsIf(branches, null);
    }

    private PsLoop? While() => Condition() is { } condition ? new PsLoop("while", true, null, condition, null, Body()) : null;

    private PsLoop Do()
    {
        var body = Body();
        reader.SkipLines();
        var word = reader.PeekWord();
        reader.PassWord(word.Length);
        return new PsLoop(word == "until" ? "until" : "while", false, null, Condition(), null, body);
    }

    private PsLoop? For()
    {
        reader.SkipLines();
        if (!reader.Take('('))
            return null;
        PsNode?[] parts = [null, null, null];
        for (var index = 0; index < 3; index++)
        {
            reader.SkipLines();
            if (reader.Current is not (';' or ')'))
                parts[index] = Statement();
            reader.SkipLines();
            if (index < 2 && !reader.Take(';'))
                break;
        }

        reader.Take(')');
        return new PsLoop("for", true, parts[0], parts[1], parts[2], Body());
    }

    private PsForEach? ForEach()
    {
        reader.SkipLines();
        if (!reader.Take('('))
            return null;
        reader.SkipLines();
        var variable = Postfix();
        reader.SkipLines();
        if (reader.PeekWord() != "in" || variable is null)
            return null;
        reader.PassWord(2);
        reader.SkipLines();
        var source = Statement();
        reader.SkipLines();
        reader.Take(')');
        return source is null ? null : new PsForEach(variable, source, Body());
    }

    private PsSwitch? Switch()
    {
        reader.SkipLines();
        while (PsReader.IsDash(reader.Current))
        {
            reader.At++;
            reader.PassWord(reader.PeekWord().Length);
            reader.SkipLines();
        }

        if (Condition() is not { } subject)
            return null;
        reader.SkipLines();
        List<(PsNode?, IReadOnlyList<PsNode>)> cases = [];
        if (!reader.Take('{'))
            return null;
        while (true)
        {
            reader.SkipLines(semicolons: true);
            if (reader.Ended || reader.Take('}') || !step())
                return new PsSwitch(subject, cases);
            var start = reader.At;
            PsNode? value = null;
            if (reader.PeekWord() == "default")
                reader.PassWord(7);
            else
                value = reader.Current is '$' or '\'' or '"' or '(' or '{' || char.IsAsciiDigit(reader.Current) ? Expression() : Word();
            cases.Add((value, Body()));
            if (reader.At == start)
                reader.At++;
        }
    }

    private PsFunction? Function()
    {
        reader.SkipLines();
        var start = reader.At;
        while (!reader.Ended && !char.IsWhiteSpace(reader.Current) && reader.Current is not ('(' or '{'))
            reader.At++;
        var name = reader.Text[start..reader.At].ToLowerInvariant();
        if (name.StartsWith("global:", StringComparison.Ordinal) || name.StartsWith("script:", StringComparison.Ordinal))
            name = name[7..];
        reader.SkipLines();
        List<string> parameters = reader.Current == '(' ? ParameterNames() : [];
        reader.SkipLines();
        if (reader.Current != '{' || name.Length == 0)
            return null;
        var block = Block();
        return new PsFunction(name, parameters.Count > 0 ? block with { Parameters = parameters } : block);
    }

    private PsNothing? Parameters()
    {
        _parameters = ParameterNames();
        return new PsNothing();
    }

    private List<string> _parameters = [];

    private List<string> ParameterNames()
    {
        List<string> names = [];
        reader.SkipLines();
        if (!reader.Take('('))
            return names;
        while (!reader.Ended && step())
        {
            reader.SkipLines();
            if (reader.Take(')'))
                break;
            if (reader.Current == '[')
            {
                BracketText();
                continue;
            }

            if (reader.Current == '$')
            {
                if (Postfix() is PsVariable variable)
                    names.Add(variable.Name);
                reader.SkipLines();
                if (reader.Take('='))
                {
                    reader.SkipLines();
                    Expression();
                }

                continue;
            }

            reader.At++;
        }

        return names;
    }

    private PsNode BodyAlone()
    {
        reader.SkipLines();
        if (reader.Current == '[')
        {
            BracketText();
            reader.SkipLines();
        }

        return new PsGroup(Body(), IsArray: false);
    }

    private PsTry Try()
    {
        var body = Body();
        List<PsNode> handler = [];
        List<PsNode> last = [];
        while (true)
        {
            var mark = reader.At;
            reader.SkipLines();
            var word = reader.PeekWord();
            if (word is not ("catch" or "finally"))
            {
                reader.At = mark;
                return new PsTry(body, handler, last);
            }

            reader.PassWord(word.Length);
            reader.SkipLines();
            while (reader.Current == '[')
            {
                BracketText();
                reader.SkipLines();
                reader.Take(',');
                reader.SkipLines();
            }

            (word == "catch" ? handler : last).AddRange(Body());
        }
    }

    private PsLeave Leave(string word)
    {
        reader.SkipBlanks();
        var value = reader.Ended || reader.Current is ';' or '\r' or '\n' or '}' or ')' ? null : Pipeline();
        return new PsLeave(word, value);
    }

    private PsBlock Block()
    {
        var start = ++reader.At;
        var before = _parameters;
        _parameters = [];
        var statements = Statements('}');
        var end = Math.Max(start, Math.Min(reader.At, reader.Text.Length) - (reader.At > start && reader.Text[Math.Min(reader.At, reader.Text.Length) - 1] == '}' ? 1 : 0));
        var block = new PsBlock(reader.Text[start..end], _parameters, statements);
        _parameters = before;
        return block;
    }
}
