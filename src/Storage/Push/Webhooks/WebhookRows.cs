using Platform.Storage.Model;

namespace Platform.Storage.Push.Webhooks;

// Webhooks after the specification "Standard Webhooks" 1.0.0: an endpoint of a customer takes each event of a feed by a signed POST.
// An endpoint follows its feed by position. In one transaction the events behind the position become deliveries and the position moves
// on, so that none is lost and none comes twice from here. A delivery is tried under a lease until it is delivered or given up.

/// <summary>A customer's address that takes events.</summary>
public sealed class WebhookEndpointRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>Id of the tenant or MSP whose events go there.</summary>
    public required Guid OwnerId { get; init; }
    public required bool OfMsp { get; init; }
    public required string Url { get; set; }
    public required string Description { get; set; }

    /// <summary>JSON array of <see cref="EventKindFilter"/>; empty: all.</summary>
    public required string Kinds { get; set; }
    public required WebhookState State { get; set; }

    /// <summary>Why it is disabled; null while it is not.</summary>
    public WebhookDisabledReason? DisabledReason { get; set; }

    /// <summary>Sealed (<see cref="PushKeys"/>); so are all keys below.</summary>
    public required byte[] Secret { get; set; }
    public byte[]? PreviousSecret { get; set; }

    /// <summary>Seed of the Ed25519 key (RFC 8032, 5.1.5); null when deliveries are signed by the secret alone.</summary>
    public byte[]? SigningSeed { get; set; }
    public byte[]? PreviousSigningSeed { get; set; }

    /// <summary>Of <see cref="SigningSeed"/>, not sealed.</summary>
    public byte[]? PublicKey { get; set; }

    /// <summary>Until when the previous keys sign as well.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>Number of the last event of the feed that became a delivery or was passed over.</summary>
    public required long Position { get; set; }

    /// <summary>Attempts that failed since one succeeded.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them failed.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>What went wrong last, in words; bounded.</summary>
    public string? LastError { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

public enum WebhookState
{
    Enabled,
    Disabled,
}

public enum WebhookDisabledReason
{
    /// <summary>A person or program switched it off.</summary>
    ByRequest,

    /// <summary>It answered 410 Gone.</summary>
    Gone,

    /// <summary>Nothing was taken for days.</summary>
    Failing,
}

/// <summary>One event on its way to one endpoint. The event itself stays in the feed, so that nothing of it is kept twice.</summary>
public sealed class WebhookDeliveryRow : IOwned
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required Guid EndpointId { get; init; }

    /// <summary>Null: a test.</summary>
    public Guid? EventId { get; init; }

    /// <summary>Of the event in the feed of the endpoint; 0 for a test.</summary>
    public required long Sequence { get; init; }
    public required string Kind { get; init; }
    public required WebhookDeliveryState State { get; set; }
    public int Attempts { get; set; }
    public Guid? LeaseToken { get; set; }

    /// <summary>When it is tried next, or its lease ends. Null: nothing to do.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; set; }
    public string? LastError { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

public enum WebhookDeliveryState
{
    Pending,
    Delivered,

    /// <summary>Given up: on the dead-letter list, from which it can be sent anew.</summary>
    Dead,
}

/// <summary>One try of one delivery, kept for a month.</summary>
public sealed class WebhookAttemptRow : IOwned
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required Guid DeliveryId { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required bool Succeeded { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }
    public required int LatencyMs { get; init; }
    public string? Error { get; init; }

    /// <summary>The beginning of the answer, hostile text; control characters are replaced.</summary>
    public string? Excerpt { get; init; }
}
