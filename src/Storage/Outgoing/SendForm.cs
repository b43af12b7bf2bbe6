using Platform.Storage.Protection;

namespace Platform.Storage.Outgoing;

/// <summary>How a mail is changed for one recipient when it leaves, decided with its scan and kept with the delivery (OUT5, OUT8, OUT12).</summary>
public sealed record SendForm
{
    public static SendForm AsItIs { get; } = new();

    /// <summary>What of it is read in the secure reader; null: nothing.</summary>
    public ProtectForm? Protect { get; init; }

    /// <summary>Types of files that do not go along: by content (<c>exe</c>) or extension (<c>docm</c>).</summary>
    public IReadOnlyList<string> Strip { get; init => field = value ?? []; } = [];
}

/// <param name="LargerThan">Bytes; of <see cref="ProtectedExtent.LargeFiles"/> alone.</param>
/// <param name="Days">How long it can be read, 1 to 366.</param>
public sealed record ProtectForm(ProtectedExtent Extent, bool ViewOnly, int Days, long? LargerThan = null)
{
    /// <summary>The stricter of two: more of the mail, less to be done with it, for a shorter time. Locked files that are too large to go by mail do not go.</summary>
    public ProtectForm And(ProtectForm other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var extent = (Extent, other.Extent) is (ProtectedExtent.LockedFiles, ProtectedExtent.LargeFiles) or (ProtectedExtent.LargeFiles, ProtectedExtent.LockedFiles)
            ? ProtectedExtent.Files
            : Extent < other.Extent ? Extent : other.Extent;
        return new ProtectForm(
            extent,
            ViewOnly || other.ViewOnly,
            Math.Min(Days, other.Days),
            extent == ProtectedExtent.LargeFiles ? Math.Min(LargerThan ?? long.MaxValue, other.LargerThan ?? long.MaxValue) : null);
    }
}
