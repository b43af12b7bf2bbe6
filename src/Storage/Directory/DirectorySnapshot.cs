using System.Collections.Frozen;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Transactions;

namespace Platform.Storage.Directory;

/// <summary>All tenants and domains at one version of the directory, and the mailboxes asked for so far.</summary>
internal sealed class DirectorySnapshot
{
    /// <summary>Bounds what a sender that guesses addresses can make us remember.</summary>
    private const int MaxRemembered = 100_000;

    private readonly FrozenDictionary<Guid, TenantSettings> _tenants;
    private readonly FrozenDictionary<string, TenantSettings> _byDomain;
    private readonly FrozenDictionary<string, TenantSettings> _byJournalAddress;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, MailboxRef?> _mailboxes = new();

    private DirectorySnapshot(long version, IReadOnlyList<TenantSettings> tenants)
    {
        Version = version;
        Tenants = tenants;
        _tenants = tenants.ToFrozenDictionary(t => t.Id);
        _byDomain = tenants.SelectMany(t => t.Domains, (tenant, domain) => (tenant, domain)).ToFrozenDictionary(p => p.domain, p => p.tenant);
        _byJournalAddress = tenants.Where(t => t.JournalAddress is not null).DistinctBy(t => t.JournalAddress).ToFrozenDictionary(t => t.JournalAddress!);
    }

    public long Version { get; }

    public IReadOnlyList<TenantSettings> Tenants { get; }

    public TenantSettings? Tenant(Guid id) => _tenants.GetValueOrDefault(id);

    public TenantSettings? TenantOf(string domain) => _byDomain.GetValueOrDefault(domain);

    public TenantSettings? TenantOfJournal(string address) => _byJournalAddress.GetValueOrDefault(address);

    public bool TryMailbox(string address, out MailboxRef? mailbox) => _mailboxes.TryGetValue(address, out mailbox);

    public void Remember(string address, MailboxRef? mailbox)
    {
        if (_mailboxes.Count >= MaxRemembered)
            _mailboxes.Clear();
        _mailboxes[address] = mailbox;
    }

    public static async ValueTask<DirectorySnapshot> LoadAsync(SqlSession sql, CancellationToken cancellationToken)
    {
        // The version first: what changes while the rest is read makes this snapshot old, never wrongly new.
        var version = await VersionAsync(sql, cancellationToken);
        var domains = (await sql.QueryAsync(
                "SELECT tenant_id, name FROM domains ORDER BY name",
                row => (Tenant: row.GetGuid(0), Name: row.GetString(1)),
                cancellationToken))
            .ToLookup(d => d.Tenant, d => d.Name);
        var policies = await OuterPoliciesAsync(sql, cancellationToken);
        var tenants = await sql.QueryAsync(
            """
            SELECT t.id, t.msp_id, t.slug, t.name, t.language, t.route, t.trusted_hops, t.journal_address, t.limits,
                t.rules_revision, COALESCE(m.rules_revision, 0),
                EXISTS (SELECT 1 FROM rules r WHERE r.enabled AND r.action = 'Reject' AND (r.tenant_id = t.id OR r.msp_id = t.msp_id)),
                t.policy_revision, COALESCE(m.policy_revision, 0),
                EXISTS (SELECT 1 FROM policy_values v WHERE v.owner_id = t.id AND v.level IN ('Group', 'Mailbox') AND v.value = 'reject'),
                t.msp_content_access, t.report_address, t.access_revision
            FROM tenants t LEFT JOIN msps m ON m.id = t.msp_id ORDER BY t.slug
            """,
            row => new TenantSettings(
                row.GetGuid(0),
                row.Id(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                [.. domains[row.GetGuid(0)]],
                row.GetString(5),
                TenantJson.ReadList(row.GetString(6)),
                row.Text(7),
                PolicyResolution.Resolve([.. policies[row.Id(1) ?? Guid.Empty], .. policies[row.GetGuid(0)]]).Actions,
                TenantJson.ReadLimits(row.GetString(8)))
            {
                Rules = new RuleRevisions(row.GetInt64(9), row.GetInt64(10)),
                RejectsByRule = row.GetBoolean(11),
                Policies = new PolicyRevisions(row.GetInt64(12), row.GetInt64(13)),
                RejectsForSome = row.GetBoolean(14),
                MspContentAccess = row.GetBoolean(15),
                ReportAddress = row.Text(16),
                AccessRevision = row.GetInt64(17),
            },
            cancellationToken);
        return new DirectorySnapshot(version, tenants);
    }

    /// <summary>What MSPs and tenants have set, by the id of either. What groups and mailboxes set is read where it is asked for.</summary>
    private static async ValueTask<ILookup<Guid, PolicyLayer>> OuterPoliciesAsync(SqlSession sql, CancellationToken cancellationToken)
    {
        var set = await sql.QueryAsync(
            "SELECT subject_id, level, setting, value, locked FROM policy_values WHERE level IN ('Msp', 'Tenant') AND value IS NOT NULL",
            row => new SetValue(new PolicyOrigin(row.Name<PolicyLevel>(1), row.GetGuid(0), ""), 0, row.GetString(2), new LayerValue(row.GetString(3), row.GetBoolean(4))),
            cancellationToken);
        return PolicyLoad.Layers(set).ToLookup(layer => layer.Origin.Id!.Value);
    }

    public static async ValueTask<long> VersionAsync(SqlSession sql, CancellationToken cancellationToken) =>
        await sql.FirstAsync("SELECT version FROM directory_version WHERE id = 1", row => row.GetInt64(0), cancellationToken);
}
