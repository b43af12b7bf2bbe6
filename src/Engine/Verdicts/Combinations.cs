namespace Platform.Engine.Verdicts;

/// <param name="Roles">All of these must be played.</param>
/// <param name="Sees">One line for the docs.</param>
internal sealed record Combination(string Id, SignRole Roles, int Points, string Sees);

/// <summary>
/// Weak signs that stand together: an intent under a disguise with a trap is an attack though none of the three is one.
/// A role counts only when a sign of some weight plays it.
/// </summary>
internal static class Combinations
{
    /// <summary>A sign lighter than this plays no role.</summary>
    public const int LightestRole = 10;

    public static IReadOnlyList<Combination> All { get; } =
    [
        new("intent-with-disguise", SignRole.Intent | SignRole.Disguise, 16, "Wants something of the reader under another's name."),
        new("intent-with-trap", SignRole.Intent | SignRole.Trap, 16, "Wants something of the reader and holds the link, form or file for it."),
        new("disguise-with-trap", SignRole.Disguise | SignRole.Trap, 12, "Another's name, and a link, form or file that leads somewhere harmful."),
        new("intent-from-stranger", SignRole.Intent | SignRole.Novelty, 10, "Wants something of the reader at the first contact, or out of the sender's pattern."),
    ];
}
