using System.Diagnostics.CodeAnalysis;

namespace Platform.Api.Scim.Filters;

/// <summary>Reads filters and paths. Bounded in length, depth and number of comparisons, so that what it makes is cheap to ask.</summary>
internal sealed class ScimFilterParser
{
    public const int MaxLength = 4_000;
    public const int MaxDepth = 20;
    public const int MaxComparisons = 50;

    private readonly ScimTokens _tokens;
    private int _comparisons;

    private ScimFilterParser(ScimTokens read) => _tokens = read;

    /// <param name="fault">Where it stops to make sense, in characters from 0, and why.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ScimFilter? filter, out (int Position, string Reason) fault) =>
        TryRead(text, parser => parser.Or(0), out filter, out fault);

    public static bool TryParsePath(string text, [NotNullWhen(true)] out ScimPath? path, out (int Position, string Reason) fault) => TryRead(text, parser => parser.Path(), out path, out fault);

    private static bool TryRead<T>(string text, Func<ScimFilterParser, T> read, [NotNullWhen(true)] out T? result, out (int Position, string Reason) fault)
        where T : class
    {
        (result, fault) = (null, default);
        if (text.Length > MaxLength)
        {
            fault = (MaxLength, $"it is longer than {MaxLength} characters");
            return false;
        }

        var tokens = new ScimTokens(text);
        try
        {
            tokens.Blanks();
            var found = read(new ScimFilterParser(tokens));
            tokens.Blanks();
            if (!tokens.IsAtEnd)
                throw ScimTokens.Fault("nothing more is expected here");
            result = found;
            return true;
        }
        catch (FormatException problem)
        {
            fault = (tokens.Position, problem.Message);
            return false;
        }
    }

    private ScimFilter Or(int depth)
    {
        var left = And(depth);
        while (_tokens.Word("or"))
            left = new ScimFilter.Or(left, And(depth));
        return left;
    }

    private ScimFilter And(int depth)
    {
        var left = Term(depth);
        while (_tokens.Word("and"))
            left = new ScimFilter.And(left, Term(depth));
        return left;
    }

    private ScimFilter Term(int depth)
    {
        if (depth >= MaxDepth)
            throw ScimTokens.Fault($"it nests deeper than {MaxDepth}");
        _tokens.Blanks();
        var before = _tokens.Position;
        if (_tokens.Word("not"))
        {
            if (_tokens.Sign('('))
                return new ScimFilter.Not(Bracketed(depth, ')'));
            // An attribute may be called so.
            _tokens.Return(before);
        }

        if (_tokens.Sign('('))
            return Bracketed(depth, ')');
        var attribute = Attribute();
        return _tokens.Sign('[') ? new ScimFilter.Some(attribute, Bracketed(depth, ']')) : Comparison(attribute);
    }

    private ScimFilter Bracketed(int depth, char end)
    {
        var inner = Or(depth + 1);
        return _tokens.Sign(end) ? inner : throw ScimTokens.Fault($"'{end}' is missing");
    }

    private ScimFilter.Compare Comparison(ScimAttribute attribute)
    {
        if (++_comparisons > MaxComparisons)
            throw ScimTokens.Fault($"it compares more than {MaxComparisons} times");
        _tokens.Blanks();
        var compared = _tokens.Name().ToLowerInvariant() switch
        {
            "eq" => ScimOperator.Equal,
            "ne" => ScimOperator.NotEqual,
            "co" => ScimOperator.Contains,
            "sw" => ScimOperator.StartsWith,
            "ew" => ScimOperator.EndsWith,
            "gt" => ScimOperator.Greater,
            "ge" => ScimOperator.GreaterOrEqual,
            "lt" => ScimOperator.Less,
            "le" => ScimOperator.LessOrEqual,
            "pr" => ScimOperator.Present,
            _ => throw ScimTokens.Fault("an operator is expected: eq, ne, co, sw, ew, gt, ge, lt, le, pr"),
        };
        return new ScimFilter.Compare(attribute, compared, compared == ScimOperator.Present ? null : _tokens.Value());
    }

    private ScimPath Path()
    {
        var attribute = Attribute();
        if (!_tokens.Sign('['))
            return new ScimPath(attribute, null);
        if (attribute.Sub is not null)
            throw ScimTokens.Fault("a filter stands behind the attribute, before its sub-attribute");
        var filter = Bracketed(0, ']');
        return new ScimPath(_tokens.IsAtDot ? attribute with { Sub = _tokens.Sub() } : attribute, filter);
    }

    private ScimAttribute Attribute()
    {
        _tokens.Blanks();
        var schema = _tokens.Schema();
        var name = _tokens.Name();
        return new ScimAttribute(schema, name, _tokens.IsAtDot ? _tokens.Sub() : null);
    }
}
