using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Access;

/// <summary>
/// Password spraying: few tries on each of many accounts, so that no account and no counter of one network and one name sees much. Seen over all
/// services and tenants by one network, and within a tenant by many networks. Each tenant is told of its own accounts alone, once an hour.
/// What a tenant's own mail server reports is that tenant's word: it counts within the tenant and nowhere else.
/// </summary>
internal static class Spraying
{
    /// <summary>Accounts whose logins failed from one network, in this hour and the one before.</summary>
    public const int OfOneNetwork = 15;

    /// <summary>Accounts of one tenant whose logins failed from that many networks, in this hour and the one before.</summary>
    public const int OfManyNetworks = 30;
    private const int ManyNetworks = 10;

    /// <summary>Whoever forgot a password, or a device with an old one, tries more often.</summary>
    private const int FewTries = 5;

    /// <returns>True: the network does, as of now.</returns>
    public static async ValueTask<bool> FindAsync(MoveSession session, Guid tenantId, AccessService service, string network, AccessSource source, long hour, CancellationToken cancellationToken)
    {
        var tenants = await session.Sql.QueryAsync(
            $"""
            SELECT tenant_id, COUNT(DISTINCT account) FROM access_refusals
            WHERE network = @network AND hour >= @since AND reason = '{nameof(AccessReason.Failed)}' AND account <> '' AND count <= {FewTries}
                AND (tenant_id = @tenant OR @reported = 0) AND (service <> '{nameof(AccessService.MailServer)}' OR @reported = 1) GROUP BY tenant_id
            """,
            row => (Tenant: row.GetGuid(0), Accounts: row.GetInt64(1)),
            cancellationToken,
            ("@network", network),
            ("@tenant", tenantId),
            ("@reported", service == AccessService.MailServer ? 1 : 0),
            ("@since", hour - 1));
        var found = false;
        if (tenants.Sum(tenant => tenant.Accounts) >= OfOneNetwork)
        {
            foreach (var (tenant, accounts) in tenants)
                found |= await TellAsync(session, tenant, service, network, source, hour, accounts, 1, cancellationToken);
        }

        var (all, networks) = await session.Sql.FirstAsync(
            $"""
            SELECT COUNT(DISTINCT account), COUNT(DISTINCT network) FROM access_refusals
            WHERE tenant_id = @tenant AND hour >= @since AND reason = '{nameof(AccessReason.Failed)}' AND account <> '' AND count <= {FewTries}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", hour - 1));
        if (all >= OfManyNetworks && networks >= ManyNetworks)
            await TellAsync(session, tenantId, service, AccessNetworks.Many, source, hour, all, networks, cancellationToken);
        return found;
    }

    /// <returns>False: it was told in this hour.</returns>
    private static async ValueTask<bool> TellAsync(
        MoveSession session, Guid tenantId, AccessService service, string network, AccessSource source, long hour, long accounts, long networks, CancellationToken cancellationToken)
    {
        // One row for all services, by the one that showed it; what a server reports takes the place of nothing that was seen here.
        if (await session.Sql.FirstAsync(
            $"""
            SELECT 1 FROM access_refusals WHERE tenant_id = @tenant AND hour = @hour AND network = @network AND reason = '{nameof(AccessReason.Spraying)}'
                AND (service <> '{nameof(AccessService.MailServer)}' OR @reported = 1)
            """,
            row => true,
            cancellationToken,
            ("@tenant", tenantId),
            ("@reported", service == AccessService.MailServer ? 1 : 0),
            ("@hour", hour),
            ("@network", network)))
            return false;
        var made = await session.Sql.ExecuteAsync(
            $"""
            INSERT INTO access_refusals (id, tenant_id, hour, account, service, network, reason, address, country, asn, organisation, count, first_at, last_at)
            VALUES (@id, @tenant, @hour, '', @service, @network, '{nameof(AccessReason.Spraying)}', @address, @country, @asn, @organisation, @count, @now, @now)
            ON CONFLICT (tenant_id, hour, account, service, network, reason) DO NOTHING
            """,
            cancellationToken,
            ("@id", Guid.CreateVersion7(session.Now)),
            ("@tenant", tenantId),
            ("@hour", hour),
            ("@service", service.ToString()),
            ("@network", network),
            ("@address", source.Address.ToString()),
            ("@country", source.Country),
            ("@asn", source.Asn),
            ("@organisation", source.Organisation is { } name ? EventText.Cut(name) : null),
            ("@count", accounts),
            ("@now", session.NowMilliseconds));
        if (made == 0)
            return false;
        var data = AccessJson.Write(ToldLogin.Of(null, service, AccessReason.Spraying, source) with { Accounts = accounts, Networks = networks });
        session.Record(new PendingEvent(tenantId, EventKinds.AccountSpraying, session.Now, null, null, data));
        return true;
    }
}
