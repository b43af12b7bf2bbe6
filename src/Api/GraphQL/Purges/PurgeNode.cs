using System.ComponentModel;
using System.Text.Json;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Purges;

[Named("Purge")]
[Implements(typeof(INode))]
[Requires(Permissions.AuditRead)]
[Description("A purge and, once all is gone, its signed receipt.")]
internal sealed class PurgeNode(PurgeRow row) : INode
{
    private readonly Lazy<JsonElement> _counts = new(() =>
    {
        using var document = JsonDocument.Parse(row.Counts);
        return document.RootElement.Clone();
    });

    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Purge, row.Id);

    [Description("What was purged: 'messages' or 'tenant'.")]
    public string Kind => row.Kind;

    [Description("'running' while files, index and free space are seen to; 'done' when all is gone.")]
    public string State => row.State;

    [Description("What it took: messages, deliveries, bodies, eventsRedacted, auditErased, otherRows.")]
    public JsonElement Counts => _counts.Value;

    [Description("Why.")]
    public string Reason => row.Reason;

    [Description("Who asked for it.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When it was asked for; keys and rows of messages were gone at that moment.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("When all was gone; null before.")]
    public DateTimeOffset? FinishedAt => row.FinishedAt;

    [Description("The receipt, a JSON Web Signature (RFC 7515) by the key at /v1/receipt-keys; null before it is done.")]
    public string? Receipt => row.Receipt;

    [Description("The purge took the message, or the tenant, of this id.")]
    public bool Covers([Id][Description("Id as the API gave it.")] string id) =>
        GlobalId.TryRead(id, out var kind, out var key) && kind is NodeKind.Message or NodeKind.Tenant && PurgeItems.Include(row, key);
}
