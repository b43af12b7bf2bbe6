using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Approvals;

internal sealed class ApprovalQueries(IPlatformDbFactory databases, IApprovals approvals, CallerContext caller)
{
    private const int MaxQueue = 200;

    [Requires(Permissions.ApprovalsDecide)]
    [Description("Mail that waits for the approval of the person who asks, the next to expire first. Empty for API clients: people decide.")]
    public async Task<IReadOnlyList<ApprovalMailNode>> ApprovalQueue([Description("How many, at most 200.")] int? first, CancellationToken cancellationToken) =>
        Approver.Of(caller.Current) is { } approver
            ? [.. (await approvals.QueueAsync(approver.TenantId, approver.AccountId, Math.Clamp(first ?? 50, 1, MaxQueue), cancellationToken)).Select(mail => new ApprovalMailNode(mail))]
            : [];

    [Requires(Permissions.MessagesRead)]
    [Description("Approvals over outgoing mail, newest first, of all tenants in reach.")]
    public async Task<Connection<ApprovalNode>> Approvals(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only those in this state.")] ApprovalState? state,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => Which(db, state), row => row.StartedAt, row => Cursor.Of(row.StartedAt, row.Id), row => new ApprovalNode(row), cancellationToken);
    }

    [Requires(Permissions.PolicyRead)]
    [Description("Approval chains, newest first. A tenant has at most 50.")]
    public async Task<Connection<ApprovalChainNode>> ApprovalChains(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.ApprovalChains, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new ApprovalChainNode(row), cancellationToken);
    }

    [Requires(Permissions.AccountsRead)]
    [Description("Who decides over approvals in whose place, newest first.")]
    public async Task<Connection<ApprovalDeputyNode>> ApprovalDeputies(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.ApprovalDeputies, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new ApprovalDeputyNode(row), cancellationToken);
    }

    internal async Task<ApprovalChainNode?> ChainAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.ApprovalChains.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new ApprovalChainNode(row) : null;
    }

    private static IQueryable<ApprovalRow> Which(PlatformDb db, ApprovalState? state) => db.Approvals.Where(row => state == null || row.State == state);
}

/// <summary>A person of a tenant who asks for what waits for them.</summary>
internal sealed record Approver(Guid TenantId, Guid AccountId)
{
    /// <summary>Null: a client, or somebody from outside of the tenant.</summary>
    public static Approver? Of(Caller caller) =>
        caller.Scope is { Tenants.Count: 1, MspId: null, IsSupport: false } scope && scope.Actor.StartsWith(Scope.PersonPrefix, StringComparison.Ordinal) && Guid.TryParse(scope.Actor[Scope.PersonPrefix.Length..], out var account)
            ? new Approver(scope.Tenants.First(), account)
            : null;
}
