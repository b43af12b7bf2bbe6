using Platform.Engine.Verdicts;

namespace Platform.Api.Edge;

/// <summary>The entry of an allow or block list that a reason rests on.</summary>
internal static class ReasonEntry
{
    /// <summary>Its id as the outside sees it; null where the reason rests on none.</summary>
    public static string? Of(Reason reason) => KeyOf(reason) is { } id ? GlobalId.Of(NodeKind.ListEntry, id) : null;

    public static Guid? KeyOf(Reason reason) => reason.Arguments.TryGetValue("entry", out var entry) && Guid.TryParse(entry, out var id) ? id : null;
}
