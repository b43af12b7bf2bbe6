namespace Platform.Engine.Conditions;

/// <param name="Name">As written in a condition: <c>from.domain</c>.</param>
internal sealed record Fact(string Name, ConditionType Type, Func<ConditionFacts, ConditionValue> Read);
