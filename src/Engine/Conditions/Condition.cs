using System.Diagnostics.CodeAnalysis;

namespace Platform.Engine.Conditions;

// A condition says of which messages a rule speaks:
//
//   from.domain in ["partner.example", "partner.test"] and not (dmarc == "pass")
//   subject contains "請求書" and attachment.name endsWith [".zip", ".7z"] and size > 2 MB
//
// Facts (FactTable) stand on the left, literals on the right; and, or, not and brackets join comparisons. Texts compare folded
// (NFKC, case, accents), several texts when any of them does. Patterns (matches) are regular expressions that cannot backtrack. It is no programming language: nothing loops, calls or assigns, the
// types are checked when it is saved, and evaluation takes at most the number of comparisons times the length of the text.

/// <summary>A condition of a custom rule (DET9): typed, bounded, free of effects.</summary>
public sealed class Condition
{
    /// <summary>Longest source in characters.</summary>
    public const int MaxLength = 8_000;

    private const int MaxHeld = 500;

    private readonly ConditionNode _root;
    private readonly IReadOnlySet<string> _asks;

    private Condition(string source, ConditionNode root, IReadOnlySet<string> asks)
    {
        Source = source;
        _root = root;
        _asks = asks;
    }

    public string Source { get; }

    /// <summary>All facts, in the order of the docs.</summary>
    public static IReadOnlyList<FactDescription> Facts { get; } = [.. FactTable.All.Select(fact => new FactDescription(fact.Name, fact.Type))];

    /// <summary>Whether it may hold for one recipient of a message and not for another.</summary>
    public bool AsksRecipient => _asks.Overlaps(FactTable.OfRecipient);

    /// <summary>Whether it asks what is known of outgoing mail alone.</summary>
    public bool AsksSending => _asks.Overlaps(FactTable.OfSending);

    /// <summary>
    /// Whether it may hold as well as not: it asks for personal data or names of files, and of those there may be more in the mail than was seen
    /// (<see cref="Verdicts.Verdict.NotAsked"/>). False where what was seen decides.
    /// </summary>
    public bool IsOpen(ConditionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return _asks.Any(name => FactTable.Find(name) is { } fact && facts.IsOpen(fact)) && _root.May(facts, holds: true) && _root.May(facts, holds: false);
    }

    /// <summary>Whether it reads the text of the body or of the files, which is kept apart from the verdict.</summary>
    public bool AsksText => _asks.Contains(FactTable.BodyText) || _asks.Contains(FactTable.FilesText);

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
            var parser = new ConditionParser(source, ConditionLexer.Read(source));
            condition = new Condition(source, parser.Read(), parser.Asked);
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
        return _root.Holds(facts, null);
    }

    /// <summary>
    /// The part of the condition that makes it hold, for the people who ask why: of alternatives the first that holds, of a list the value
    /// that was met. At most 500 characters; null when it does not hold.
    /// </summary>
    public string? WhatHolds(ConditionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<string> held = [];
        if (!_root.Holds(facts, held))
            return null;
        var text = string.Join(" and ", held);
        return text.Length <= MaxHeld ? text : string.Concat(text.AsSpan(0, MaxHeld - 1), "…");
    }
}
