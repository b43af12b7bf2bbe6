using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

[Named("WebhookEndpoint")]
[Implements(typeof(INode))]
[Requires(Permissions.PushRead)]
[Description("An address that takes events by signed POST, after Standard Webhooks 1.0.0.")]
internal sealed class WebhookEndpointNode(WebhookView view) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.WebhookEndpoint, view.Row.Id);

    [Description("Where events are sent.")]
    public string Url => view.Row.Url;

    [Description("For people.")]
    public string Description => view.Row.Description;

    [Description("Kinds of events that it takes, such as 'delivery.quarantined', or groups such as 'delivery.*'; empty: all.")]
    public IReadOnlyList<string> Kinds => EventKindFilter.Read(view.Row.Kinds).Entries;

    [Description("Whether events are sent.")]
    public WebhookState State => view.Row.State;

    [Description("Why it is disabled; null while it is not.")]
    public WebhookDisabledReason? DisabledReason => view.Row.DisabledReason;

    [Description("Key that its 'v1a' signatures are checked with: 'whpk_' and base64; null without one.")]
    public string? PublicKey => view.Row.PublicKey is { } key ? WebhookPublicKey.Write(key) : null;

    [Description("Until when the keys from before the last rotation sign as well; null when they do not.")]
    public DateTimeOffset? PreviousKeysUntil => view.Row.PreviousUntil;

    [Description("Whose events it takes: of one tenant, or of all tenants of the MSP.")]
    public PushOrigin Origin => view.Row.OfMsp ? PushOrigin.Msp : PushOrigin.Tenant;

    [Description("Events that it has not come to yet, of whatever kind, and deliveries that wait.")]
    public long Waiting => view.Waiting;

    [Description("Deliveries on the dead-letter list.")]
    public int Dead => view.Dead;

    [Description("When a delivery last succeeded, to ten seconds; null when never.")]
    public DateTimeOffset? LastSuccessAt => view.Row.LastSuccessAt;

    [Description("Since when every try has failed; null when the last one succeeded. After five days it is disabled.")]
    public DateTimeOffset? FailingSince => view.Row.FailingSince;

    [Description("What went wrong last.")]
    public string? LastError => view.Row.LastError;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => view.Row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => view.Row.CreatedBy;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => view.Row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => view.Row.ChangedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose events it takes; null for an endpoint of an MSP.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(view.Row.OwnerId, cancellationToken);
}

[Named("WebhookDelivery")]
[Implements(typeof(INode))]
[Requires(Permissions.PushRead)]
[Description("One event on its way to one webhook endpoint. Kept for 30 days after it ended.")]
internal sealed class WebhookDeliveryNode(WebhookDeliveryRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.WebhookDelivery, row.Id);

    [Id]
    [Description("The endpoint.")]
    public string EndpointId => GlobalId.Of(NodeKind.WebhookEndpoint, row.EndpointId);

    [Id]
    [Description("The event, whose id is sent as 'webhook-id'; null for a test.")]
    public string? EventId => row.EventId is { } id ? GlobalId.Of(NodeKind.Event, id) : null;

    [Description("Number of the event in its feed; 0 for a test.")]
    public long Sequence => row.Sequence;

    [Description("Kind of the event.")]
    public string Kind => row.Kind;

    [Description("How it stands.")]
    public WebhookDeliveryState State => row.State;

    [Description("How often it was tried.")]
    public int Attempts => row.Attempts;

    [Description("When it is tried next; null when nothing is to be done.")]
    public DateTimeOffset? DueAt => row.DueAt;

    [Description("HTTP status of the last answer; null when there was none.")]
    public int? LastStatus => row.LastStatus;

    [Description("What went wrong last.")]
    public string? LastError => row.LastError;

    [Description("When the event was taken over.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it last moved.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Each try, oldest first.")]
    public IDataLoaderResult<IReadOnlyList<WebhookAttemptNode>> Log([FromServices] WebhookLoaders loaders) => loaders.AttemptsOf(row.Id);
}

[Named("WebhookAttempt")]
[Requires(Permissions.PushRead)]
[Description("One try of a delivery.")]
internal sealed class WebhookAttemptNode(WebhookAttemptRow row)
{
    [Description("From 1.")]
    public int Number => row.Number;

    [Description("When it ended.")]
    public DateTimeOffset At => row.At;

    [Description("The receiver answered 2xx.")]
    public bool Succeeded => row.Succeeded;

    [Description("HTTP status; null when there was no answer.")]
    public int? Status => row.Status;

    [Description("Milliseconds until the status was there.")]
    public int LatencyMs => row.LatencyMs;

    [Description("What went wrong.")]
    public string? Error => row.Error;

    [Description("The beginning of the receiver's answer, up to 500 characters. Foreign text: escape it where it is shown.")]
    public string? Excerpt => row.Excerpt;
}

/// <summary>What hangs on deliveries, fetched for a whole page at once.</summary>
internal sealed class WebhookLoaders
{
    private readonly BatchLoader<Guid, IReadOnlyList<WebhookAttemptNode>> _attempts;

    public WebhookLoaders(IWebhookReading reading, CallerContext caller) => _attempts = new(
        async (deliveries, token) => (await reading.AttemptsAsync(caller.Current.Scope, deliveries, token))
            .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<WebhookAttemptNode>)[.. pair.Value.Select(row => new WebhookAttemptNode(row))]),
        _ => []);

    public IDataLoaderResult<IReadOnlyList<WebhookAttemptNode>> AttemptsOf(Guid deliveryId) => _attempts.Load(deliveryId);
}
