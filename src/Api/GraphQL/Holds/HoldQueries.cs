using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Holds;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Holds;

internal sealed class HoldQueries(IPlatformDbFactory databases, CallerContext caller, TimeProvider time)
{
    [Requires(Permissions.HoldsRead)]
    [Description("Legal holds, newest first.")]
    public async Task<Connection<HoldNode>> Holds(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("True: only those that stand now; false: only those that ended or were released.")] bool? active,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var now = time.GetUtcNow();
        return await databases.PageAsync(
            scope, first, after, db => Which(db, active, now), row => row.PlacedAt, row => Cursor.Of(row.PlacedAt, row.Id), row => new HoldNode(row, now), cancellationToken);
    }

    internal async Task<HoldNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Holds.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new HoldNode(row, time.GetUtcNow()) : null;
    }

    private static IQueryable<HoldRow> Which(PlatformDb db, bool? active, DateTimeOffset now) => active switch
    {
        null => db.Holds.AsNoTracking(),
        true => db.Holds.AsNoTracking().Where(row => row.ReleasedAt == null && (row.EndsAt == null || row.EndsAt > now)),
        false => db.Holds.AsNoTracking().Where(row => row.ReleasedAt != null || row.EndsAt <= now),
    };
}
