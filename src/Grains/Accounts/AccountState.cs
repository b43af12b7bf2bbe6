namespace Platform.Grains.Accounts;

/// <summary>Stored state; the names of its properties are the stored names. Immutable, so that a failed write leaves the old one in place.</summary>
internal sealed record AccountState
{
    public const int RememberedPlaces = 32;

    /// <summary>Latest last, one for each address.</summary>
    public IReadOnlyList<PlaceSeen> Places { get; init; } = [];

    public AccountState Seen(PlaceSeen place) =>
        this with { Places = [.. Places.Where(known => known.Address != place.Address).TakeLast(RememberedPlaces - 1), place] };
}

internal sealed record PlaceSeen(string Address, string? Country, long? Asn, DateTimeOffset At, string? Service = null);
