namespace Platform.Engine.Conditions;

/// <summary>Ends the reading of a condition; never leaves <see cref="Condition.TryParse"/>.</summary>
internal sealed class ConditionException(string code, int position, string seen) : Exception(code)
{
    public ConditionError Error { get; } = new(code, position, seen);
}
