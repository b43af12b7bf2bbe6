using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;
using Platform.Storage.TenantExports;

namespace Platform.Api.GraphQL.TenantExports;

[Named("TenantExport")]
[Implements(typeof(INode))]
[Requires(Permissions.TenantExport)]
[Description("A bundle of what the platform holds of a tenant: a ZIP of JSON Lines, and the originals where they were asked for.")]
internal sealed class TenantExportNode(TenantExportRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.TenantExport, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("The originals of the mails are in it.")]
    public bool WithBodies => row.WithBodies;

    [Description("'queued', 'running', 'done', 'failed' or 'expired'.")]
    public string State => row.State;

    [Description("Messages to write; 0 before it starts.")]
    public int Total => row.Total;

    [Description("Messages written so far.")]
    public int Done => row.Done;

    [Description("Bytes; null before it is done.")]
    public long? Size => row.Size;

    [Description("SHA-256 of the file, lower-case hex; null before it is done.")]
    public string? Sha256 => row.Sha256;

    [Description("Where it can be downloaded with the same token until it expires; null otherwise.")]
    public string? Url => row.State == TenantExportStates.Done ? $"/v1/tenant-exports/{Id}/content" : null;

    [Description("Why it failed; null when it did not.")]
    public string? Error => row.Error;

    [Description("Who asked for it.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it was done or failed.")]
    public DateTimeOffset? EndedAt => row.EndedAt;

    [Description("When its file goes.")]
    public DateTimeOffset? ExpiresAt => row.ExpiresAt;
}
