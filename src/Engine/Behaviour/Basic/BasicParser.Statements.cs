namespace Platform.Engine.Behaviour.Basic;

/// <summary>Statements.</summary>
internal sealed partial class BasicParser
{
    private const int MaxTypeName = 250;

    private void Statement(List<BasicNode> into)
    {
        if (_depth >= MaxDepth)
        {
            PassStatement();
            return;
        }

        _depth++;
        try
        {
            Read(into);
        }
        finally
        {
            _depth--;
        }
    }

    private void Read(List<BasicNode> into)
    {
        if (Current.Kind == BasicTokenKind.Number && Ahead(1).Kind is not (BasicTokenKind.Line or BasicTokenKind.End))
        {
            into.Add(new BasicLabel(Current.Value?.ToString() ?? ""));
            _at++;
            return;
        }

        if (Current.Kind == BasicTokenKind.Name && Ahead(1).Kind == BasicTokenKind.Colon && (_at == 0 || tokens[Math.Min(_at, tokens.Count) - 1].Kind == BasicTokenKind.Line) && !IsWord("else", "do", "loop", "wend", "next", "return", "stop", "end", "close", "resume", "randomize"))
        {
            into.Add(new BasicLabel(Current.Text.ToLowerInvariant()));
            _at += 2;
            return;
        }

        if (Current.Kind == BasicTokenKind.Name && Ahead(1) is not { Kind: BasicTokenKind.Symbol, Text: "=" or "." } && Keyword(into))
            return;
        CallOrAssignment(into);
    }

    private bool Keyword(List<BasicNode> into)
    {
        switch (Current.Text.ToLowerInvariant())
        {
            case "dim" or "redim" or "static" or "const" or "private" or "public":
                var keeps = false;
                if (IsWord("private", "public") && !IsWordAt(1, "const") && Ahead(2).Text is not ("(" or "," or "=") && Ahead(2).Kind == BasicTokenKind.Name && !IsWordAt(2, "as"))
                    return false;
                _at++;
                if (IsWord("const"))
                    _at++;
                if (IsWord("preserve"))
                {
                    keeps = true;
                    _at++;
                }

                Declarations(into, keeps);
                return true;
            case "set" or "let":
                _at++;
                CallOrAssignment(into);
                return true;
            case "call":
                _at++;
                if (Expression() is { } called)
                    into.Add(new BasicCall(called));
                return true;
            case "if":
                If(into);
                return true;
            case "select":
                Select(into);
                return true;
            case "for":
                For(into);
                return true;
            case "do":
                Do(into);
                return true;
            case "while":
                While(into);
                return true;
            case "with":
                _at++;
                if (Expression() is { } subject)
                {
                    List<BasicNode> body = [];
                    Block(body, ["with"]);
                    into.Add(new BasicWith(subject, body));
                }

                return true;
            case "exit":
                into.Add(new BasicExit(Ahead(1).Text.ToLowerInvariant() is var what && what is "for" or "do" ? what : "sub"));
                PassStatement();
                return true;
            case "end" when Ahead(1).Kind is BasicTokenKind.Line or BasicTokenKind.Colon or BasicTokenKind.End:
                into.Add(new BasicExit("end"));
                _at++;
                return true;
            case "on":
                // On Error Resume Next is how everything runs here.
                PassStatement();
                return true;
            case "goto" or "gosub":
                into.Add(new BasicJump((Ahead(1).Text.Length > 0 ? Ahead(1).Text : Ahead(1).Value?.ToString() ?? "").ToLowerInvariant()));
                PassStatement();
                return true;
            case "resume" or "randomize" or "stop" or "return" or "erase" or "option" or "rem" or "end" or "next" or "loop" or "wend" or "else" or "defint" or "beep" or "declare" or "attribute" or "load" or "unload":
                PassStatement();
                return true;
            case "open" or "print" or "put" or "close" or "kill" or "filecopy" or "name" or "get" or "write" or "chdir" or "mkdir" or "rmdir" or "setattr" when IsFileStatement():
                FileStatement(into);
                return true;
            default:
                return false;
        }
    }

