namespace Platform.Api.Identity.SignIn;

/// <summary>Failed sign-ins under one key (docs/decisions/0087).</summary>
public sealed class AttemptRow
{
    /// <summary>SHA-256 over kind and names, so that no list of addresses lies here.</summary>
    public required string Key { get; init; }

    public required int Failures { get; set; }
    public required DateTimeOffset LastAt { get; set; }
    public required DateTimeOffset BlockedUntil { get; set; }
}
