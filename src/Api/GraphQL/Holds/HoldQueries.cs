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
        var size = Paging.Size(first);
        var scope = caller.Current.ForTenants(tenant);
        var now = time.GetUtcNow();
        await using var db = databases.Open(scope);
        var page = Which(db, active, now);
        if (Cursor.ReadTime(after) is var (at, id))
            page = page.Where(row => row.PlacedAt < at || (row.PlacedAt == at && row.Id < id));
        var rows = await page.OrderByDescending(row => row.PlacedAt).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<HoldNode>(
            Paging.Of(rows, size, after, row => new HoldNode(row, now), row => Cursor.Of(row.PlacedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await Which(counting, active, now).CountAsync(token);
            });
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
