using System.ComponentModel;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Imports;

internal sealed class ImportQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.Scan)]
    [Description("Import jobs, newest first. They are started by POST /v1/imports.")]
    public async Task<Connection<ImportNode>> Imports(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.Imports, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new ImportNode(row), cancellationToken);
    }

    [Requires(Permissions.Scan)]
    [Description("One import job; null when it is unknown or out of reach.")]
    public async Task<ImportNode?> Import([Id][Description("Id of the job.")] string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.Import) is not { } key)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Imports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? new ImportNode(row) : null;
    }
}

[Named("Import")]
[Implements(typeof(INode))]
[Requires(Permissions.Scan)]
[Description("A job that inspects the mails of a file.")]
internal sealed class ImportNode(ImportRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Import, row.Id);

    [Description("Name of the file.")]
    public string FileName => row.FileName;

    [Description("How far it is: 'queued', 'running', 'done', 'failed'.")]
    public string State => row.State;

    [Description("Mails found so far.")]
    public int Total => row.Total;

    [Description("Mails taken in.")]
    public int Done => row.Done;

    [Description("Mails that could not be read.")]
    public int Failed => row.Failed;

    [Description("Why the job failed; null when it did not.")]
    public string? Error => row.Error;

    [Description("When it was started.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it last moved.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;
}
