using System.Diagnostics.CodeAnalysis;

namespace Platform.Engine.Conditions;

// A condition says of which messages a rule speaks:
//
//   from.domain in ["partner.example", "partner.test"] and not (dmarc == "pass")
//   subject contains "請求書" and attachment.name endsWith [".zip", ".7z"] and size > 2 MB
//
// Facts (FactTable) stand on the left, literals on the right; and, or, not and brackets join comparisons. Texts compare folded
// (NFKC, case, accents), several texts when any of them does. It is no programming language: nothing loops, calls or assigns, the
// types are checked when it is saved, and evaluation takes at most the number of comparisons times the length of the text.

/// <summary>A condition of a custom rule (DET9): typed, bounded, free of effects.</summary>
public sealed class Condition
{
    /// <summary>Longest source in characters.</summary>
    public const int MaxLength = 8_000;

    private readonly ConditionNode _root;

    private Condition(string source, ConditionNode root)
    {
        Source = source;
        _root = root;
    }

    public string Source { get; }

    /// <summary>Names, types and meanings of all facts, in the order of the docs.</summary>
    public static IReadOnlyList<(string Name, ConditionType Type, string Says)> Facts { get; } = [.. FactTable.All.Select(fact => (fact.Name, fact.Type, fact.Says))];

    /// <summary>Reads a condition. Never throws for any text.</summary>
    /// <param name="error">What is wrong and where; null when it was read.</param>
    public static bool TryParse(string source, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out ConditionError? error)
    {
        ArgumentNullException.ThrowIfNull(source);
        condition = null;
        error = null;
        if (source.Length > MaxLength)
        {
            error = new ConditionError("too-long", MaxLength, "");
            return false;
        }

        try
        {
            condition = new Condition(source, new ConditionParser(ConditionLexer.Read(source)).Read());
            return true;
        }
        catch (ConditionException exception)
        {
            error = exception.Error;
            return false;
        }
    }

    public bool Holds(ConditionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return _root.Holds(facts);
    }
}
