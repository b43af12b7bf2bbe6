using Platform.Storage.Transactions;

namespace Platform.Storage.Policies;

/// <summary>A value as its row holds it.</summary>
internal sealed record StoredValue(string? Value, bool Locked, Guid? TemplateId, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>Where values are set, found within a move.</summary>
/// <param name="OwnerId">The tenant that a group or mailbox is of; else the place's own id.</param>
internal sealed record PolicyPlace(PolicyTarget Target, Guid OwnerId, string Name);

/// <summary>The statements on policy values within one move.</summary>
internal sealed class PolicySession(MoveSession session)
{
    public ValueTask<PolicyPlace?> FindAsync(PolicyTarget target, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        target.Level switch
        {
            PolicyLevel.Msp => "SELECT id, name FROM msps WHERE id = @id",
            PolicyLevel.Tenant => "SELECT id, name FROM tenants WHERE id = @id",
            PolicyLevel.Group => "SELECT tenant_id, name FROM tenant_groups WHERE id = @id",
            PolicyLevel.Mailbox => "SELECT tenant_id, address FROM mailboxes WHERE id = @id",
            _ => throw new ArgumentOutOfRangeException(nameof(target), target.Level, "The platform's values are set by no one."),
        },
        row => new PolicyPlace(target, row.GetGuid(0), row.GetString(1)),
        cancellationToken,
        ("@id", target.Id));

    /// <summary>Locks the owner until the commit, so that one change of its values runs at a time. Its revision grows.</summary>
    public ValueTask<int> LockAsync(PolicyPlace place, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        place.Target.Level == PolicyLevel.Msp
            ? "UPDATE msps SET policy_revision = policy_revision + 1 WHERE id = @id"
            : "UPDATE tenants SET policy_revision = policy_revision + 1 WHERE id = @id",
        cancellationToken,
        ("@id", place.OwnerId));

    public async ValueTask<Dictionary<string, StoredValue>> ReadAsync(Guid subjectId, CancellationToken cancellationToken) => (await session.Sql.QueryAsync(
            "SELECT setting, value, locked, template_id, changed_at, changed_by FROM policy_values WHERE subject_id = @id",
            row => (Setting: row.GetString(0), Value: new StoredValue(row.Text(1), row.GetBoolean(2), row.Id(3), row.Time(4), row.GetString(5))),
            cancellationToken,
            ("@id", subjectId)))
        .ToDictionary(row => row.Setting, row => row.Value, StringComparer.Ordinal);

    public ValueTask<int> WriteAsync(PolicyPlace place, PolicyChange change, Guid? template, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO policy_values (subject_id, setting, owner_id, level, value, locked, template_id, changed_at, changed_by)
        VALUES (@subject, @setting, @owner, @level, @value, @locked, @template, @now, @actor)
        ON CONFLICT (subject_id, setting) DO UPDATE SET value = excluded.value, locked = excluded.locked, template_id = excluded.template_id,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        cancellationToken,
        ("@subject", place.Target.Id),
        ("@setting", change.Setting),
        ("@owner", place.OwnerId),
        ("@level", place.Target.Level.ToString()),
        ("@value", change.Value),
        ("@locked", change.Locked),
        ("@template", template),
        ("@now", session.NowMilliseconds),
        ("@actor", actor));

    public ValueTask<List<Guid>> TenantsOfAsync(Guid mspId, CancellationToken cancellationToken) =>
        session.Sql.QueryAsync("SELECT id FROM tenants WHERE msp_id = @msp ORDER BY id", row => row.GetGuid(0), cancellationToken, ("@msp", mspId));

    /// <summary>What is set further out than the place, from the outside in.</summary>
    public async ValueTask<IReadOnlyList<PolicyLayer>> FurtherOutAsync(PolicyPlace place, CancellationToken cancellationToken)
    {
        if (place.Target.Level <= PolicyLevel.Msp)
            return [];
        var layers = await PolicyLoad.AboveAsync(session.Sql, place.OwnerId, place.Target.Id, cancellationToken);
        return [.. layers.Where(layer => layer.Origin.Level < place.Target.Level)];
    }

    /// <summary>What the tenant does with each verdict as things stand in this move.</summary>
    public async ValueTask<EffectivePolicy> OfTenantAsync(Guid tenantId, CancellationToken cancellationToken) =>
        PolicyResolution.Resolve(await PolicyLoad.AboveAsync(session.Sql, tenantId, Guid.Empty, cancellationToken));
}
