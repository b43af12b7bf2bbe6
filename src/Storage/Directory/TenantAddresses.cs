using Platform.Storage.Transactions;

namespace Platform.Storage.Directory;

/// <summary>
/// One address leads to one place: mail to the report or the journal address reaches no mailbox, so that neither may be somebody's. Asked
/// where the tenant is locked, so that nothing comes in between.
/// </summary>
internal static class TenantAddresses
{
    /// <summary>Of a mailbox or an alias that is to be made.</summary>
    /// <exception cref="RefusedException">The address leads elsewhere.</exception>
    public static async ValueTask RequireFreeAsync(MoveSession session, Guid tenantId, string address, CancellationToken cancellationToken)
    {
        if (await session.Sql.FirstAsync("SELECT 1 FROM mailbox_aliases WHERE address = @address", _ => true, cancellationToken, ("@address", address)))
            throw new RefusedException(new("ADDRESS_TAKEN", $"The address '{address}' is an alias of another mailbox."));
        if ((await OfServicesAsync(session.Sql, tenantId, cancellationToken)).Contains(address))
            throw new RefusedException(ServiceAddress(address));
    }

    /// <summary>Of a report or journal address that was just set.</summary>
    /// <exception cref="RefusedException">Mail to it would be kept from a mailbox, or never come.</exception>
    public static async ValueTask RequireNobodysAsync(MoveSession session, Guid tenantId, TenantChange change, CancellationToken cancellationToken)
    {
        foreach (var (text, isReport) in new[] { (change.ReportAddress, true), (change.JournalAddress, false) })
        {
            if (text is not { Length: > 0 } || !MailAddress.TryParse(text, out var local, out var domain))
                continue;
            if (isReport && !await session.Sql.FirstAsync("SELECT 1 FROM domains WHERE name = @name AND tenant_id = @tenant", _ => true, cancellationToken, ("@name", domain), ("@tenant", tenantId)))
                throw new RefusedException(new("DOMAIN_UNKNOWN", $"The domain '{domain}' is not one of this tenant; add it first."));
            if (isReport && MailAddress.IsRole(local))
                throw new RefusedException(new("ADDRESS_TAKEN", $"The address '{local}@{domain}' is one that every domain must answer; choose another."));
            foreach (var name in new[] { local, MailAddress.WithoutTag(local) }.OfType<string>())
                await RequireNoMailboxAsync(session.Sql, tenantId, $"{name}@{domain}", cancellationToken);
        }

        if (await session.Sql.FirstAsync("SELECT 1 FROM tenants WHERE id = @id AND journal_address = report_address", _ => true, cancellationToken, ("@id", tenantId)))
            throw new RefusedException(new("ADDRESS_TAKEN", "The report address and the journal address are two addresses."));
    }

    /// <summary>The report and the journal address, as far as there are any.</summary>
    public static async ValueTask<IReadOnlySet<string>> OfServicesAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken)
    {
        var (report, journal) = await sql.FirstAsync(
            "SELECT report_address, journal_address FROM tenants WHERE id = @id", row => (row.Text(0), row.Text(1)), cancellationToken, ("@id", tenantId));
        return new[] { report, journal }.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public static Refusal ServiceAddress(string address) => new("ADDRESS_TAKEN", $"The address '{address}' is the tenant's report or journal address; its mail reaches no mailbox.");

    /// <summary>Of an alias that is to be made, and of what else keeps mail from a mailbox.</summary>
    /// <exception cref="RefusedException">A mailbox or alias of the tenant has the address.</exception>
    public static async ValueTask RequireNoMailboxAsync(SqlSession sql, Guid tenantId, string address, CancellationToken cancellationToken)
    {
        var taken = await sql.FirstAsync(
            """
            SELECT 1 FROM mailboxes WHERE address = @address AND tenant_id = @tenant
            UNION ALL SELECT 1 FROM mailbox_aliases WHERE address = @address AND tenant_id = @tenant
            """,
            _ => true,
            cancellationToken,
            ("@address", address),
            ("@tenant", tenantId));
        if (taken)
            throw new RefusedException(new("ADDRESS_TAKEN", $"The address '{address}' leads to a mailbox, which would get its mail no more; choose another."));
    }
}
