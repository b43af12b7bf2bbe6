using Platform.Storage.Model;

namespace Platform.Storage.TenantExports;

/// <summary>A bundle of what the platform holds of a tenant: made in the background, kept encrypted as a body, gone when it expires.</summary>
public sealed class TenantExportRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required bool WithBodies { get; init; }

    /// <summary>One of <see cref="TenantExportStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Messages to write; counted when it starts.</summary>
    public required int Total { get; set; }
    public required int Done { get; set; }
    public string? BodyName { get; set; }

    /// <summary>Null before it is done and once it has expired.</summary>
    public byte[]? BodyKey { get; set; }
    public long? Size { get; set; }
    public string? Sha256 { get; set; }
    public string? Error { get; set; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

public static class TenantExportStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Expired = "expired";
}
