namespace Platform.Storage.Migrations;

/// <summary>
/// Moves what tenants had set in their column <c>policy</c> into rows of <c>policy_values</c>. What equals the platform's value is left
/// unset: the column was filled whole when a tenant was made, so an equal value was no decision of a person, and the same is done either way.
/// </summary>
internal static class TenantPolicyColumn
{
    public const string SqliteMove = Insert + "FROM tenants t, json_each(t.policy) AS p " + Differs;

    public const string SqliteDrop = "ALTER TABLE tenants DROP COLUMN policy";

    public const string PostgresMove = Insert + "FROM tenants t, jsonb_each_text(t.policy::jsonb) AS p(key, value) " + Differs;

    /// <summary>Processes read what was moved, which they only do where there was a change.</summary>
    public const string Note = "UPDATE tenants SET policy_revision = 1 WHERE id IN (SELECT owner_id FROM policy_values)";

    private const string Insert =
        """
        INSERT INTO policy_values (subject_id, setting, owner_id, level, value, locked, template_id, changed_at, changed_by)
        SELECT t.id, 'action.' || p.key, t.id, 'Tenant', p.value, FALSE, NULL, t.created_at, 'system:migration'
        """ + "\n";

    private const string Differs =
        "WHERE (p.key, p.value) NOT IN (VALUES ('clean', 'deliver'), ('bulk', 'deliver'), ('spam', 'tag'), ('suspicious', 'quarantine'), ('phishing', 'quarantine'), ('malware', 'quarantine'))";
}
