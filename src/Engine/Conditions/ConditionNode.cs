namespace Platform.Engine.Conditions;

/// <summary>A checked expression: types fit, so that evaluation cannot fail.</summary>
internal abstract record ConditionNode
{
    public abstract bool Holds(ConditionFacts facts);

    public sealed record And(ConditionNode Left, ConditionNode Right) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => Left.Holds(facts) && Right.Holds(facts);
    }

    public sealed record Or(ConditionNode Left, ConditionNode Right) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => Left.Holds(facts) || Right.Holds(facts);
    }

    public sealed record Not(ConditionNode Operand) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => !Operand.Holds(facts);
    }

    public sealed record IsSet(Fact Fact) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => facts.Ask(Fact) is ConditionValue.Flag { Value: true };
    }

    public sealed record Compare(Fact Fact, NumberComparison Comparison, decimal With) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => facts.Ask(Fact) is ConditionValue.Number { Value: var value } && Comparison switch
        {
            NumberComparison.Equal => value == With,
            NumberComparison.Unequal => value != With,
            NumberComparison.Less => value < With,
            NumberComparison.LessOrEqual => value <= With,
            NumberComparison.Greater => value > With,
            _ => value >= With,
        };
    }

    /// <param name="With">Folded; the comparison holds when it holds for any.</param>
    public sealed record Match(Fact Fact, TextComparison Comparison, IReadOnlyList<string> With) : ConditionNode
    {
        public override bool Holds(ConditionFacts facts) => facts.Ask(Fact) switch
        {
            ConditionValue.Text { Value: var value } => HoldsFor(value),
            ConditionValue.Texts { Values: var values } => values.Any(HoldsFor),
            _ => false,
        };

        private bool HoldsFor(string value)
        {
            foreach (var with in With)
                if (Comparison switch
                    {
                        TextComparison.Equal => value.Equals(with, StringComparison.Ordinal),
                        TextComparison.Contains => value.Contains(with, StringComparison.Ordinal),
                        TextComparison.StartsWith => value.StartsWith(with, StringComparison.Ordinal),
                        TextComparison.EndsWith => value.EndsWith(with, StringComparison.Ordinal),
                        _ => WildcardPattern.Matches(value, with),
                    })
                    return true;
            return false;
        }
    }
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
}
