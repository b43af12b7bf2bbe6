using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

/// <summary>Keeps the rules of each tenant compiled until the directory says that they were changed.</summary>
internal sealed partial class RuleBook(IReadConnections reads, ILogger<RuleBook> logger) : IRuleBook
{
    private readonly ConcurrentDictionary<Guid, Held> _held = new();

    public async ValueTask<RuleSet> OfAsync(TenantSettings tenant, CancellationToken cancellationToken)
    {
        if (tenant.Rules == RuleRevisions.None)
            return RuleSet.Empty;
        if (_held.TryGetValue(tenant.Id, out var held) && held.Asked == tenant.Rules)
            return held.Rules;
        var rules = await ReadAsync(tenant.Id, cancellationToken);
        _held[tenant.Id] = new Held(tenant.Rules, rules);
        return rules;
    }

    private async ValueTask<RuleSet> ReadAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        // One statement, so that the rules and their revisions are of one moment.
        var rows = await sql.QueryAsync(
            """
            SELECT t.rules_revision, COALESCE(m.rules_revision, 0), r.id, r.name, r.condition, r.action, r.revision, r.msp_id
            FROM tenants t LEFT JOIN msps m ON m.id = t.msp_id LEFT JOIN rules r ON r.enabled AND (r.tenant_id = t.id OR r.msp_id = t.msp_id)
            WHERE t.id = @tenant ORDER BY CASE WHEN r.msp_id IS NULL THEN 1 ELSE 0 END, r.position, r.id
            """,
            row => (
                Revisions: new RuleRevisions(row.GetInt64(0), row.GetInt64(1)),
                Rule: row.Id(2) is { } id ? Compiled(id, row.GetString(3), row.GetString(4), row.Name<PolicyAction>(5), row.GetInt32(6), !row.IsDBNull(7)) : null),
            cancellationToken,
            ("@tenant", tenantId));
        return rows.Count == 0
            ? RuleSet.Empty
            : new RuleSet([.. rows.Select(row => row.Rule).OfType<Rule>()], rows[0].Revisions)
            {
                Sending = await SendingAsync(sql, tenantId, cancellationToken),
                Chains = await ChainsAsync(sql, tenantId, cancellationToken),
            };
    }

    private async ValueTask<IReadOnlyList<SendRule>> SendingAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken)
    {
        var rows = await sql.QueryAsync(
            """
            SELECT r.id, r.name, r.condition, r.action, r.revision, r.msp_id FROM tenants t JOIN send_rules r ON r.enabled AND (r.tenant_id = t.id OR r.msp_id = t.msp_id)
            WHERE t.id = @tenant ORDER BY CASE WHEN r.msp_id IS NULL THEN 1 ELSE 0 END, r.position, r.id
            """,
            row => Sending(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), !row.IsDBNull(5)),
            cancellationToken,
            ("@tenant", tenantId));
        return [.. rows.OfType<SendRule>()];
    }

    private static async ValueTask<IReadOnlyDictionary<Guid, ChainInForce>> ChainsAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken) =>
        (await sql.QueryAsync("SELECT id, name, hours FROM approval_chains WHERE tenant_id = @tenant", row => (Id: row.GetGuid(0), Chain: new ChainInForce(row.GetString(1), row.GetInt32(2))), cancellationToken, ("@tenant", tenantId)))
        .ToDictionary(row => row.Id, row => row.Chain);

    private SendRule? Sending(Guid id, string name, string condition, string action, int revision, bool fromMsp)
    {
        if (SendActions.TryRead(action, out var actions) && Condition.TryParse(condition, out var parsed, out _))
            return new SendRule(id, name, parsed, actions, revision, fromMsp);
        NotRead(id, "sending");
        return null;
    }

    private Rule? Compiled(Guid id, string name, string condition, PolicyAction action, int revision, bool fromMsp)
    {
        if (Condition.TryParse(condition, out var parsed, out var error))
            return new Rule(id, name, parsed, action, revision, fromMsp);
        // Written by a version that knew other facts.
        NotRead(id, error.Code);
        return null;
    }

    [LoggerMessage(LogLevel.Error, "The condition of rule {RuleId} cannot be read ({Code}); the rule is passed over")]
    private partial void NotRead(Guid ruleId, string code);

    private sealed record Held(RuleRevisions Asked, RuleSet Rules);
}