    private void Declarations(List<BasicNode> into, bool keeps)
    {
        while (Current.Kind == BasicTokenKind.Name && step())
        {
            if (IsWord("withevents"))
                _at++;
            var name = Current.Text.ToLowerInvariant();
            _at++;
            List<BasicNode>? bounds = null;
            if (Take("("))
            {
                bounds = [];
                while (!Take(")") && Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End) && step())
                {
                    if (Expression() is { } bound)
                    {
                        if (IsWord("to"))
                        {
                            _at++;
                            bound = Expression() ?? bound;
                        }

                        bounds.Add(bound);
                    }
                    else
                    {
                        _at++;
                    }

                    Take(",");
                }
            }

            BasicNode? value = null;
            var type = "";
            if (IsWord("as"))
            {
                _at++;
                var isNew = IsWord("new");
                if (isNew)
                    _at++;
                type = TypeName();
                if (isNew)
                    value = new BasicNew(type);
                if (Take("*"))
                    _at++;
            }

            if (Take("="))
                value = Expression();
            into.Add(new BasicDeclaration(name, bounds, value, keeps, type));
            if (!Take(","))
                break;
        }

        PassStatement();
    }

    private string TypeName()
    {
        var name = Current.Text;
        _at++;
        while (Current.Text == "." && Ahead(1).Kind == BasicTokenKind.Name)
        {
            if (name.Length < MaxTypeName)
                name += "." + Ahead(1).Text;
            _at += 2;
        }

        return name.ToLowerInvariant();
    }

    private bool IsFileStatement() => Current.Text.ToLowerInvariant() switch
    {
        "print" or "put" or "get" or "write" or "close" => Ahead(1).Text == "#" || Ahead(1).Kind is BasicTokenKind.Number || Current.Text.Equals("close", StringComparison.OrdinalIgnoreCase) || Current.Text.Equals("put", StringComparison.OrdinalIgnoreCase),
        "name" => true,
        _ => Ahead(1).Text is not "=" and not "(" || Ahead(1).AfterBlank,
    };

    private void FileStatement(List<BasicNode> into)
    {
        var verb = Current.Text.ToLowerInvariant();
        var mode = "";
        List<BasicNode> operands = [];
        _at++;
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.Colon or BasicTokenKind.End) && step())
        {
            if (IsWord("for", "as", "access", "read", "write", "shared", "lock", "output", "append", "binary", "random", "input") && verb == "open" || verb == "name" && IsWord("as") || Current.Text is "#" or "," or ";")
            {
                if (IsWord("output", "append", "binary", "random", "input"))
                    mode = Current.Text.ToLowerInvariant();
                _at++;
                continue;
            }

            var start = _at;
            if (Expression() is { } operand)
                operands.Add(operand);
            if (_at == start)
                _at++;
        }

        into.Add(new BasicFile(verb, operands, mode));
    }

    private void CallOrAssignment(List<BasicNode> into)
    {
        var start = _at;
        if (Path(isStatement: true) is not { } target)
        {
            PassStatement();
            return;
        }

        if (Take("="))
        {
            if (Expression() is { } value)
                into.Add(new BasicAssignment(target, value));
            else
                PassStatement();
            return;
        }

        if (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.Colon or BasicTokenKind.End) && !IsWord("else"))
        {
            // Arguments without parentheses; what looked like (argument) may have been the first of them.
            target = Bare(target, start);
        }

        into.Add(new BasicCall(target));
    }

    private BasicPath Bare(BasicNode target, int start)
    {
        if (target is BasicPath { Steps: [.., { Name: null }] } && Current.Kind is BasicTokenKind.Symbol && Current.Text is not ",")
        {
            // Shell ("a") & x: read again with the parenthesis inside of the argument.
            _at = start;
            target = Path(isStatement: true, withoutLast: true)!;
        }

        var first = target as BasicPath;
        List<BasicNode?> arguments = [];
        if (first is { Steps: [.., { Name: null, Arguments: { } given }] } && Current.Text == ",")
        {
            arguments.AddRange(given);
            first = new BasicPath(first.First, [.. first.Steps.SkipLast(1)]);
            Take(",");
        }

        ArgumentsUpTo(arguments, "");
        var steps = first is null ? new List<BasicStep>() : [.. first.Steps];
        var head = first is null ? target : first.First;
        if (steps.Count > 0 && steps[^1] is { Name: not null, Arguments: null } last)
            steps[^1] = last with { Arguments = arguments };
        else
            steps.Add(new BasicStep(null, arguments));
        return new BasicPath(head, steps);
    }
}
