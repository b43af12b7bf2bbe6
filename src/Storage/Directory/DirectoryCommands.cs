using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Templates;
using Platform.Storage.Transactions;

namespace Platform.Storage.Directory;

/// <summary>Each command: check the value, then in one transaction look, write, record event and audit, and move the directory's version.</summary>
internal sealed class DirectoryCommands(IMoveRunner moves, PlatformKeys keys, RecipientDirectory directory, IRouteRule routes) : IDirectoryCommands
{
    private const int SqliteConstraint = 19;

    public async Task<CommandResult<Guid>> CreateMspAsync(string slug, string name, CancellationToken cancellationToken)
    {
        if (DirectoryRules.First(DirectoryRules.Slug(slug), DirectoryRules.Name(name)) is { } refusal)
            return refusal.As<Guid>();
        return await RunAsync(
            new Refusal("SLUG_TAKEN", $"The short name '{slug}' is taken; choose another."),
            async (session, ct) =>
            {
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync("INSERT INTO msps (id, slug, name) VALUES (@id, @slug, @name)", ct, ("@id", id), ("@slug", slug), ("@name", name.Trim()));
                await FeedCounters.AddMspAsync(session, id, ct);
                session.Record(new PendingAudit(id, "system:admin", "msp.create", slug, "{}"));
                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> CreateTenantAsync(NewTenant tenant, string actor, CancellationToken cancellationToken)
    {
        var refusal = DirectoryRules.First(
            DirectoryRules.Slug(tenant.Slug),
            DirectoryRules.Name(tenant.Name),
            DirectoryRules.Language(tenant.Language),
            DirectoryRules.Route(tenant.Route, routes),
            DirectoryRules.TrustedHops(tenant.TrustedHops),
            DirectoryRules.Journal(tenant.JournalAddress));
        if (refusal is not null)
            return refusal.As<Guid>();
        var key = RandomNumberGenerator.GetBytes(PlatformKeys.KeySize);
        return await RunAsync(
            new Refusal("SLUG_TAKEN", $"The short name '{tenant.Slug}' is taken; choose another."),
            async (session, ct) =>
            {
                if (tenant.MspId is { } msp && !await session.Sql.FirstAsync("SELECT 1 FROM msps WHERE id = @id", _ => true, ct, ("@id", msp)))
                    throw new RefusedException(new("NOT_FOUND", "There is no such MSP."));
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO tenants (id, msp_id, slug, name, language, route, trusted_hops, journal_address, limits, wrapped_key, created_at, version)
                    VALUES (@id, @msp, @slug, @name, @language, @route, @hops, @journal, @limits, @key, @now, 1)
                    """,
                    ct,
                    ("@id", id),
                    ("@msp", tenant.MspId),
                    ("@slug", tenant.Slug),
                    ("@name", tenant.Name.Trim()),
                    ("@language", tenant.Language),
                    ("@route", tenant.Route),
                    ("@hops", TenantJson.Write(tenant.TrustedHops)),
                    ("@journal", DirectoryRules.Kept(tenant.JournalAddress)),
                    ("@limits", TenantJson.Write(TenantLimits.Default)),
                    ("@key", keys.WrapTenantKey(id, key)),
                    ("@now", session.NowMilliseconds));
                await FeedCounters.AddTenantAsync(session, id, tenant.MspId, ct);
                Record(session, id, actor, "tenant.create", tenant.Slug);
                if (tenant.MspId is { } owner)
                {
                    session.Record(new PendingAudit(owner, actor, "tenant.create", tenant.Slug, $$"""{"tenant":"{{id}}"}"""));
                    await TemplateSession.ApplyToNewAsync(session, owner, id, actor, ct);
                }

                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> AddDomainAsync(Scope scope, Guid tenantId, string domain, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (MailAddress.Domain(domain) is not { } name)
            return new(default, "INVALID_DOMAIN", "A domain is a name such as 'example.com', without protocol or path.");
        return await RunAsync(
            new Refusal("DOMAIN_TAKEN", $"The domain '{name}' already belongs to a tenant."),
            async (session, ct) =>
            {
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync("INSERT INTO domains (id, tenant_id, name) VALUES (@id, @tenant, @name)", ct, ("@id", id), ("@tenant", tenantId), ("@name", name));
                Record(session, tenantId, scope.Actor, "domain.add", name);
                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> AddMailboxAsync(Scope scope, Guid tenantId, string address, string? displayName, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (!MailAddress.TryParse(address, out var local, out var domain))
            return new(default, "INVALID_ADDRESS", "A mailbox address is an address such as 'name@example.com'.");
        if (displayName is not null && DirectoryRules.Name(displayName) is { } refusal)
            return refusal.As<Guid>();
        return await RunAsync(
            new Refusal("ADDRESS_TAKEN", $"The address '{local}@{domain}' already has a mailbox."),
            async (session, ct) =>
            {
                var owner = await session.Sql.FirstAsync("SELECT tenant_id FROM domains WHERE name = @name", row => (Guid?)row.GetGuid(0), ct, ("@name", domain));
                if (owner != tenantId)
                    throw new RefusedException(new("DOMAIN_UNKNOWN", $"The domain '{domain}' is not one of this tenant; add it first."));
                // The plan locks the tenant: no alias of this name comes in between.
                await PlanGuard.AdmitAsync(session, tenantId, PlanResource.Mailboxes, 1, ct);
                await TenantAddresses.RequireFreeAsync(session, tenantId, $"{local}@{domain}", ct);
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync(
                    "INSERT INTO mailboxes (id, tenant_id, address, display_name, created_at) VALUES (@id, @tenant, @address, @name, @now)",
                    ct,
                    ("@id", id),
                    ("@tenant", tenantId),
                    ("@address", $"{local}@{domain}"),
                    ("@name", displayName?.Trim()),
                    ("@now", session.NowMilliseconds));
                Record(session, tenantId, scope.Actor, "mailbox.add", $"{local}@{domain}");
                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> RemoveMailboxAsync(Scope scope, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        var missing = new Refusal("NOT_FOUND", "There is no such mailbox.");
        if (!scope.Tenants.Contains(tenantId))
            return missing.As<Guid>();
        return await RunAsync(
            missing,
            async (session, ct) =>
            {
                var address = await session.Sql.FirstAsync(
                    "DELETE FROM mailboxes WHERE id = @id AND tenant_id = @tenant RETURNING address",
                    row => row.GetString(0),
                    ct,
                    ("@id", mailboxId),
                    ("@tenant", tenantId));
                Record(session, tenantId, scope.Actor, "mailbox.remove", address ?? throw new RefusedException(missing));
                await session.Sql.ExecuteAsync("DELETE FROM mailbox_aliases WHERE mailbox_id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM app_passwords WHERE mailbox_id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM send_accounts WHERE id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM sent_recipients WHERE mailbox_id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM group_members WHERE member_id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM policy_values WHERE subject_id = @id", ct, ("@id", mailboxId));
                await session.Sql.ExecuteAsync("DELETE FROM access_rules WHERE subject_id = @id", ct, ("@id", mailboxId));
                return mailboxId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> UpdateTenantAsync(Scope scope, Guid tenantId, TenantChange change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        var refusal = DirectoryRules.First(
            change.Name is null ? null : DirectoryRules.Name(change.Name),
            change.Language is null ? null : DirectoryRules.Language(change.Language),
            change.Route is null ? null : DirectoryRules.Route(change.Route, routes),
            change.TrustedHops is null ? null : DirectoryRules.TrustedHops(change.TrustedHops),
            DirectoryRules.Journal(change.JournalAddress),
            DirectoryRules.Report(change.ReportAddress),
            change.Limits is null ? null : DirectoryRules.Limits(change.Limits));
        if (refusal is not null)
            return refusal.As<Guid>();
        return await RunAsync(
            Refusal.NoTenant,
            async (session, ct) =>
            {
                var changed = await session.Sql.ExecuteAsync(
                    """
                    UPDATE tenants SET name = COALESCE(@name, name), language = COALESCE(@language, language), route = COALESCE(@route, route),
                        trusted_hops = COALESCE(@hops, trusted_hops), journal_address = COALESCE(@journal, journal_address), limits = COALESCE(@limits, limits),
                        report_address = NULLIF(COALESCE(@report, report_address), ''), version = version + 1, policy_revision = policy_revision + 1
                    WHERE id = @id
                    """,
                    ct,
                    ("@name", change.Name?.Trim()),
                    ("@language", change.Language),
                    ("@route", change.Route),
                    ("@hops", change.TrustedHops is null ? null : TenantJson.Write(change.TrustedHops)),
                    ("@journal", DirectoryRules.Kept(change.JournalAddress)),
                    ("@limits", change.Limits is null ? null : TenantJson.Write(change.Limits)),
                    ("@report", DirectoryRules.Kept(change.ReportAddress)),
                    ("@id", tenantId));
                if (changed == 0)
                    throw new RefusedException(Refusal.NoTenant);
                await TenantAddresses.RequireNobodysAsync(session, tenantId, change, ct);
                Record(session, tenantId, scope.Actor, "tenant.update", tenantId.ToString());
                return tenantId;
            },
            cancellationToken);
    }

    /// <param name="onConflict">What a broken unique or foreign key means for this command.</param>
    private async Task<CommandResult<T>> RunAsync<T>(Refusal onConflict, Func<MoveSession, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await moves.CommandAsync(
                async (session, ct) =>
                {
                    var result = await command(session, ct);
                    await directory.ChangedAsync(session, ct);
                    return result;
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: SqliteConstraint }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            return onConflict.As<T>();
        }
    }

    private static void Record(MoveSession session, Guid tenantId, string actor, string action, string target)
    {
        session.Record(new PendingEvent(
            tenantId,
            EventKinds.DirectoryChanged,
            session.Now,
            null,
            null,
            $$"""{"actor":{{Text(actor)}},"action":{{Text(action)}},"target":{{Text(target)}}}"""));
        session.Record(new PendingAudit(tenantId, actor, action, target, "{}"));
    }

    private static string Text(string value) => JsonSerializer.Serialize(value, TenantJsonContext.Default.String);
}
