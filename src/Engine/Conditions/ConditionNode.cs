namespace Platform.Engine.Conditions;

/// <summary>A checked expression: types fit, so that evaluation cannot fail.</summary>
internal abstract record ConditionNode
{
    /// <param name="held">Gets the parts that made it true, in the order of the source; null where nobody asks.</param>
    public abstract bool Holds(ConditionFacts facts, List<string>? held);

    /// <summary>Whether it may come to that, were more of the mail seen.</summary>
    public abstract bool May(ConditionFacts facts, bool holds);

    public sealed record And(ConditionNode Left, ConditionNode Right) : ConditionNode
    {
        public override bool May(ConditionFacts facts, bool holds) =>
            holds ? Left.May(facts, true) && Right.May(facts, true) : Left.May(facts, false) || Right.May(facts, false);

        public override bool Holds(ConditionFacts facts, List<string>? held)
        {
            var before = held?.Count ?? 0;
            if (Left.Holds(facts, held) && Right.Holds(facts, held))
                return true;
            held?.RemoveRange(before, held.Count - before);
            return false;
        }
    }

    public sealed record Or(ConditionNode Left, ConditionNode Right) : ConditionNode
    {
        public override bool May(ConditionFacts facts, bool holds) =>
            holds ? Left.May(facts, true) || Right.May(facts, true) : Left.May(facts, false) && Right.May(facts, false);

        public override bool Holds(ConditionFacts facts, List<string>? held) => Left.Holds(facts, held) || Right.Holds(facts, held);
    }

    /// <param name="Source">As written, from <c>not</c> on.</param>
    public sealed record Not(ConditionNode Operand, string Source) : ConditionNode
    {
        public override bool May(ConditionFacts facts, bool holds) => Operand.May(facts, !holds);

        public override bool Holds(ConditionFacts facts, List<string>? held)
        {
            if (Operand.Holds(facts, null))
                return false;
            held?.Add(Source);
            return true;
        }
    }

    public sealed record IsSet(Fact Fact) : ConditionNode
    {
        public override bool May(ConditionFacts facts, bool holds) => Holds(facts, null) == holds;

        public override bool Holds(ConditionFacts facts, List<string>? held)
        {
            if (!facts.Spend(1) || facts.Ask(Fact) is not ConditionValue.Flag { Value: true })
                return false;
            held?.Add(Fact.Name);
            return true;
        }
    }

    public sealed record Compare(Fact Fact, NumberComparison Comparison, decimal With, string Source) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts, List<string>? held)
        {
            if (!facts.Spend(1) || facts.Ask(Fact) is not ConditionValue.Number { Value: var value } || !HoldsFor(value))
                return false;
            held?.Add(Source);
            return true;
        }

        public override bool May(ConditionFacts facts, bool holds) =>
            Holds(facts, null) == holds || facts.IsOpen(Fact) && facts.Ask(Fact) is ConditionValue.Number { Value: var value } && MayChange(value);

        // A count only grows.
        private bool MayChange(decimal value) => Comparison switch
        {
            NumberComparison.Greater or NumberComparison.GreaterOrEqual => !HoldsFor(value),
            NumberComparison.Less or NumberComparison.LessOrEqual => HoldsFor(value),
            _ => value <= With,
        };

        private bool HoldsFor(decimal value) => Comparison switch
        {
            NumberComparison.Equal => value == With,
            NumberComparison.Unequal => value != With,
            NumberComparison.Less => value < With,
            NumberComparison.LessOrEqual => value <= With,
            NumberComparison.Greater => value > With,
            _ => value >= With,
        };
    }

    /// <param name="With">The comparison holds when it holds for any.</param>
    /// <param name="Source">As written, up to the literals.</param>
    public sealed record Match(Fact Fact, TextComparison Comparison, IReadOnlyList<ConditionLiteral> With, string Source) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts, List<string>? held)
        {
            var found = facts.Ask(Fact) switch
            {
                ConditionValue.Text { Value: var value } => Find(facts, value),
                ConditionValue.Texts { Values: var values } => values.Select(value => Find(facts, value)).FirstOrDefault(literal => literal is not null),
                _ => null,
            };
            if (found is null)
                return false;
            held?.Add($"{Source} {found.Source}");
            return true;
        }

        // What is there stays there.
        public override bool May(ConditionFacts facts, bool holds) => Holds(facts, null) == holds || holds && facts.IsOpen(Fact);

        private ConditionLiteral? Find(ConditionFacts facts, string value)
        {
            foreach (var literal in With)
                if (literal.Pattern is { } pattern ? Matches(facts, value, pattern) : HoldsFor(facts, value, literal.Folded))
                    return literal;
            return null;
        }

        // An automaton of at most so many states goes over each character once.
        private static bool Matches(ConditionFacts facts, string value, TextPattern pattern) => facts.Spend(1 + value.Length) && pattern.IsIn(value);

        /// <summary>Nothing is found any more once the steps are used up.</summary>
        private bool HoldsFor(ConditionFacts facts, string value, string with)
        {
            if (!facts.Spend(1 + (Comparison == TextComparison.Contains ? value.Length / CharactersOfStep : with.Length / CharactersOfStep)))
                return false;
            if (Comparison == TextComparison.Like)
            {
                var matches = WildcardPattern.Matches(value, with, out var steps);
                return facts.Spend(steps) && matches;
            }

            return Comparison switch
            {
                TextComparison.Equal => value.Equals(with, StringComparison.Ordinal),
                TextComparison.Contains => value.Contains(with, StringComparison.Ordinal),
                TextComparison.StartsWith => value.StartsWith(with, StringComparison.Ordinal),
                _ => value.EndsWith(with, StringComparison.Ordinal),
            };
        }

        /// <summary>The processor compares several characters at once where no pattern is in play.</summary>
        private const int CharactersOfStep = 16;
    }
}

/// <param name="Source">As written, in its quotation marks.</param>
internal sealed record ConditionLiteral(string Folded, string Source)
{
    /// <summary>Instead of a text, where patterns are compared with.</summary>
    public TextPattern? Pattern { get; init; }
}

internal enum NumberComparison
{
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal enum TextComparison
{
    Equal,
    Contains,
    StartsWith,
    EndsWith,
    Like,
    Matches,
}
