using Platform.Storage.Events;
using Platform.Storage.Policies;
using Platform.Storage.Transactions;

namespace Platform.Storage.Templates;

internal sealed record StoredTemplate(Guid Id, string Name, string Description, IReadOnlyList<TemplateValue> Values, TemplateCoverage Coverage, IReadOnlyList<Guid> Tenants, int Revision, bool IsApplied)
{
    public string NameKey => Name.ToLowerInvariant();

    public bool IsFor(Guid tenant) => (Coverage == TemplateCoverage.All) != Tenants.Contains(tenant);
}

/// <summary>The templates of one MSP inside a move that holds the lock of its policy.</summary>
internal sealed class TemplateSession
{
    private const string Columns = "id, name, description, values_json, coverage, tenants, revision, applied_at";

    private readonly MoveSession _session;
    private readonly PolicySession _policies;
    private readonly Guid _mspId;

    private TemplateSession(MoveSession session, Guid mspId) => (_session, _policies, _mspId) = (session, new PolicySession(session), mspId);

    public MoveSession Moves => _session;

    public static async ValueTask<TemplateSession> OpenAsync(MoveSession session, Guid mspId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE msps SET policy_revision = policy_revision + 1 WHERE id = @id", cancellationToken, ("@id", mspId));
        return new TemplateSession(session, mspId);
    }

    /// <summary>What templates for all set for a tenant that was just made.</summary>
    public static async ValueTask ApplyToNewAsync(MoveSession session, Guid mspId, Guid tenantId, string actor, CancellationToken cancellationToken)
    {
        var templates = new TemplateSession(session, mspId);
        foreach (var template in await templates.AllAsync(cancellationToken))
            if (template is { Coverage: TemplateCoverage.All, IsApplied: true })
                await templates.ApplyAsync(template, tenantId, actor, cancellationToken);
    }

    /// <summary>In the order in which they were made: what a later one sets replaces what an earlier one did.</summary>
    public ValueTask<List<StoredTemplate>> AllAsync(CancellationToken cancellationToken) => _session.Sql.QueryAsync(
        $"SELECT {Columns} FROM policy_templates WHERE owner_id = @msp ORDER BY created_at, id",
        row => new StoredTemplate(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            TemplateJson.ReadValues(row.GetString(3)),
            row.Name<TemplateCoverage>(4),
            TemplateJson.ReadTenants(row.GetString(5)),
            row.GetInt32(6),
            !row.IsDBNull(7)),
        cancellationToken,
        ("@msp", _mspId));

    public ValueTask<int> InsertAsync(StoredTemplate template, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        """
        INSERT INTO policy_templates (id, owner_id, name, name_key, description, values_json, coverage, tenants, revision, created_at, changed_at, changed_by)
        VALUES (@id, @msp, @name, @key, @description, @values, @coverage, @tenants, @revision, @now, @now, @actor)
        """,
        cancellationToken,
        Parameters(template, actor, ("@msp", _mspId)));

    public ValueTask<int> WriteAsync(StoredTemplate template, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        """
        UPDATE policy_templates SET name = @name, name_key = @key, description = @description, values_json = @values, coverage = @coverage, tenants = @tenants,
            revision = @revision, changed_at = @now, changed_by = @actor WHERE id = @id
        """,
        cancellationToken,
        Parameters(template, actor));

    public async ValueTask DeleteAsync(Guid templateId, CancellationToken cancellationToken)
    {
        await _session.Sql.ExecuteAsync("UPDATE policy_values SET template_id = NULL WHERE template_id = @id", cancellationToken, ("@id", templateId));
        await _session.Sql.ExecuteAsync("DELETE FROM template_applications WHERE template_id = @id", cancellationToken, ("@id", templateId));
        await _session.Sql.ExecuteAsync("DELETE FROM policy_templates WHERE id = @id", cancellationToken, ("@id", templateId));
    }

    public ValueTask<List<Guid>> TenantsAsync(CancellationToken cancellationToken) => _policies.TenantsOfAsync(_mspId, cancellationToken);

    /// <summary>Sets for one tenant what differs, and tells it.</summary>
    public async ValueTask<IReadOnlyList<AppliedChange>> ApplyAsync(StoredTemplate template, Guid tenantId, string actor, CancellationToken cancellationToken)
    {
        var (place, own) = await LockAsync(tenantId, cancellationToken);
        List<AppliedChange> changes = [];
        foreach (var difference in TemplateComparison.Of(template.Id, template.Values, own))
        {
            var held = own.GetValueOrDefault(difference.Setting);
            var after = difference.Wanted is { } wanted ? new HeldValue(wanted.Value, wanted.Locked, template.Id) : null;
            changes.Add(new AppliedChange(tenantId, difference.Setting, held is null ? null : new HeldValue(held.Value, held.Locked, held.TemplateId), after));
            await SetAsync(place, difference.Setting, after, actor, cancellationToken);
        }

        if (changes.Count > 0)
            await TellAsync(place, template, "apply", changes, actor, cancellationToken);
        return changes;
    }

