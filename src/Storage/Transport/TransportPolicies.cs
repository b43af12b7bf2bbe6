using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

internal sealed class TransportPolicies(IMoveRunner moves, IReadConnections reads, TimeProvider time) : ITransportPolicies
{
    private const int MaxOfTenant = 1_000;

    private static Refusal Unknown { get; } = new("NOT_FOUND", "No such transport policy is in reach of this client.");

    private static Refusal NoDomain { get; } = new("INVALID_DOMAIN", "A domain is a name such as 'example.com', without protocol or path; leave it out for all domains.");

    private static Refusal Full { get; } = new("TRANSPORT_POLICY_LIMIT", $"A tenant has at most {MaxOfTenant} transport policies. Remove one first.");

    public async Task<TransportSetting> FindAsync(Guid tenantId, string domain, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var found = await sql.QueryAsync(
            "SELECT domain, tls FROM transport_policies WHERE tenant_id = @tenant AND domain IN (@domain, @all)",
            row => (Domain: row.GetString(0), Tls: row.Name<TransportTls>(1)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@domain", domain),
            ("@all", TransportPolicyRow.AllDomains));
        return found.OrderBy(one => one.Domain == TransportPolicyRow.AllDomains)
            .Select(one => new TransportSetting(one.Tls, one.Domain == TransportPolicyRow.AllDomains ? TransportSource.Tenant : TransportSource.Domain))
            .FirstOrDefault() ?? TransportSetting.Standard;
    }

    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, string domain, TransportTls tls, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TransportWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if ((domain == TransportPolicyRow.AllDomains ? domain : MailAddress.Domain(domain.Trim())) is not { } name)
            return NoDomain.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM transport_policies WHERE tenant_id = @tenant AND domain <> @domain", row => row.GetInt64(0), ct, ("@tenant", tenantId), ("@domain", name)) >= MaxOfTenant)
                    throw new RefusedException(Full);
                var written = await session.Sql.FirstAsync(
                    """
                    INSERT INTO transport_policies (id, tenant_id, domain, tls, created_at, changed_at, changed_by) VALUES (@id, @tenant, @domain, @tls, @now, @now, @actor)
                    ON CONFLICT (tenant_id, domain) DO UPDATE SET tls = excluded.tls, changed_at = excluded.changed_at, changed_by = excluded.changed_by RETURNING id
                    """,
                    row => row.GetGuid(0),
                    ct,
                    ("@id", id),
                    ("@tenant", tenantId),
                    ("@domain", name),
                    ("@tls", tls.ToString()),
                    ("@now", session.NowMilliseconds),
                    ("@actor", scope.Actor));
                Record(session, tenantId, written, new ToldTransportPolicy(scope.Actor, "set", name, Wire(tls)));
                return written;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid policyId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.TransportWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var found = await session.Sql.FirstAsync(
                    "SELECT tenant_id, domain, tls FROM transport_policies WHERE id = @id" + session.Dialect.ForUpdate,
                    row => ((Guid Tenant, string Domain, TransportTls Tls)?)(row.GetGuid(0), row.GetString(1), row.Name<TransportTls>(2)),
                    ct,
                    ("@id", policyId));
                if (found is not { } policy || !scope.Tenants.Contains(policy.Tenant))
                    throw new RefusedException(Unknown);
                await session.Sql.ExecuteAsync("DELETE FROM transport_policies WHERE id = @id", ct, ("@id", policyId));
                Record(session, policy.Tenant, policyId, new ToldTransportPolicy(scope.Actor, "remove", policy.Domain, Wire(policy.Tls)));
                return policyId;
            },
            cancellationToken);
    }

    private static string Wire(TransportTls tls) => JsonNamingPolicy.KebabCaseLower.ConvertName(tls.ToString());

    private static void Record(MoveSession session, Guid tenantId, Guid id, ToldTransportPolicy told)
    {
        var data = JsonSerializer.Serialize(told, TransportJson.Default.ToldTransportPolicy);
        session.Record(new PendingEvent(tenantId, EventKinds.TransportPolicyChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, told.Actor, "transport-policy." + told.Action, id.ToString(), data));
    }
}

/// <param name="Domain"><c>*</c> for all.</param>
internal sealed record ToldTransportPolicy(string Actor, string Action, string Domain, string Tls);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldTransportPolicy))]
internal sealed partial class TransportJson : JsonSerializerContext;
