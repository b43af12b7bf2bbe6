using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Push;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding.Ldap;

internal sealed class LdapDirectories(IMoveRunner moves, IReadConnections reads, TenantKeys keys, ILdapAddressRule rule) : ILdapDirectories
{
    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, NewLdapDirectory directory, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        scope.Require(Permissions.GroupsWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (LdapRules.Check(directory, rule) is { } refusal)
            return refusal.As<Guid>();
        var secret = directory.BindSecret is null ? null : SealedSecret.Seal(await keys.GetAsync(tenantId, cancellationToken), Label(tenantId), Encoding.UTF8.GetBytes(directory.BindSecret));
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var known = await session.Sql.FirstAsync(
                    "SELECT id, host, port, bind_name, bind_secret FROM ldap_directories WHERE tenant_id = @tenant" + session.Dialect.ForUpdate,
                    row => new Known(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetFieldValue<byte[]>(4)),
                    ct,
                    ("@tenant", tenantId));
                // A secret is sent to the server and under the name for which it was given, and nowhere else.
                if (secret is null && (known is null || (known.Host, known.Port, known.BindName) != (directory.Host, directory.Port, directory.BindName)))
                    throw new RefusedException(LdapRules.SecretRequired);
                var id = known?.Id ?? Guid.CreateVersion7(session.Now);
                await LdapRows.WriteAsync(session, id, tenantId, directory, secret ?? known!.Secret, scope.Actor, ct);
                Record(session, tenantId, scope.Actor, "ldap.set", directory.Host);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        return !scope.Tenants.Contains(tenantId) ? Task.FromResult(Refusal.NoTenant.As<Guid>()) : moves.CommandAsync(
            async (session, ct) =>
            {
                var host = await session.Sql.FirstAsync("DELETE FROM ldap_directories WHERE tenant_id = @tenant RETURNING host", row => row.GetString(0), ct, ("@tenant", tenantId));
                Record(session, tenantId, scope.Actor, "ldap.remove", host ?? throw new RefusedException(LdapRules.Unknown));
                return tenantId;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> RunAsync(Scope scope, Guid tenantId, bool test, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        return !scope.Tenants.Contains(tenantId) ? Task.FromResult(Refusal.NoTenant.As<Guid>()) : moves.CommandAsync(
            async (session, ct) =>
            {
                var id = await session.Sql.FirstAsync(
                    "UPDATE ldap_directories SET due_at = @now, due_is_test = @test WHERE tenant_id = @tenant RETURNING id",
                    row => (Guid?)row.GetGuid(0),
                    ct,
                    ("@now", session.NowMilliseconds),
                    ("@test", test),
                    ("@tenant", tenantId));
                session.Record(new PendingAudit(tenantId, scope.Actor, test ? "ldap.test" : "ldap.sync", tenantId.ToString(), "{}"));
                return id ?? throw new RefusedException(LdapRules.Unknown);
            },
            cancellationToken);
    }

    public async Task<LdapJob?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        if (await moves.RunAsync((session, ct) => LdapRows.TakeAsync(session, lease, ct), cancellationToken) is not { } taken)
            return null;
        var secret = SealedSecret.Open(await keys.GetAsync(taken.Job.TenantId, cancellationToken), Label(taken.Job.TenantId), taken.Secret);
        return taken.Job with { Directory = taken.Job.Directory with { BindSecret = Encoding.UTF8.GetString(secret) } };
    }

    public Task EndAsync(LdapJob job, LdapRun run, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            // What was asked for while it ran was asked for by somebody who saw more than the run did: it is due as it was set.
            DateTimeOffset? due = job.Directory.EveryMinutes == 0 ? null : session.Now + TimeSpan.FromMinutes(job.Directory.EveryMinutes);
            var json = JsonSerializer.Serialize(run, LdapJsonContext.Default.LdapRun);
            var ended = await session.Sql.ExecuteAsync(
                """
                UPDATE ldap_directories SET last_run = @run, lease_token = NULL, lease_until = NULL,
                    due_is_test = CASE WHEN due_at = @before THEN @test ELSE due_is_test END,
                    due_at = CASE WHEN due_at = @before THEN CAST(@due AS BIGINT) ELSE due_at END
                WHERE id = @id AND lease_token = @token
                """,
                ct,
                ("@run", json),
                ("@due", due?.ToUnixTimeMilliseconds()),
                ("@test", false),
                ("@before", job.DueAt.ToUnixTimeMilliseconds()),
                ("@id", job.Id),
                ("@token", job.Token));
            if (ended == 1)
            {
                var told = JsonSerializer.Serialize(new ToldRun(run.Outcome, run.Entries, run.Created, run.Changed, run.Refused, run.Removed), LdapJsonContext.Default.ToldRun);
                session.Record(new PendingEvent(job.TenantId, EventKinds.DirectorySynced, session.Now, null, null, told));
                session.Record(new PendingAudit(job.TenantId, "system:ldap", "ldap.end", job.TenantId.ToString(), told));
            }

            return true;
        },
        cancellationToken);

    public async Task<IReadOnlyDictionary<string, Guid>> MailboxesAsync(LdapJob job, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rows = await sql.QueryAsync(
            "SELECT address, id FROM mailboxes WHERE tenant_id = @tenant AND source_id = @source",
            row => (Address: row.GetString(0), Id: row.GetGuid(1)),
            cancellationToken,
            ("@tenant", job.TenantId),
            ("@source", job.Id));
        return rows.ToDictionary(row => row.Address, row => row.Id);
    }

    private static void Record(MoveSession session, Guid tenantId, string actor, string action, string target)
    {
        var data = $$"""{"actor":{{Text(actor)}},"action":{{Text(action)}},"target":{{Text(target)}}}""";
        session.Record(new PendingEvent(tenantId, EventKinds.DirectoryChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, actor, action, target, "{}"));
    }

    private static string Label(Guid tenantId) => $"ldap-bind:{tenantId:N}";

    private static string Text(string value) => JsonSerializer.Serialize(value, TenantJsonContext.Default.String);

    private sealed record Known(Guid Id, string Host, int Port, string BindName, byte[] Secret);
}

internal sealed record ToldRun(string Outcome, int Entries, int Created, int Changed, int Refused, int Removed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LdapRun))]
[JsonSerializable(typeof(ToldRun))]
internal sealed partial class LdapJsonContext : JsonSerializerContext;
