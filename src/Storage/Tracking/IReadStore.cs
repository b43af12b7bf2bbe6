using Platform.Engine.Tracking;

namespace Platform.Storage.Tracking;

/// <summary>Deliveries whose opens are noted, and their opens until they are graded (OUT9).</summary>
public interface IReadStore
{
    /// <summary>Opens of one delivery that are kept; more are counted by the hour.</summary>
    const int MaxKept = 100;

    /// <summary>Characters of the name of a part.</summary>
    const int MaxPart = 64;

    /// <summary>Who sends a delivery to whom; null: it is gone.</summary>
    Task<TrackableDelivery?> FindAsync(Guid tenantId, Guid deliveryId, CancellationToken cancellationToken);

    /// <summary>A copy of it that can be told of was made. Again: it was made anew, and counts from then on; the place stays.</summary>
    Task TrackedAsync(NewTracked tracked, CancellationToken cancellationToken);

    /// <summary>Opens, durable when this returns. Those of deliveries that are not tracked, or not any more, are passed over.</summary>
    Task NoteAsync(IReadOnlyList<NewOpen> opens, CancellationToken cancellationToken);

    /// <summary>Opens whose time to be graded has come, for so long this caller's.</summary>
    Task<IReadOnlyList<DueOpen>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>What else was opened from the network of an open, in a day before and a moment after it.</summary>
    Task<IReadOnlyList<SeenOpen>> AroundAsync(DueOpen open, CancellationToken cancellationToken);

    /// <summary>Forgets which network and program opens of more than a day ago came from.</summary>
    /// <returns>Of how many.</returns>
    Task<int> ForgetAsync(CancellationToken cancellationToken);
}

/// <param name="MailboxId">Of the recipient; null: none of the tenant's.</param>
public sealed record TrackableDelivery(Guid MessageId, string Recipient, Guid? MailboxId, Guid? SenderMailboxId);

public sealed record NewTracked(Guid TenantId, Guid DeliveryId, TrackedPlace Place)
{
    /// <summary>No copy was made anew: a delivery that is tracked already stays as it is.</summary>
    public bool IsReading { get; init; }
}

/// <param name="Part">Which part of the mail; empty: its picture, or all of it.</param>
/// <param name="NetworkKey">By <see cref="IOpenKeys"/>.</param>
/// <param name="AgentKey">By <see cref="IOpenKeys"/>.</param>
/// <param name="GradedAfter">How long is waited for what happens around it.</param>
public sealed record NewOpen(Guid DeliveryId, DateTimeOffset At, OpenTarget Target, string Part, OpenFacts Facts, string NetworkKey, string AgentKey, TimeSpan GradedAfter);

/// <param name="TrackedAt">When its copy was handed over.</param>
public sealed record DueOpen(
    Guid Id, Guid TenantId, Guid MessageId, Guid DeliveryId, DateTimeOffset At, OpenTarget Target, string Part, OpenFacts Facts, string NetworkKey, string AgentKey, DateTimeOffset TrackedAt, TrackedPlace Place);
