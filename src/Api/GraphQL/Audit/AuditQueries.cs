using System.ComponentModel;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Audit;

internal sealed class AuditQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.AuditRead)]
    [Description("Who did what, newest first.")]
    public async Task<Connection<AuditEntryNode>> AuditLog(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.ForTenants(tenant);
        await using var db = databases.Open(scope);
        var page = db.Audit.AsNoTracking();
        if (from is var (time, id))
            page = page.Where(row => row.At < time || (row.At == time && row.Id < id));
        var rows = await page.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<AuditEntryNode>(
            Paging.Of(rows, size, after, row => new AuditEntryNode(row), row => Cursor.Of(row.At, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await counting.Audit.CountAsync(token);
            });
    }
}

[Named("AuditEntry")]
[Implements(typeof(INode))]
[Requires(Permissions.AuditRead)]
[Description("One link of a tenant's audit chain.")]
internal sealed class AuditEntryNode(AuditRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.AuditEntry, row.Id);

    [Description("Its number in the tenant's chain, without gaps from 1.")]
    public long Sequence => row.Sequence;

    [Description("When.")]
    public DateTimeOffset At => row.At;

    [Description("Who: 'client:acme-api'.")]
    public string Actor => row.Actor;

    [Description("What was done.")]
    public string Action => row.Action;

    [Description("On what.")]
    public string Target => row.Target;

    [Description("More about it, JSON.")]
    public string Detail => row.Detail;

    [Description("SHA-256 over the hash before and this entry, lower-case hex.")]
    public string Hash => row.Hash;
}
