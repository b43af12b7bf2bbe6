using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Policies;

/// <summary>Tenants of a version that kept their policy in a column.</summary>
public abstract class PolicyMigrationContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task Every_tenant_does_with_each_verdict_what_it_did_before()
    {
        var set = await Storage.AddTenantAsync("acme", Ct);
        var unset = await Storage.AddTenantAsync("globex", Ct);
        await using (var db = Storage.Get<IPlatformDbSource>().OpenForSetup())
        {
            await db.GetService<IMigrator>().MigrateAsync("Rules", Ct);
            await db.Database.ExecuteSqlRawAsync(
                """UPDATE tenants SET policy = '{{"clean":"deliver","bulk":"reject","spam":"tag","suspicious":"deliver","phishing":"quarantine","malware":"reject"}}' WHERE slug = 'acme'""", Ct);
            await db.Database.ExecuteSqlRawAsync(
                """UPDATE tenants SET policy = '{{"clean":"deliver","bulk":"deliver","spam":"tag","suspicious":"quarantine","phishing":"quarantine","malware":"quarantine"}}' WHERE slug = 'globex'""", Ct);
        }

        await using var now = await Storage.OpenAgainAsync(Ct);

        var acme = (await now.Directory.FindTenantAsync(set, Ct))!;
        Assert.Equal(
            [PolicyAction.Deliver, PolicyAction.Reject, PolicyAction.Tag, PolicyAction.Deliver, PolicyAction.Quarantine, PolicyAction.Reject],
            new[] { VerdictKind.Clean, VerdictKind.Bulk, VerdictKind.Spam, VerdictKind.Suspicious, VerdictKind.Phishing, VerdictKind.Malware }.Select(acme.Policy.For));
        Assert.Equal("reject", (await now.Get<IPolicyBook>().OfAsync(acme, Ct)).Tenant.ActionFor(VerdictKind.Malware).Value);
        Assert.Equivalent(VerdictPolicy.Default.Actions, (await now.Directory.FindTenantAsync(unset, Ct))!.Policy.Actions);
        await using var rows = now.Open(new Scope(new HashSet<Guid> { set, unset }, Permissions.All, "test"));
        Assert.Equal(
            [("action.bulk", "reject"), ("action.malware", "reject"), ("action.suspicious", "deliver")],
            (await rows.PolicyValues.OrderBy(row => row.Setting).ToListAsync(Ct)).Select(row => (row.Setting, row.Value!)));
    }
}

public sealed class PolicyMigrationOnSqlite() : PolicyMigrationContract(new SqliteBackend());

public sealed class PolicyMigrationOnPostgres(PostgresServer server) : PolicyMigrationContract(new PostgresBackend(server));
