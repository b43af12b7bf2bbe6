using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.NextHops;

internal sealed class NextHopQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.TransportRead)]
    [Description("What tenants say on TLS towards domains outside, newest first. Domains of which nothing is said have AUTOMATIC.")]
    public Task<Connection<TransportPolicyNode>> TransportPolicies(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken) => databases.PageAsync(
            caller.Current.ForTenants(tenant), first, after, db => db.TransportPolicies.AsNoTracking(), row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new TransportPolicyNode(row), cancellationToken);

    [Requires(Permissions.TransportRead)]
    [Description("Domains outside that mail was sent to, and how the way there was, the newest destination first.")]
    public Task<Connection<TransportResultNode>> TransportResults(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only this domain.")] string? domain,
        [Description("Only domains whose last failure is newer than their last success.")] bool? failing,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken) => databases.PageAsync(
            caller.Current.ForTenants(tenant), first, after, db => Which(db, domain?.Trim().ToLowerInvariant(), failing ?? false), row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new TransportResultNode(row), cancellationToken);

    [Requires(Permissions.TransportRead)]
    [Description("Keys by which mail to the outside is signed, newest first, with the record to publish for each.")]
    public Task<Connection<DkimKeyNode>> DkimKeys(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only of this domain.")] string? domain,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken) => databases.PageAsync(
            caller.Current.ForTenants(tenant), first, after, db => KeysOf(db, domain?.Trim().ToLowerInvariant()), row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new DkimKeyNode(row), cancellationToken);

    private static IQueryable<TransportDestinationRow> Which(PlatformDb db, string? domain, bool failing) => db.TransportDestinations.AsNoTracking()
        .Where(row => (domain == null || row.Domain == domain) && (!failing || (row.LastFailureAt != null && (row.LastSuccessAt == null || row.LastFailureAt > row.LastSuccessAt))));

    private static IQueryable<DkimKeyRow> KeysOf(PlatformDb db, string? domain) => db.DkimKeys.AsNoTracking().Where(row => domain == null || row.Domain == domain);
}