    /// <summary>Puts back for one tenant what an application changed, where it is still as that left it.</summary>
    /// <returns>Whether anything was put back.</returns>
    public async ValueTask<bool> UndoAsync(StoredTemplate template, Guid tenantId, IEnumerable<AppliedChange> applied, string actor, CancellationToken cancellationToken)
    {
        var (place, own) = await LockAsync(tenantId, cancellationToken);
        List<AppliedChange> changes = [];
        foreach (var change in applied)
        {
            var held = own.GetValueOrDefault(change.Setting);
            var now = held is null ? null : new HeldValue(held.Value, held.Locked, held.TemplateId);
            if (now != (change.After ?? new HeldValue(null, false, null)))
                continue;
            changes.Add(new AppliedChange(tenantId, change.Setting, now, change.Before));
            await SetAsync(place, change.Setting, change.Before, actor, cancellationToken);
        }

        if (changes.Count > 0)
            await TellAsync(place, template, "undo", changes, actor, cancellationToken);
        return changes.Count > 0;
    }

    public async ValueTask<Guid> NoteAsync(StoredTemplate template, IReadOnlyList<AppliedChange> changes, string actor, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(_session.Now);
        await _session.Sql.ExecuteAsync(
            """
            INSERT INTO template_applications (id, owner_id, template_id, revision, changes, tenants, applied_at, applied_by)
            VALUES (@id, @msp, @template, @revision, @changes, @tenants, @now, @actor)
            """,
            cancellationToken,
            ("@id", id),
            ("@msp", _mspId),
            ("@template", template.Id),
            ("@revision", template.Revision),
            ("@changes", TemplateJson.Write(changes)),
            ("@tenants", changes.DistinctBy(change => change.TenantId).Count()),
            ("@now", _session.NowMilliseconds),
            ("@actor", actor));
        await _session.Sql.ExecuteAsync("UPDATE policy_templates SET applied_at = @now WHERE id = @id", cancellationToken, ("@now", _session.NowMilliseconds), ("@id", template.Id));
        return id;
    }

    /// <summary>The last application that changed anything; null when there is none or it is undone.</summary>
    public async ValueTask<(Guid Id, IReadOnlyList<AppliedChange> Changes)?> LastAsync(Guid templateId, CancellationToken cancellationToken) => await _session.Sql.FirstAsync(
        "SELECT id, changes, undone_at FROM template_applications WHERE template_id = @id AND tenants > 0 ORDER BY applied_at DESC, id DESC LIMIT 1",
        row => row.IsDBNull(2) ? ((Guid, IReadOnlyList<AppliedChange>)?)(row.GetGuid(0), TemplateJson.ReadChanges(row.GetString(1))) : null,
        cancellationToken,
        ("@id", templateId));

    public ValueTask<int> NoteUndoneAsync(Guid applicationId, string actor, CancellationToken cancellationToken) => _session.Sql.ExecuteAsync(
        "UPDATE template_applications SET undone_at = @now, undone_by = @actor WHERE id = @id",
        cancellationToken,
        ("@now", _session.NowMilliseconds),
        ("@actor", actor),
        ("@id", applicationId));

    /// <summary>In the MSP's own audit chain.</summary>
    public void Record(string actor, string action, StoredTemplate template, int? tenants = null) => _session.Record(new PendingAudit(
        _mspId,
        actor,
        "template." + action,
        template.Id.ToString(),
        TemplateJson.Write(new ToldTemplate(actor, action, template.Name, template.Revision)
        {
            Coverage = template.Coverage.ToString().ToLowerInvariant(),
            Values = template.Values,
            Tenants = tenants,
        })));

    private async ValueTask<(PolicyPlace Place, Dictionary<string, StoredValue> Own)> LockAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var place = await _policies.FindAsync(PolicyTarget.Tenant(tenantId), cancellationToken) ?? throw new RefusedException(TemplateRules.UnknownTenant);
        await _policies.LockAsync(place, cancellationToken);
        return (place, await _policies.ReadAsync(tenantId, cancellationToken));
    }

    /// <param name="value">Null: unset.</param>
    private ValueTask<int> SetAsync(PolicyPlace place, string setting, HeldValue? value, string actor, CancellationToken cancellationToken) =>
        _policies.WriteAsync(place, new PolicyChange(setting, value?.Value, value?.Locked ?? false), value?.TemplateId, actor, cancellationToken);

    private async ValueTask TellAsync(PolicyPlace place, StoredTemplate template, string action, List<AppliedChange> changes, string actor, CancellationToken cancellationToken)
    {
        var told = changes.Select(change => new ToldValue(change.Setting, change.Before?.Value, change.After?.Value, change.After?.Locked ?? false)).ToList();
        var actions = PolicyJson.Actions((await _policies.OfTenantAsync(place.OwnerId, cancellationToken)).Actions);
        var data = PolicyJson.Write(new ToldPolicy(actor, PolicyJson.Name(PolicyLevel.Tenant), place.Name, told, actions) { Template = template.Name });
        if (action == "apply")
            _session.Record(new PendingEvent(place.OwnerId, EventKinds.TemplateApplied, _session.Now, null, null, TemplateJson.Write(new ToldTemplate(actor, action, template.Name, template.Revision))));
        _session.Record(new PendingEvent(place.OwnerId, EventKinds.PolicyChanged, _session.Now, null, null, data));
        _session.Record(new PendingAudit(place.OwnerId, actor, "template." + action, template.Id.ToString(), data));
    }

    private (string, object?)[] Parameters(StoredTemplate template, string actor, params (string, object?)[] more) =>
    [
        .. more,
        ("@id", template.Id),
        ("@name", template.Name),
        ("@key", template.NameKey),
        ("@description", template.Description),
        ("@values", TemplateJson.Write(template.Values)),
        ("@coverage", template.Coverage.ToString()),
        ("@tenants", TemplateJson.Write(template.Tenants)),
        ("@revision", template.Revision),
        ("@now", _session.NowMilliseconds),
        ("@actor", actor),
    ];
}
