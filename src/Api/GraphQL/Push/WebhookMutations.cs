using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

internal sealed class WebhookMutations(IWebhookCommands commands, IWebhookReading reading, CallerContext caller, MutationRunner runner)
{
    private const int DefaultOverlapHours = 24;

    [Requires(Permissions.PushWrite)]
    [Description("Makes a webhook endpoint. Events are sent at least once, signed after Standard Webhooks 1.0.0; see docs/webhooks.md.")]
    public async Task<CreateWebhookEndpointPayload> CreateWebhookEndpoint([Description("The endpoint.")] CreateWebhookEndpointInput input, CancellationToken cancellationToken)
    {
        WebhookSecret? shown = null;
        var outcome = await OwnedAsync(input, async (scope, owner) =>
        {
            var made = await commands.CreateAsync(
                scope, owner, new NewWebhook(input.Url, input.Description ?? "", input.Kinds ?? [], input.WithSigningKey == true, input.After), cancellationToken);
            shown = made.Value;
            return Outcome.Of(made, made.Value?.EndpointId);
        }, cancellationToken);
        return new CreateWebhookEndpointPayload(await FindAsync(outcome, cancellationToken), shown, outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Changes a webhook endpoint. What waits is sent to the new address.")]
    public async Task<UpdateWebhookEndpointPayload> UpdateWebhookEndpoint([Description("The change.")] UpdateWebhookEndpointInput input, CancellationToken cancellationToken)
    {
        var outcome = await EndpointAsync("updateWebhookEndpoint", input.EndpointId, input, (scope, id) =>
            commands.UpdateAsync(scope, id, new WebhookChange(input.Url, input.Description, input.Kinds), cancellationToken), cancellationToken);
        return new UpdateWebhookEndpointPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Removes a webhook endpoint with what waits for it and its log.")]
    public async Task<RemoveWebhookEndpointPayload> RemoveWebhookEndpoint([Description("Which endpoint.")] RemoveWebhookEndpointInput input, CancellationToken cancellationToken) =>
        new(await EndpointAsync("removeWebhookEndpoint", input.EndpointId, input, (scope, id) => commands.RemoveAsync(scope, id, cancellationToken), cancellationToken), input);

    [Requires(Permissions.PushWrite)]
    [Description("Sends events to an endpoint again. What happened while it was disabled is sent too, as far as the feed still has it.")]
    public async Task<EnableWebhookEndpointPayload> EnableWebhookEndpoint([Description("Which endpoint.")] EnableWebhookEndpointInput input, CancellationToken cancellationToken)
    {
        var outcome = await EndpointAsync("enableWebhookEndpoint", input.EndpointId, input, (scope, id) => commands.SetEnabledAsync(scope, id, enabled: true, cancellationToken), cancellationToken);
        return new EnableWebhookEndpointPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Stops sending events to an endpoint; they wait.")]
    public async Task<DisableWebhookEndpointPayload> DisableWebhookEndpoint([Description("Which endpoint.")] DisableWebhookEndpointInput input, CancellationToken cancellationToken)
    {
        var outcome = await EndpointAsync("disableWebhookEndpoint", input.EndpointId, input, (scope, id) => commands.SetEnabledAsync(scope, id, enabled: false, cancellationToken), cancellationToken);
        return new DisableWebhookEndpointPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Makes new keys for an endpoint. Deliveries are signed by the old ones too until the overlap ends.")]
    public async Task<RotateWebhookSecretPayload> RotateWebhookSecret([Description("Which endpoint.")] RotateWebhookSecretInput input, CancellationToken cancellationToken)
    {
        WebhookSecret? shown = null;
        var outcome = await EndpointAsync("rotateWebhookSecret", input.EndpointId, input, async (scope, id) =>
        {
            var made = await commands.RotateAsync(scope, id, TimeSpan.FromHours(input.OverlapHours ?? DefaultOverlapHours), cancellationToken);
            shown = made.Value;
            return new CommandResult<Guid>(id, made.Code, made.Message);
        }, cancellationToken);
        return new RotateWebhookSecretPayload(await FindAsync(outcome, cancellationToken), shown, outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Sends an event of the kind 'webhook.test' to an endpoint, to try it out.")]
    public async Task<SendTestWebhookPayload> SendTestWebhook([Description("Which endpoint.")] SendTestWebhookInput input, CancellationToken cancellationToken)
    {
        var outcome = await EndpointAsync("sendTestWebhook", input.EndpointId, input, (scope, id) => commands.TestAsync(scope, id, cancellationToken), cancellationToken);
        return new SendTestWebhookPayload(await FindDeliveryAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Sends everything behind a cursor of the event feed to an endpoint again, under the same ids.")]
    public async Task<ReplayWebhookEventsPayload> ReplayWebhookEvents([Description("From where.")] ReplayWebhookEventsInput input, CancellationToken cancellationToken)
    {
        var outcome = await EndpointAsync("replayWebhookEvents", input.EndpointId, input, (scope, id) => commands.ReplayAsync(scope, id, input.After, cancellationToken), cancellationToken);
        return new ReplayWebhookEventsPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Sends a delivery that was given up, or one that was delivered, anew.")]
    public async Task<RetryWebhookDeliveryPayload> RetryWebhookDelivery([Description("Which delivery.")] RetryWebhookDeliveryInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(caller.Current.Home, "retryWebhookDelivery", input, async () => GlobalId.Find(input.DeliveryId, NodeKind.WebhookDelivery) is { } id
            ? Outcome.Of(await commands.RetryAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such delivery of a webhook is in reach of this client.", "deliveryId"), cancellationToken);
        return new RetryWebhookDeliveryPayload(await FindDeliveryAsync(outcome, cancellationToken), outcome, input);
    }

    private Task<Outcome> EndpointAsync(string operation, string endpointId, MutationInput input, Func<Scope, Guid, Task<CommandResult<Guid>>> command, CancellationToken cancellationToken) =>
        runner.RunAsync(caller.Current.Home, operation, input, async () => GlobalId.Find(endpointId, NodeKind.WebhookEndpoint) is { } id
            ? Outcome.Of(await command(caller.Current.Scope, id))
            : Outcome.Failed(ErrorCodes.NotFound, "No such webhook endpoint is in reach of this client.", "endpointId"), cancellationToken);

    private Task<Outcome> OwnedAsync(CreateWebhookEndpointInput input, Func<Scope, Platform.Storage.Push.PushOwner, Task<Outcome>> command, CancellationToken cancellationToken) => runner.RunForAsync(
        () => PushOwners.Of(caller.Current, input.Tenant, input.Origin),
        place => place.Owner.Id,
        "createWebhookEndpoint",
        input,
        place => command(place.Scope, place.Owner),
        Outcome.Refused,
        cancellationToken);

    private async Task<WebhookEndpointNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.PushRead) && await reading.FindAsync(caller.Current.Scope, id, cancellationToken) is { } view
            ? new WebhookEndpointNode(view)
            : null;

    private async Task<WebhookDeliveryNode?> FindDeliveryAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.PushRead) && await reading.FindDeliveryAsync(caller.Current.Scope, id, cancellationToken) is { } row
            ? new WebhookDeliveryNode(row)
            : null;
}
