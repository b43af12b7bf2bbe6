namespace Platform.Engine.Conditions;

/// <summary>
/// Reads tokens by recursive descent: <c>or</c> binds loosest, then <c>and</c>, then <c>not</c>; a comparison has a fact on its left
/// and literals on its right. Types are checked on the way. Bounded in depth and in the number of comparisons.
/// </summary>
internal sealed class ConditionParser(IReadOnlyList<ConditionToken> tokens)
{
    private const int MaxDepth = 32;
    private const int MaxComparisons = 200;
    private const int MaxList = 500;
    private const int LongestText = 500;

    private int _at;
    private int _depth;
    private int _comparisons;

    private ConditionToken Current => tokens[_at];

    /// <exception cref="ConditionException">With the place and what is wrong there.</exception>
    public ConditionNode Read()
    {
        var node = Or();
        return Current.Kind == TokenKind.End ? node : throw Wrong("unexpected");
    }

    private ConditionNode Or()
    {
        var node = And();
        while (Take("or"))
            node = new ConditionNode.Or(node, And());
        return node;
    }

    private ConditionNode And()
    {
        var node = Not();
        while (Take("and"))
            node = new ConditionNode.And(node, Not());
        return node;
    }

    private ConditionNode Not()
    {
        if (++_depth > MaxDepth)
            throw Wrong("too-deep");
        ConditionNode node;
        if (Take("not"))
        {
            node = new ConditionNode.Not(Not());
        }
        else if (Take("("))
        {
            node = Or();
            Expect(")");
        }
        else
        {
            node = Comparison();
        }

        _depth--;
        return node;
    }

    private ConditionNode Comparison()
    {
        if (++_comparisons > MaxComparisons)
            throw Wrong("too-many");
        if (Current.Kind != TokenKind.Name)
            throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "fact-expected");
        var fact = FactTable.Find(Current.Value) ?? throw Wrong("unknown-fact");
        _at++;
        return fact.Type switch
        {
            ConditionType.Flag => new ConditionNode.IsSet(fact),
            ConditionType.Number => NumberComparisonOf(fact),
            _ => TextComparisonOf(fact),
        };
    }

    private ConditionNode.Compare NumberComparisonOf(Fact fact)
    {
        NumberComparison comparison = Current.Value switch
        {
            "==" => NumberComparison.Equal,
            "!=" => NumberComparison.Unequal,
            "<" => NumberComparison.Less,
            "<=" => NumberComparison.LessOrEqual,
            ">" => NumberComparison.Greater,
            ">=" => NumberComparison.GreaterOrEqual,
            _ => throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "number-comparison-expected"),
        };
        _at++;
        if (Current.Kind != TokenKind.Number)
            throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "number-expected");
        return new ConditionNode.Compare(fact, comparison, tokens[_at++].Number);
    }

    private ConditionNode TextComparisonOf(Fact fact)
    {
        var negated = Current.Is("!=");
        TextComparison comparison = Current.Value.ToUpperInvariant() switch
        {
            "==" or "!=" or "IN" => TextComparison.Equal,
            "CONTAINS" => TextComparison.Contains,
            "STARTSWITH" => TextComparison.StartsWith,
            "ENDSWITH" => TextComparison.EndsWith,
            "LIKE" => TextComparison.Like,
            _ => throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "text-comparison-expected"),
        };
        var listOnly = Current.Is("in");
        _at++;
        var match = new ConditionNode.Match(fact, comparison, Current.Is("[") || listOnly ? List() : [Literal()]);
        return negated ? new ConditionNode.Not(match) : match;
    }

    private List<string> List()
    {
        Expect("[");
        List<string> values = [];
        do
        {
            values.Add(Literal());
            if (values.Count > MaxList)
                throw Wrong("too-many");
        }
        while (Take(","));
        Expect("]");
        return values;
    }

    private string Literal()
    {
        if (Current.Kind != TokenKind.Text)
            throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "text-expected");
        var folded = ConditionFacts.Folded(Current.Value, LongestText);
        // What is nothing after folding would be found in every text.
        if (Current.Value.Length > LongestText || (folded.Length == 0 && Current.Value.Length > 0))
            throw Wrong("bad-text");
        _at++;
        return folded;
    }

    private bool Take(string word)
    {
        if (!Current.Is(word))
            return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
            throw new ConditionException("expected", Current.Position, symbol);
    }

    private ConditionException Wrong(string code) => new(code, Current.Position, Current.Value.Length > 60 ? Current.Value[..60] : Current.Value);
}
