namespace Platform.Engine.Conditions;

/// <summary>The types of the language. There is no conversion between them.</summary>
public enum ConditionType
{
    Flag,
    Number,
    Text,

    /// <summary>Several texts; a comparison holds when it holds for any of them.</summary>
    Texts,
}

internal abstract record ConditionValue
{
    public sealed record Flag(bool Value) : ConditionValue;

    public sealed record Number(decimal Value) : ConditionValue;

    /// <param name="Value">Folded for comparison.</param>
    public sealed record Text(string Value) : ConditionValue;

    /// <param name="Values">Folded for comparison.</param>
    public sealed record Texts(IReadOnlyList<string> Values) : ConditionValue;
}
