using System.ComponentModel;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.GraphQL.Push;

[Description("Input of createWebhookEndpoint.")]
internal sealed record CreateWebhookEndpointInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach and origin is TENANT.")]
    public string? Tenant { get; init; }

    [Description("Whose events are sent; by default a tenant's. MSP is for clients of an MSP.")]
    public PushOrigin? Origin { get; init; }

    [Description("An 'https' address.")]
    public required string Url { get; init; }

    [Description("For people, up to 200 characters.")]
    public string? Description { get; init; }

    [Description("Kinds of events, such as 'delivery.quarantined', or groups such as 'delivery.*'; left out or empty: all.")]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Description("Deliveries are signed by an Ed25519 key too ('v1a'), which can be checked without the secret.")]
    public bool? WithSigningKey { get; init; }

    [Description("Cursor of the event feed to begin behind; left out, with what happens from now on.")]
    public string? After { get; init; }
}

[Description("Input of updateWebhookEndpoint. What is left out stays.")]
internal sealed record UpdateWebhookEndpointInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }

    [Description("An 'https' address.")]
    public string? Url { get; init; }

    [Description("For people.")]
    public string? Description { get; init; }

    [Description("Kinds of events or groups of them; empty: all.")]
    public IReadOnlyList<string>? Kinds { get; init; }
}

[Description("Input of removeWebhookEndpoint.")]
internal sealed record RemoveWebhookEndpointInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }
}

[Description("Input of enableWebhookEndpoint.")]
internal sealed record EnableWebhookEndpointInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }
}

[Description("Input of disableWebhookEndpoint.")]
internal sealed record DisableWebhookEndpointInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }
}

[Description("Input of rotateWebhookSecret.")]
internal sealed record RotateWebhookSecretInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }

    [Description("For how long the old keys sign as well, 0 to 720; by default 24.")]
    public int? OverlapHours { get; init; }
}

[Description("Input of sendTestWebhook.")]
internal sealed record SendTestWebhookInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }
}

[Description("Input of replayWebhookEvents.")]
internal sealed record ReplayWebhookEventsInput : MutationInput
{
    [Id]
    [Description("The endpoint.")]
    public required string EndpointId { get; init; }

    [Description("Cursor of the event feed: everything behind it is sent again. Left out: everything that is kept.")]
    public string? After { get; init; }
}

[Description("Input of retryWebhookDelivery.")]
internal sealed record RetryWebhookDeliveryInput : MutationInput
{
    [Id]
    [Description("The delivery.")]
    public required string DeliveryId { get; init; }
}
