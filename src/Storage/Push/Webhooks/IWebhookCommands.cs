using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Storage.Push.Webhooks;

/// <summary>
/// Changes of webhook endpoints. Each that changes whereto events go, or whether, has its event and audit entry in the same transaction:
/// with the tenant, or of an MSP's endpoint with every tenant of the MSP, since its events go there too.
/// </summary>
public interface IWebhookCommands
{
    /// <exception cref="FeedCursorException"><see cref="NewWebhook.After"/> is not a cursor of this feed.</exception>
    Task<CommandResult<WebhookSecret>> CreateAsync(Scope scope, PushOwner owner, NewWebhook webhook, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid endpointId, WebhookChange change, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid endpointId, CancellationToken cancellationToken);

    /// <summary>What happened while it was disabled is delivered once it is enabled, as far as the feed still has it.</summary>
    Task<CommandResult<Guid>> SetEnabledAsync(Scope scope, Guid endpointId, bool enabled, CancellationToken cancellationToken);

    /// <summary>New keys. The old ones sign as well until the overlap ends.</summary>
    Task<CommandResult<WebhookSecret>> RotateAsync(Scope scope, Guid endpointId, TimeSpan overlap, CancellationToken cancellationToken);

    /// <summary>Queues an event of the kind <c>webhook.test</c> to this endpoint alone.</summary>
    /// <returns>The id of the delivery.</returns>
    Task<CommandResult<Guid>> TestAsync(Scope scope, Guid endpointId, CancellationToken cancellationToken);

    /// <summary>Delivers everything behind a cursor of the feed again.</summary>
    /// <param name="after">Null: from the oldest event kept.</param>
    /// <exception cref="FeedCursorException">Not a cursor of this feed.</exception>
    Task<CommandResult<Guid>> ReplayAsync(Scope scope, Guid endpointId, string? after, CancellationToken cancellationToken);

    /// <summary>Sends a delivery from the dead-letter list, or a delivered one, anew, with all its tries.</summary>
    Task<CommandResult<Guid>> RetryAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken);
}

/// <param name="Kinds">See <see cref="EventKindFilter"/>.</param>
/// <param name="WithSigningKey">Deliveries are signed by an Ed25519 key too, which can be checked without the secret.</param>
/// <param name="After">Cursor of the feed to begin behind; null: with what happens from now on.</param>
public sealed record NewWebhook(string Url, string Description, IReadOnlyList<string> Kinds, bool WithSigningKey = false, string? After = null);

/// <summary>Null leaves a value as it is.</summary>
public sealed record WebhookChange(string? Url = null, string? Description = null, IReadOnlyList<string>? Kinds = null);

/// <summary>Shown once and never again.</summary>
/// <param name="Secret"><c>whsec_</c> and 32 bytes in base64.</param>
/// <param name="PublicKey"><c>whpk_</c> and the Ed25519 key in base64; null without one.</param>
public sealed record WebhookSecret(Guid EndpointId, string Secret, string? PublicKey)
{
    /// <summary>Without the secret, so that no log shows it.</summary>
    public override string ToString() => EndpointId.ToString();
}
