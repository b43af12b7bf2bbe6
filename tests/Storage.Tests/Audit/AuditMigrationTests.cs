using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Storage.Audit;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Audit;

public abstract class AuditMigrationContract(IStorageBackend backend) : StorageContract(backend)
{
    [Fact]
    public async Task A_chain_of_the_first_version_verifies_after_the_migration_and_goes_on()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await using (var db = Storage.Get<IPlatformDbSource>().OpenForSetup())
        {
            await db.GetService<IMigrator>().MigrateAsync("Rules", Ct);
            var link = new AuditLink(tenant, 1, 1_000, "thing.do", AuditForm.Plain, new("user:ann", null, ""), new("x", null, ""), new("{}", null, ""), "", Erased: false);
            await db.Database.ExecuteSqlRawAsync("DELETE FROM audit", Ct);
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO audit (id, tenant_id, sequence, at, actor, action, target, detail, hash) VALUES ({Guid.NewGuid()}, {tenant}, 1, 1000, 'user:ann', 'thing.do', 'x', {"{}"}, {AuditForm.Hash(link, AuditForm.Origin)})", Ct);
            await db.Database.MigrateAsync(Ct);
        }

        var scope = Scope.System(tenant, "test");
        var log = Storage.Get<IAuditLog>();
        await log.AppendAsync(scope, tenant, "thing.do", "y", "{}", Ct);
        var verification = await log.VerifyAsync(scope, tenant, Ct);
        Assert.Equal((2, null), (verification.Entries, verification.FirstBreak));
        await using var after = Storage.Open(scope);
        Assert.Equal("user:ann", (await after.Audit.OrderBy(a => a.Sequence).FirstAsync(Ct)).Actor);
    }
}

public sealed class AuditMigrationOnSqlite() : AuditMigrationContract(new SqliteBackend());

public sealed class AuditMigrationOnPostgres(PostgresServer server) : AuditMigrationContract(new PostgresBackend(server));
