using Platform.Storage.Model;

namespace Platform.Storage.ContentAccess;

/// <summary>What a tenant asks of whoever opens another person's mail (QUA4).</summary>
public sealed class ContentAccessRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>API clients give a reason too, as people always do.</summary>
    public required bool ReasonOfClients { get; set; }

    /// <summary>A second person approves each opening.</summary>
    public required bool FourEyes { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>A wish to open one message, and what a second person said to it.</summary>
public sealed class ContentRequestRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required Guid MessageId { get; init; }
    public required string Reason { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>One of <see cref="ContentRequestStates"/>.</summary>
    public required string State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Until when the one who asked may open the message.</summary>
    public DateTimeOffset? GrantedUntil { get; set; }
}

public static class ContentRequestStates
{
    public const string Waiting = "waiting";
    public const string Granted = "granted";
    public const string Refused = "refused";
}
