namespace Platform.Engine.Conditions;

/// <param name="Name">As written in a condition: <c>from.domain</c>.</param>
/// <param name="Says">One line for the docs and for completion in an editor.</param>
internal sealed record Fact(string Name, ConditionType Type, string Says, Func<ConditionFacts, ConditionValue> Read);
