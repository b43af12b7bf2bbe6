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

    private PsLeave Leave(string word)
    {
        reader.SkipBlanks();
        var value = reader.Ended || reader.Current is ';' or '\r' or '\n' or '}' or ')' ? null : Pipeline();
        return new PsLeave(word, value);
    }
}
