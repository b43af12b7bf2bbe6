namespace Platform.Engine.Conditions;

/// <summary>
/// Reads tokens by recursive descent: <c>or</c> binds loosest, then <c>and</c>, then <c>not</c>; a comparison has a fact on its left
/// and literals on its right. Types are checked on the way. Bounded in depth and in the number of comparisons.
/// </summary>
internal sealed class ConditionParser(string source, IReadOnlyList<ConditionToken> tokens)
{
    private const int MaxDepth = 32;
    private const int MaxComparisons = 200;
    private const int MaxList = 500;
    private const int LongestText = 500;
    private const int MaxPatterns = 20;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;
    private int _comparisons;
    private int _patterns;

    /// <summary>Names of the facts asked for.</summary>
    public IReadOnlySet<string> Asked => _asked;

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
        var start = Current.Position;
        if (Take("not"))
        {
            var operand = Not();
            node = new ConditionNode.Not(operand, SourceFrom(start));
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
        _asked.Add(fact.Name);
        var start = tokens[_at++].Position;
        return fact.Type switch
        {
            ConditionType.Flag => new ConditionNode.IsSet(fact),
            ConditionType.Number => NumberComparisonOf(fact, start),
            _ => TextComparisonOf(fact, start),
        };
    }

    private ConditionNode.Compare NumberComparisonOf(Fact fact, int start)
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
        var with = tokens[_at++].Number;
        return new ConditionNode.Compare(fact, comparison, with, SourceFrom(start));
    }

    private ConditionNode TextComparisonOf(Fact fact, int start)
    {
        var negated = Current.Is("!=");
        TextComparison comparison = Current.Value.ToUpperInvariant() switch
        {
            "==" or "!=" or "IN" => TextComparison.Equal,
            "CONTAINS" => TextComparison.Contains,
            "STARTSWITH" => TextComparison.StartsWith,
            "ENDSWITH" => TextComparison.EndsWith,
            "LIKE" => TextComparison.Like,
            "MATCHES" => TextComparison.Matches,
            _ => throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "text-comparison-expected"),
        };
        var listOnly = Current.Is("in");
        _at++;
        var upToLiterals = SourceFrom(start);
        var match = new ConditionNode.Match(fact, comparison, Current.Is("[") || listOnly ? List(comparison) : [Literal(comparison)], upToLiterals);
        return negated ? new ConditionNode.Not(match, SourceFrom(start)) : match;
    }

    private List<ConditionLiteral> List(TextComparison comparison)
    {
        Expect("[");
        List<ConditionLiteral> values = [];
        do
        {
            values.Add(Literal(comparison));
            if (values.Count > MaxList)
                throw Wrong("too-many");
        }
        while (Take(","));
        Expect("]");
        return values;
    }

    private ConditionLiteral Literal(TextComparison comparison)
    {
        if (Current.Kind != TokenKind.Text)
            throw Wrong(Current.Kind == TokenKind.End ? "unfinished" : "text-expected");
        if (comparison == TextComparison.Matches)
            return Pattern();
        var folded = ConditionFacts.Folded(Current.Value, LongestText);
        // What is nothing after folding would be found in every text.
        if (Current.Value.Length > LongestText || (folded.Length == 0 && Current.Value.Length > 0))
            throw Wrong("bad-text");
        var start = tokens[_at++].Position;
        return new ConditionLiteral(folded, SourceFrom(start));
    }

    private ConditionLiteral Pattern()
    {
        if (++_patterns > MaxPatterns)
            throw Wrong("too-many-patterns");
        var pattern = TextPattern.Parse(Current.Value, source, Current.Position);
        var start = tokens[_at++].Position;
        return new ConditionLiteral("", SourceFrom(start)) { Pattern = pattern };
    }

    /// <summary>What was read since a position.</summary>
    private string SourceFrom(int start) => source[start..Current.Position].TrimEnd();

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
