using System.Globalization;
using Platform.Engine.Language;

namespace Platform.Engine.Conditions;

/// <summary>A fact as people who write conditions see it.</summary>
/// <param name="Name">As written in a condition: <c>from.domain</c>.</param>
public sealed record FactDescription(string Name, ConditionType Type)
{
    /// <summary>One line, in Japanese for Japanese readers and in English for all others.</summary>
    public string Says(CultureInfo culture) => Texts.Of(culture).Get($"fact.{Name}");
}
