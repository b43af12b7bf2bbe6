namespace Platform.Grains.Accounts;

/// <summary>Stored state; the names of its properties are the stored names. Immutable, so that a failed write leaves the old one in place.</summary>
internal sealed record AccountState
{
    public SendWindow Minute { get; init; } = SendWindow.Empty;
    public SendWindow Hour { get; init; } = SendWindow.Empty;
    public SendWindow Day { get; init; } = SendWindow.Empty;
    public DateTimeOffset? BlockedUntil { get; init; }
    public string? BlockReason { get; init; }

    /// <summary>Messages that were let through lately, oldest first.</summary>
    public IReadOnlyList<Guid> Messages { get; init; } = [];

    /// <summary>Latest last, one for each address.</summary>
    public IReadOnlyList<PlaceSeen> Places { get; init; } = [];
}

internal sealed record PlaceSeen(string Address, string? Country, long? Asn, DateTimeOffset At, string? Service = null);
