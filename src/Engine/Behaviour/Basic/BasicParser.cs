namespace Platform.Engine.Behaviour.Basic;

/// <summary>
/// Modules of VBA ([MS-VBAL] 4 and 5) and files of VBScript: procedures, declarations, and statements outside of procedures. A
/// statement that cannot be read is passed over up to the end of its line.
/// </summary>
internal sealed partial class BasicParser(List<BasicToken> tokens, Func<bool> step)
{
    private const int MaxDepth = 100;

    private readonly BasicProgram _program = new();
    private int _at;
    private int _depth;
    private string _module = "";

    private BasicToken Current => tokens[Math.Min(_at, tokens.Count - 1)];

    public BasicProgram Parse()
    {
        while (Current.Kind != BasicTokenKind.End && step())
            TopLevel();
        return _program;
    }

    public BasicNode? ParseExpression() => Expression();

    private void TopLevel()
    {
        SkipLines();
        if (Current.Kind == BasicTokenKind.End)
            return;
        var start = _at;
        if (IsWord("attribute"))
        {
            _at++;
            if (IsWord("VB_Name") && Ahead(1).Text == "=" && Ahead(2).Value is string module)
                _module = module;
            PassLine();
            return;
        }

        SkipModifiers();
        if (IsWord("declare"))
            Declare();
        else if (IsWord("sub", "function", "property") && Ahead(1).Kind == BasicTokenKind.Name)
            Procedure(_program.Procedures);
        else if (IsWord("class") && Ahead(1).Kind == BasicTokenKind.Name && Ahead(2).Kind is BasicTokenKind.Line or BasicTokenKind.Colon)
            Class();
        else if (IsWord("type", "enum") && Ahead(1).Kind == BasicTokenKind.Name && Ahead(2).Kind == BasicTokenKind.Line)
            PassBlock(Current.Text);
        else if (IsWord("option", "implements", "event"))
            PassLine();
        else if (Ahead(0).Kind == BasicTokenKind.Name && start != _at && !IsWord("const", "dim"))
            Declarations(_program.Statements, keeps: false);
        else
            Statement(_program.Statements);
        if (_at == start)
            _at++;
    }

    private void SkipModifiers()
    {
        while (IsWord("public", "private", "friend", "static", "global", "default") && Ahead(1).Kind == BasicTokenKind.Name && Ahead(1).Text is not "=")
            _at++;
    }

    private void Declare()
    {
        _at++;
        if (IsWord("ptrsafe"))
            _at++;
        if (!IsWord("sub", "function"))
        {
            PassLine();
            return;
        }

        _at++;
        var name = Current.Text;
        var (library, entry) = ("", name);
        _at++;
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End) && Current.Text != "(")
        {
            if (IsWord("lib") && Ahead(1).Value is string file)
                library = file;
            if (IsWord("alias") && Ahead(1).Value is string alias)
                entry = alias;
            _at++;
        }

        _program.Declares[name] = new BasicDeclare(name, library, entry);
        PassLine();
    }

    private void Procedure(Dictionary<string, BasicProcedure> into)
    {
        var kind = Current.Text.ToLowerInvariant();
        _at++;
        var isSetter = false;
        if (kind == "property")
        {
            isSetter = IsWord("let", "set");
            _at++;
        }

        var name = Current.Text.ToLowerInvariant();
        _at++;
        var parameters = Parameters();
        PassLine();
        List<BasicNode> body = [];
        Block(body, [kind]);
        if (isSetter)
            name += " let";
        var procedure = new BasicProcedure(name, parameters, body, _module, kind != "sub");
        into[name] = procedure;
        if (_module.Length > 0)
            into[$"{_module}.{name}"] = procedure;
    }

    private List<string> Parameters()
    {
        List<string> names = [];
        if (!Take("("))
            return names;
        var level = 0;
        var named = false;
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End))
        {
            if (Current.Text == "(")
            {
                level++;
            }
            else if (Current.Text == ")")
            {
                if (level-- == 0)
                {
                    _at++;
                    break;
                }
            }
            else if (Current.Text == "," && level == 0)
            {
                named = false;
            }
            else if (Current.Kind == BasicTokenKind.Name && !named && !IsWord("byval", "byref", "optional", "paramarray"))
            {
                names.Add(Current.Text.ToLowerInvariant());
                named = true;
            }

            _at++;
        }

        return names;
    }

    private void Class()
    {
        var name = Ahead(1).Text;
        _at += 2;
        List<BasicNode> fields = [];
        Dictionary<string, BasicProcedure> procedures = new(StringComparer.OrdinalIgnoreCase);
        while (Current.Kind != BasicTokenKind.End && step())
        {
            SkipLines();
            if (IsWord("end") && IsWordAt(1, "class"))
            {
                _at += 2;
                break;
            }

            var start = _at;
            SkipModifiers();
            if (IsWord("sub", "function", "property") && Ahead(1).Kind == BasicTokenKind.Name)
                Procedure(procedures);
            else if (start != _at || IsWord("dim"))
                Declarations(fields, keeps: false);
            else
                PassLine();
            if (_at == start)
                _at++;
        }

        _program.Classes[name] = new BasicClass(name, fields, procedures);
    }

    // Up to End WORD of the block that stands open.
    private void Block(List<BasicNode> into, string[] words)
    {
        if (_depth >= MaxDepth)
        {
            PassLine();
            return;
        }

        _depth++;
        while (Current.Kind != BasicTokenKind.End && step())
        {
            SkipLines();
            if (IsWord("end") && words.Any(word => IsWordAt(1, word)))
            {
                _at += 2;
                break;
            }

            if (EndsBlock(words))
                break;
            var start = _at;
            Statement(into);
            if (_at == start)
                _at++;
        }

        _depth--;
    }

    private bool EndsBlock(string[] words)
    {
        foreach (var word in words)
            switch (word)
            {
                case "if" when IsWord("else", "elseif"):
                case "select" when IsWord("case"):
                case "for" when IsWord("next"):
                case "do" when IsWord("loop"):
                case "while" when IsWord("wend"):
                case "sub" or "function" or "property" when IsWord("sub", "function", "property") && Ahead(1).Kind == BasicTokenKind.Name && Ahead(2).Text == "(" && _depth == 1:
                    return true;
            }

        return false;
    }

    private void PassBlock(string word)
    {
        while (Current.Kind != BasicTokenKind.End)
        {
            if (IsWord("end") && IsWordAt(1, word))
            {
                _at += 2;
                return;
            }

            _at++;
        }
    }

    private BasicToken Ahead(int count) => tokens[Math.Min(_at + count, tokens.Count - 1)];

    private bool IsWord(params ReadOnlySpan<string> words)
    {
        if (Current.Kind != BasicTokenKind.Name)
            return false;
        foreach (var word in words)
            if (Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private bool IsWordAt(int ahead, string word) => Ahead(ahead) is { Kind: BasicTokenKind.Name } token && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool Take(string symbol)
    {
        if (Current.Kind != BasicTokenKind.Symbol || Current.Text != symbol)
            return false;
        _at++;
        return true;
    }

    private void SkipLines()
    {
        while (Current.Kind is BasicTokenKind.Line or BasicTokenKind.Colon)
            _at++;
    }

    private void PassLine()
    {
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End))
            _at++;
    }

    private void PassStatement()
    {
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.Colon or BasicTokenKind.End))
            _at++;
    }
}
