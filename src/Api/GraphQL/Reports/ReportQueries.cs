using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Reports;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Reports;

internal sealed class ReportQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.MessagesRead)]
    [Description("Reports of wrong verdicts, newest first: of all tenants in reach, or of the own mailbox.")]
    public async Task<Connection<ReportNode>> Reports(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only those in this state.")] ReportState? state,
        [Description("Only those of this kind.")] ReportKind? kind,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => Which(db, state, kind), row => row.ReportedAt, row => Cursor.Of(row.ReportedAt, row.Id), row => new ReportNode(row), cancellationToken);
    }

    internal async Task<ReportNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Reports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new ReportNode(row) : null;
    }

    private static IQueryable<ReportRow> Which(PlatformDb db, ReportState? state, ReportKind? kind) =>
        db.Reports.AsNoTracking().Where(row => (state == null || row.State == state) && (kind == null || row.Kind == kind));
}
