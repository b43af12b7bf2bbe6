using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

internal sealed class WebhookQueries(IWebhookReading reading, CallerContext caller)
{
    [Requires(Permissions.PushRead)]
    [Description("Webhook endpoints, newest first.")]
    public async Task<Connection<WebhookEndpointNode>> WebhookEndpoints(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach, and the MSP's own.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = ScopeOf(tenant);
        var rows = await reading.PageAsync(scope, from, size + 1, cancellationToken);
        return new Connection<WebhookEndpointNode>(
            Paging.Of(rows, size, after, view => new WebhookEndpointNode(view), view => Cursor.Of(view.Row.CreatedAt, view.Row.Id)),
            token => reading.CountAsync(scope, token));
    }

    [Requires(Permissions.PushRead)]
    [Description("Deliveries to webhook endpoints, newest first. With 'state: DEAD' the dead-letter list.")]
    public async Task<Connection<WebhookDeliveryNode>> WebhookDeliveries(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One endpoint; by default all in reach.")] string? endpointId,
        [Description("Only those that stand so.")] WebhookDeliveryState? state,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.Scope;
        // An id of another kind names no endpoint, and so no delivery.
        var query = new WebhookDeliveryQuery(endpointId is null ? null : GlobalId.Find(endpointId, NodeKind.WebhookEndpoint) ?? Guid.Empty, state);
        var rows = await reading.DeliveriesAsync(scope, query, from, size + 1, cancellationToken);
        return new Connection<WebhookDeliveryNode>(
            Paging.Of(rows, size, after, row => new WebhookDeliveryNode(row), row => Cursor.Of(row.CreatedAt, row.Id)),
            token => reading.CountDeliveriesAsync(scope, query, token));
    }

    private Scope ScopeOf(string? tenant) => tenant is null ? caller.Current.Scope : caller.Current.ForTenant(tenant).Scope with { MspId = null };
}
