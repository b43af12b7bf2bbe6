using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

[Requires(Permissions.PushWrite)]
[Description("Result of createWebhookEndpoint.")]
internal sealed class CreateWebhookEndpointPayload(WebhookEndpointNode? endpoint, WebhookSecret? shown, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("The secret that 'v1' signatures are checked with: 'whsec_' and base64. Shown this once; null on a repeat under the same idempotency key.")]
    public string? Secret => shown?.Secret;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of updateWebhookEndpoint.")]
internal sealed class UpdateWebhookEndpointPayload(WebhookEndpointNode? endpoint, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of enableWebhookEndpoint.")]
internal sealed class EnableWebhookEndpointPayload(WebhookEndpointNode? endpoint, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of disableWebhookEndpoint.")]
internal sealed class DisableWebhookEndpointPayload(WebhookEndpointNode? endpoint, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of rotateWebhookSecret.")]
internal sealed class RotateWebhookSecretPayload(WebhookEndpointNode? endpoint, WebhookSecret? shown, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("The secret that 'v1' signatures are checked with: 'whsec_' and base64. Shown this once; null on a repeat under the same idempotency key.")]
    public string? Secret => shown?.Secret;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of replayWebhookEvents.")]
internal sealed class ReplayWebhookEventsPayload(WebhookEndpointNode? endpoint, Outcome outcome, MutationInput input)
{
    [Description("The endpoint after the call.")]
    public WebhookEndpointNode? Endpoint => endpoint;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of sendTestWebhook.")]
internal sealed class SendTestWebhookPayload(WebhookDeliveryNode? delivery, Outcome outcome, MutationInput input)
{
    [Description("The delivery after the call.")]
    public WebhookDeliveryNode? Delivery => delivery;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of retryWebhookDelivery.")]
internal sealed class RetryWebhookDeliveryPayload(WebhookDeliveryNode? delivery, Outcome outcome, MutationInput input)
{
    [Description("The delivery after the call.")]
    public WebhookDeliveryNode? Delivery => delivery;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.PushWrite)]
[Description("Result of removeWebhookEndpoint.")]
internal sealed class RemoveWebhookEndpointPayload(Outcome outcome, RemoveWebhookEndpointInput input)
{
    [Id]
    [Description("The id of the endpoint that is gone; null when it is not.")]
    public string? RemovedEndpointId => outcome.Error is null ? input.EndpointId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
