using System.Globalization;
using Platform.Engine.Language;

namespace Platform.Engine.Conditions;

/// <summary>Why a condition cannot be read.</summary>
/// <param name="Code">Stable id: <c>too-long</c>, <c>unknown-fact</c>, <c>type-mismatch</c>.</param>
/// <param name="Position">Offset of the offending character, from 0.</param>
/// <param name="Seen">The piece of the condition that is wrong; may be empty.</param>
public sealed record ConditionError(string Code, int Position, string Seen)
{
    /// <summary>A sentence that says what to do, in Japanese for Japanese readers and in English for all others.</summary>
    public string Render(CultureInfo culture) => Texts.Of(culture).Get($"condition-error.{Code}")
        .Replace("{seen}", Seen, StringComparison.Ordinal)
        .Replace("{position}", (Position + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
