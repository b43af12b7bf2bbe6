namespace Platform.Engine.Behaviour.Basic;

/// <summary>Expressions ([MS-VBAL] 5.6): Imp, Eqv, Xor, Or, And, Not, comparison, &amp;, sum, Mod, \, product, minus, power.</summary>
internal sealed partial class BasicParser
{
    private static readonly string[][] Levels = [["imp"], ["eqv"], ["xor"], ["or"], ["and"], ["not"], ["=", "<>", "<", ">", "<=", ">=", "is", "like"], ["&"], ["+", "-"], ["mod"], ["\\"], ["*", "/"], ["-"], ["^"]];

    private const int NotLevel = 5;
    private const int MinusLevel = 12;
    private const int MaxOperands = 120;

    private int _operands;

    private BasicNode? Expression() => Level(0);

    private BasicNode? Level(int level)
    {
        if (level == 0)
        {
            if (_depth >= MaxDepth)
                return null;
            _depth++;
            var node = Chain(0);
            _depth--;
            return node;
        }

        if (level == Levels.Length)
            return Primary();
        if (level == NotLevel && IsWord("not") || level == MinusLevel && Current is { Kind: BasicTokenKind.Symbol, Text: "-" or "+" })
            return Prefix(level);
        return Chain(level);
    }

    private BasicUnary? Prefix(int level)
    {
        var count = 0;
        var oper = Current.Text.ToLowerInvariant();
        var negative = false;
        while (level == NotLevel ? IsWord("not") : Current is { Kind: BasicTokenKind.Symbol, Text: "-" or "+" })
        {
            negative ^= Current.Text is not "+";
            _at++;
            if (++count > 1_000)
                return null;
        }

        return Level(level + 1) is { } operand ? new BasicUnary(negative ? oper == "not" ? "not" : "-" : "+", operand) : null;
    }

    private BasicNode? Chain(int level)
    {
        if (Level(level + 1) is not { } first)
            return null;
        List<(string, BasicNode)>? others = null;
        while (level is not (NotLevel or MinusLevel) && OperatorAt(level) is { } oper && step())
        {
            var mark = _at++;
            if (Level(level + 1) is not { } operand)
            {
                _at = mark;
                break;
            }

            (others ??= []).Add((oper, operand));
        }

        return others is null ? first : new BasicChain(first, others);
    }

    private string? OperatorAt(int level)
    {
        if (Current.Kind == BasicTokenKind.Symbol)
            return Levels[level].Contains(Current.Text) ? Current.Text : null;
        if (Current.Kind != BasicTokenKind.Name)
            return null;
        var word = Current.Text.ToLowerInvariant();
        return Levels[level].Contains(word) ? word : null;
    }

    // Signs before an operand lead from one operand to the next without a bracket between them.
    private BasicNode? Primary()
    {
        if (_operands >= MaxOperands)
            return null;
        _operands++;
        var node = Operand();
        _operands--;
        return node;
    }

    private BasicNode? Operand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case BasicTokenKind.Text or BasicTokenKind.Number:
                _at++;
                return Current is { Kind: BasicTokenKind.Symbol, Text: "." } && !Current.AfterBlank ? Steps(new BasicConstant(token.Value), isStatement: false, withoutLast: false) : new BasicConstant(token.Value);
            case BasicTokenKind.Symbol when token.Text == "(":
                _at++;
                var inner = Expression();
                Take(")");
                return inner is null ? null : Current is { Kind: BasicTokenKind.Symbol, Text: "." or "(" } ? Steps(inner, isStatement: false, withoutLast: false) : inner;
            case BasicTokenKind.Symbol when token.Text is "." or "!":
                return Path(isStatement: false);
            case BasicTokenKind.Symbol when token.Text == "-":
                _at++;
                return Primary() is { } operand ? new BasicUnary("-", operand) : null;
            case BasicTokenKind.Symbol when token.Text == "#":
                _at++;
                return Primary();
            case BasicTokenKind.Name:
                return Word(token.Text.ToLowerInvariant());
            default:
                return null;
        }
    }

    private BasicNode? Word(string word)
    {
        switch (word)
        {
            case "new":
                _at++;
                return new BasicNew(TypeName());
            case "typeof" or "addressof" or "byval" or "byref":
                _at++;
                return Path(isStatement: false);
            case "true" or "false" when Ahead(1).Text != "(":
                _at++;
                return new BasicConstant(word == "true");
            case "nothing" or "empty" or "null":
                _at++;
                return new BasicConstant(null);
            case "not":
                return Level(NotLevel);
            case "then" or "to" or "step" or "else" or "as" or "loop" or "next":
                return null;
            default:
                return Path(isStatement: false);
        }
    }

    private BasicNode? Path(bool isStatement, bool withoutLast = false)
    {
        if (Current is { Kind: BasicTokenKind.Symbol, Text: "." or "!" })
            return Steps(null, isStatement, withoutLast);
        if (Current.Kind != BasicTokenKind.Name)
            return null;
        var name = new BasicName(Current.Text.ToLowerInvariant());
        _at++;
        return Steps(name, isStatement, withoutLast);
    }

    // Null where nothing stands before the dot and no name behind it: who reads a list of expressions must come forward.
    private BasicNode? Steps(BasicNode? first, bool isStatement, bool withoutLast)
    {
        List<BasicStep> steps = [];
        while (step())
        {
            if (Current is { Kind: BasicTokenKind.Symbol, Text: "." or "!" } && Ahead(1).Kind == BasicTokenKind.Name)
            {
                steps.Add(new BasicStep(Ahead(1).Text.ToLowerInvariant(), null));
                _at += 2;
                continue;
            }

            // In a statement Sub (a), b the parenthesis belongs to the argument.
            if (Current is not { Kind: BasicTokenKind.Symbol, Text: "(" } || isStatement && Current.AfterBlank && withoutLast)
                break;
            if (_depth >= MaxDepth)
                break;
            _at++;
            List<BasicNode?> arguments = [];
            _depth++;
            ArgumentsUpTo(arguments, ")");
            _depth--;
            if (steps.Count > 0 && steps[^1] is { Arguments: null } last)
                steps[^1] = last with { Arguments = arguments };
            else
                steps.Add(new BasicStep(null, arguments));
        }

        return steps.Count == 0 ? first : new BasicPath(first, steps);
    }

    private void ArgumentsUpTo(List<BasicNode?> arguments, string end)
    {
        var expects = true;
        while (Current.Kind is not (BasicTokenKind.Line or BasicTokenKind.End) && !(end.Length == 0 && (Current.Kind == BasicTokenKind.Colon || IsWord("else"))) && step())
        {
            if (end.Length > 0 && Take(end))
                return;
            if (Take(","))
            {
                if (expects)
                    arguments.Add(null);
                expects = true;
                continue;
            }

            var start = _at;
            if (Current.Kind == BasicTokenKind.Name && Ahead(1).Text == ":=")
            {
                var name = Current.Text.ToLowerInvariant();
                _at += 2;
                if (Expression() is { } value)
                    arguments.Add(new BasicNamedArgument(name, value));
            }
            else if (Expression() is { } argument)
            {
                arguments.Add(argument);
            }

            expects = false;
            if (_at == start)
                _at++;
        }
    }
}
