using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

internal sealed class RuleQueries(IPlatformDbFactory databases, IRecipientDirectory directory, CallerContext caller)
{
    [Requires(Permissions.PolicyRead)]
    [Description("The rules over a tenant's mail in the order in which they are tried: those of its MSP, then its own. For a client of an MSP that names no tenant, those of the MSP.")]
    public async Task<Connection<RuleNode>> Rules(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Which tenant; needed for its own rules where several are in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        // An owner has few rules, so that all are read.
        var rows = await AllAsync(tenant, cancellationToken);
        List<RuleRow> page = [.. rows.Where(row => from is null || string.CompareOrdinal(KeyOf(row), from) > 0).Take(size + 1)];
        return new Connection<RuleNode>(Paging.Of(page, size, after, row => new RuleNode(row), row => Cursor.Of(KeyOf(row))), _ => Task.FromResult(rows.Count));
    }

    [Requires(Permissions.PolicyRead)]
    [Description("One rule; null when it is unknown or out of reach.")]
    public async Task<RuleNode?> Rule([Id][Description("Id of the rule.")] string id, CancellationToken cancellationToken) =>
        GlobalId.Find(id, NodeKind.Rule) is { } key ? await FindAsync(key, cancellationToken) : null;

    [Requires(Permissions.PolicyRead)]
    [Description("All that a condition may ask of a message.")]
    public IReadOnlyList<RuleFactNode> RuleFacts() => [.. Condition.Facts.Select(fact => new RuleFactNode(fact, caller))];

    [Requires(Permissions.PolicyRead)]
    [Description("Replays of rules and policies over stored verdicts, newest first.")]
    public async Task<Connection<RuleReplayNode>> RuleReplays(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.RuleReplays, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new RuleReplayNode(row), cancellationToken);
    }

    [Requires(Permissions.PolicyRead)]
    [Description("One replay; null when it is unknown or out of reach.")]
    public async Task<RuleReplayNode?> RuleReplay([Id][Description("Id of the replay.")] string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.RuleReplay) is not { } key)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.RuleReplays.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? new RuleReplayNode(row) : null;
    }

    internal async Task<RuleNode?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Rules.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new RuleNode(row) : null;
    }

    internal async Task<IReadOnlyList<RuleRow>> AllAsync(string? tenant, CancellationToken cancellationToken)
    {
        var ofMsp = tenant is null ? caller.Current.Scope.MspId : null;
        var (scope, tenantId) = ofMsp is null ? caller.Current.ForTenant(tenant) : (caller.Current.Scope, Guid.Empty);
        var msp = ofMsp ?? (await directory.FindTenantAsync(tenantId, cancellationToken))?.MspId;
        await using var db = databases.Open(scope);
        return await db.Rules.AsNoTracking()
            .Where(row => row.TenantId == tenantId || (row.MspId != null && row.MspId == msp))
            .OrderBy(row => row.MspId == null).ThenBy(row => row.Position).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
    }

    private static string KeyOf(RuleRow row) => string.Create(CultureInfo.InvariantCulture, $"{(row.MspId is null ? 1 : 0)}{row.Position:D9}{row.Id:N}");
}
