using System.Text.Json;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Rules;

/// <param name="Action">What it does, as its row keeps it.</param>
internal sealed record StoredRule(Guid Id, RuleOwner Owner, string Name, string Condition, string Action, bool Enabled, int Position, int Revision);

/// <summary>The statements on rules within one move.</summary>
internal sealed class RuleSession(MoveSession session, RuleTable table)
{
    public MoveSession Moves => session;

    public DateTimeOffset Now => session.Now;

    /// <summary>Locks the owner until the commit: its rules are counted and ordered by one command at a time. Its revision grows.</summary>
    public async ValueTask<List<StoredRule>> OwnRulesAsync(RuleOwner owner, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            owner.IsMsp ? "UPDATE msps SET rules_revision = rules_revision + 1 WHERE id = @id" : "UPDATE tenants SET rules_revision = rules_revision + 1 WHERE id = @id",
            cancellationToken,
            ("@id", owner.Id));
        return await session.Sql.QueryAsync(
            $"SELECT id, name, condition, action, enabled, position, revision FROM {table.Name} WHERE {(owner.IsMsp ? "msp_id" : "tenant_id")} = @owner ORDER BY position, id",
            row => new StoredRule(row.GetGuid(0), owner, row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetInt32(5), row.GetInt32(6)),
            cancellationToken,
            ("@owner", owner.Id));
    }

    public async ValueTask<RuleOwner?> OwnerOfAsync(Guid ruleId, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        $"SELECT tenant_id, msp_id FROM {table.Name} WHERE id = @id",
        row => (RuleOwner?)(row.Id(0) is { } tenant ? new RuleOwner(tenant, IsMsp: false) : new RuleOwner(row.GetGuid(1), IsMsp: true)),
        cancellationToken,
        ("@id", ruleId));

    /// <summary>A tenant sees the rules of its MSP.</summary>
    public async ValueTask<bool> IsSeenAsync(Scope scope, RuleOwner owner, CancellationToken cancellationToken)
    {
        if (!owner.IsMsp)
            return scope.Tenants.Contains(owner.Id);
        return scope.MspId == owner.Id || (await TenantsOfAsync(owner, cancellationToken)).Exists(scope.Tenants.Contains);
    }

    public ValueTask<int> InsertAsync(StoredRule rule, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        $"""
        INSERT INTO {table.Name} (id, tenant_id, msp_id, name, condition, action, enabled, position, revision, created_at, changed_at, changed_by)
        VALUES (@id, @tenant, @msp, @name, @condition, @action, @enabled, @position, 1, @now, @now, @actor)
        """,
        cancellationToken,
        ("@id", rule.Id),
        ("@tenant", rule.Owner.IsMsp ? null : rule.Owner.Id),
        ("@msp", rule.Owner.IsMsp ? rule.Owner.Id : null),
        ("@name", rule.Name),
        ("@condition", rule.Condition),
        ("@action", rule.Action),
        ("@enabled", rule.Enabled),
        ("@position", rule.Position),
        ("@now", session.NowMilliseconds),
        ("@actor", actor));

    public ValueTask<int> WriteAsync(StoredRule rule, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        $"UPDATE {table.Name} SET name = @name, condition = @condition, action = @action, enabled = @enabled, revision = @revision, changed_at = @now, changed_by = @actor WHERE id = @id",
        cancellationToken,
        ("@name", rule.Name),
        ("@condition", rule.Condition),
        ("@action", rule.Action),
        ("@enabled", rule.Enabled),
        ("@revision", rule.Revision),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        ("@id", rule.Id));

    public ValueTask<int> DeleteAsync(Guid ruleId, CancellationToken cancellationToken) =>
        session.Sql.ExecuteAsync($"DELETE FROM {table.Name} WHERE id = @id", cancellationToken, ("@id", ruleId));

    public ValueTask<int> PlaceAsync(Guid ruleId, int position, CancellationToken cancellationToken) =>
        session.Sql.ExecuteAsync($"UPDATE {table.Name} SET position = @position WHERE id = @id", cancellationToken, ("@position", position), ("@id", ruleId));

    /// <summary>An event and an audit entry for the tenant, or for each tenant of the MSP: its mail is what the rule decides over. The MSP's chain has it too.</summary>
    public async ValueTask TellAsync(string action, string actor, StoredRule rule, string does, CancellationToken cancellationToken)
    {
        var told = new ToldRule(rule.Name, rule.Revision, does, rule.Enabled, rule.Owner.IsMsp ? "msp" : "tenant");
        var data = JsonSerializer.Serialize(new ToldChange(actor, action, told), RuleJsonContext.Default.ToldChange);
        var detail = JsonSerializer.Serialize(new AuditedRule(told, rule.Condition, rule.Position), RuleJsonContext.Default.AuditedRule);
        foreach (var tenant in await TenantsOfAsync(rule.Owner, cancellationToken))
        {
            session.Record(new PendingEvent(tenant, table.EventKind, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, actor, $"{table.Audited}.{action}", rule.Id.ToString(), detail));
        }

        if (rule.Owner.IsMsp)
            session.Record(new PendingAudit(rule.Owner.Id, actor, $"{table.Audited}.{action}", rule.Id.ToString(), detail));
    }

    public async ValueTask TellOrderAsync(string actor, RuleOwner owner, IReadOnlyList<Guid> order, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(new ToldChange(actor, "reorder", null), RuleJsonContext.Default.ToldChange);
        var detail = JsonSerializer.Serialize(new AuditedOrder([.. order]), RuleJsonContext.Default.AuditedOrder);
        foreach (var tenant in await TenantsOfAsync(owner, cancellationToken))
        {
            session.Record(new PendingEvent(tenant, table.EventKind, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, actor, $"{table.Audited}.reorder", owner.Id.ToString(), detail));
        }

        if (owner.IsMsp)
            session.Record(new PendingAudit(owner.Id, actor, $"{table.Audited}.reorder", owner.Id.ToString(), detail));
    }

    private async ValueTask<List<Guid>> TenantsOfAsync(RuleOwner owner, CancellationToken cancellationToken) => owner.IsMsp
        ? await session.Sql.QueryAsync("SELECT id FROM tenants WHERE msp_id = @msp", row => row.GetGuid(0), cancellationToken, ("@msp", owner.Id))
        : [owner.Id];
}
