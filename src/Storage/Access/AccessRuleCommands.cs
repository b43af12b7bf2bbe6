using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Access;

/// <summary>Each command: check, then under the tenant's lock find the place, write, look whether the maker still gets in, record.</summary>
internal sealed class AccessRuleCommands(IMoveRunner moves, RecipientDirectory directory, TimeProvider time) : IAccessRuleCommands
{
    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, AccessTarget target, NewAccessRule rule, AccessMaker maker, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccessRulesWrite);
        var (good, refusal) = AccessRuleChecks.Check(rule, time.GetUtcNow());
        if (good is null)
            return refusal!.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, name) = await PlaceAsync(session, scope, target, ct);
                await LockAsync(session, tenant, ct);
                var (ofPlace, ofTenant) = await session.Sql.FirstAsync(
                    "SELECT COALESCE(SUM(CASE WHEN subject_id = @subject THEN 1 ELSE 0 END), 0), COUNT(*) FROM access_rules WHERE tenant_id = @tenant",
                    row => (row.GetInt64(0), row.GetInt64(1)),
                    ct,
                    ("@subject", target.Id),
                    ("@tenant", tenant));
                if (ofPlace >= AccessRuleChecks.MaxOfPlace || ofTenant >= AccessRuleChecks.MaxOfTenant)
                    throw new RefusedException(AccessRuleChecks.Full);
                var row = RowOf(id, tenant, target, good, session.Now, scope.Actor);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO access_rules (id, tenant_id, level, subject_id, services, networks, countries, countries_excluded, takes_unknown_country, comment, expires_at, created_at, created_by, changed_at, changed_by)
                    VALUES (@id, @tenant, @level, @subject, @services, @networks, @countries, @excluded, @unknown, @comment, @expires, @now, @actor, @changed, @changer)
                    """,
                    ct,
                    [.. Values(row), ("@tenant", tenant), ("@level", target.Level.ToString()), ("@subject", target.Id), ("@now", session.NowMilliseconds), ("@actor", scope.Actor), ("@changed", session.NowMilliseconds), ("@changer", scope.Actor)]);
                await EndAsync(session, scope, maker, row, name, "create", ct);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid ruleId, AccessRuleChange change, AccessMaker maker, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        ruleId,
        async (session, before, name, ct) =>
        {
            var given = new NewAccessRule(
                change.Services ?? [.. TenantJson.ReadList(before.Services).Select(AccessServices.Find).OfType<AccessService>()],
                change.Networks ?? TenantJson.ReadList(before.Networks),
                change.Countries ?? TenantJson.ReadList(before.Countries),
                change.CountriesExcluded ?? before.CountriesExcluded,
                change.TakesUnknownCountry ?? before.TakesUnknownCountry,
                change.Comment ?? before.Comment,
                change.NeverExpires ? null : change.ExpiresAt);
            // An end that stays as it was is not judged again: a rule that has ended may be changed.
            var (good, refusal) = AccessRuleChecks.Check(given, session.Now);
            if (good is null)
                throw new RefusedException(refusal!);
            var kept = change.ExpiresAt is null && !change.NeverExpires ? before.ExpiresAt : good.ExpiresAt;
            var row = RowOf(before.Id, before.TenantId, new AccessTarget(before.Level, before.SubjectId), good with { ExpiresAt = kept }, session.Now, scope.Actor);
            await session.Sql.ExecuteAsync(
                """
                UPDATE access_rules SET services = @services, networks = @networks, countries = @countries, countries_excluded = @excluded, takes_unknown_country = @unknown,
                    comment = @comment, expires_at = @expires, changed_at = @now, changed_by = @actor
                WHERE id = @id
                """,
                ct,
                [.. Values(row), ("@now", session.NowMilliseconds), ("@actor", scope.Actor)]);
            await EndAsync(session, scope, maker, row, name, "update", ct);
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid ruleId, AccessMaker maker, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        ruleId,
        async (session, before, name, ct) =>
        {
            await session.Sql.ExecuteAsync("DELETE FROM access_rules WHERE id = @id", ct, ("@id", ruleId));
            await EndAsync(session, scope, maker, before, name, "remove", ct);
        },
        cancellationToken);

    private Task<CommandResult<Guid>> ChangeAsync(Scope scope, Guid ruleId, Func<MoveSession, AccessRuleRow, string, CancellationToken, ValueTask> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.AccessRulesWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var tenant = await session.Sql.FirstAsync("SELECT tenant_id FROM access_rules WHERE id = @id", row => (Guid?)row.GetGuid(0), ct, ("@id", ruleId));
                if (tenant is not { } owner || !scope.Tenants.Contains(owner))
                    throw new RefusedException(AccessRuleChecks.Unknown);
                await LockAsync(session, owner, ct);
                if (await session.Sql.FirstAsync(
                    "SELECT id, tenant_id, level, subject_id, services, networks, countries, countries_excluded, takes_unknown_country, comment, expires_at, created_at, created_by FROM access_rules WHERE id = @id",
                    Read,
                    ct,
                    ("@id", ruleId)) is not { } before)
                    throw new RefusedException(AccessRuleChecks.Unknown);
                var (_, name) = await PlaceAsync(session, scope, new AccessTarget(before.Level, before.SubjectId), ct);
                await change(session, before, name, ct);
                return ruleId;
            },
            cancellationToken);
    }

    private async ValueTask EndAsync(MoveSession session, Scope scope, AccessMaker maker, AccessRuleRow rule, string place, string action, CancellationToken cancellationToken)
    {
        if (!maker.ConfirmsOwnAddressRefused && await IsLockedOutAsync(session, rule.TenantId, maker, cancellationToken))
            throw new RefusedException(AccessRuleChecks.OwnAddress);
        var data = AccessJson.Write(scope.Actor, action, rule, place);
        session.Record(new PendingEvent(rule.TenantId, EventKinds.AccessRuleChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(rule.TenantId, scope.Actor, "access-rule." + action, rule.Id.ToString(), data));
        await directory.ChangedAsync(session, cancellationToken);
    }

    /// <summary>By the rules as they are after the change.</summary>
    private static async ValueTask<bool> IsLockedOutAsync(MoveSession session, Guid tenantId, AccessMaker maker, CancellationToken cancellationToken)
    {
        if (!maker.IsBound || maker.Source is not { } source)
            return false;
        var all = await AccessLoad.OfTenantAsync(session.Sql, tenantId, cancellationToken);
        var rules = await AccessLoad.ConcerningAsync(session.Sql, all, new AccessWho(tenantId, null, maker.AccountId), cancellationToken);
        return maker.Services.Any(service => !AccessDecision.Of(rules, service, source, session.Now).IsAllowed);
    }

    /// <summary>One change of a tenant's rules at a time, so that two together lock nobody out.</summary>
    private static async ValueTask LockAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken) =>
        await session.Sql.ExecuteAsync("UPDATE tenants SET access_revision = access_revision + 1 WHERE id = @id", cancellationToken, ("@id", tenantId));

    /// <exception cref="RefusedException">There is no such place in reach.</exception>
    private static async ValueTask<(Guid Tenant, string Name)> PlaceAsync(MoveSession session, Scope scope, AccessTarget target, CancellationToken cancellationToken)
    {
        var query = target.Level switch
        {
            AccessLevel.Tenant => "SELECT id, name FROM tenants WHERE id = @id",
            AccessLevel.Group => "SELECT tenant_id, name FROM tenant_groups WHERE id = @id",
            AccessLevel.Mailbox => "SELECT tenant_id, address FROM mailboxes WHERE id = @id",
            _ => "SELECT owner_id, address FROM accounts WHERE id = @id AND owner_kind = 'Tenant'",
        };
        var found = await session.Sql.FirstAsync(query, row => ((Guid Tenant, string Name)?)(row.GetGuid(0), row.GetString(1)), cancellationToken, ("@id", target.Id));
        return found is { } place && scope.Tenants.Contains(place.Tenant) ? place : throw new RefusedException(AccessRuleChecks.Unknown);
    }

    private static AccessRuleRow RowOf(Guid id, Guid tenant, AccessTarget target, CheckedAccessRule rule, DateTimeOffset now, string actor) => new()
    {
        Id = id,
        TenantId = tenant,
        Level = target.Level,
        SubjectId = target.Id,
        Services = TenantJson.Write([.. rule.Services.Order().Select(AccessServices.NameOf)]),
        Networks = TenantJson.Write(rule.Networks),
        Countries = TenantJson.Write(rule.Countries),
        CountriesExcluded = rule.CountriesExcluded,
        TakesUnknownCountry = rule.TakesUnknownCountry,
        Comment = rule.Comment,
        ExpiresAt = rule.ExpiresAt,
        CreatedAt = now,
        CreatedBy = actor,
        ChangedAt = now,
        ChangedBy = actor,
    };

    private static AccessRuleRow Read(System.Data.Common.DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TenantId = row.GetGuid(1),
        Level = row.Name<AccessLevel>(2),
        SubjectId = row.GetGuid(3),
        Services = row.GetString(4),
        Networks = row.GetString(5),
        Countries = row.GetString(6),
        CountriesExcluded = row.GetBoolean(7),
        TakesUnknownCountry = row.GetBoolean(8),
        Comment = row.GetString(9),
        ExpiresAt = row.IsDBNull(10) ? null : row.Time(10),
        CreatedAt = row.Time(11),
        CreatedBy = row.GetString(12),
        ChangedAt = row.Time(11),
        ChangedBy = row.GetString(12),
    };

    private static (string Name, object? Value)[] Values(AccessRuleRow row) =>
    [
        ("@id", row.Id),
        ("@services", row.Services),
        ("@networks", row.Networks),
        ("@countries", row.Countries),
        ("@excluded", row.CountriesExcluded),
        ("@unknown", row.TakesUnknownCountry),
        ("@comment", row.Comment),
        ("@expires", row.ExpiresAt?.ToUnixTimeMilliseconds()),
    ];
}
