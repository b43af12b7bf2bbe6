using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Audit;

public abstract class AuditChainContract(IStorageBackend backend) : StorageContract(backend)
{
    private IAuditLog Log => Storage.Get<IAuditLog>();

    public static TheoryData<string> Forgeries() =>
    [
        "UPDATE audit SET action = 'other' WHERE sequence = 2",
        "UPDATE audit SET at = at + 1 WHERE sequence = 2",
        "UPDATE audit SET actor_commitment = target_commitment WHERE sequence = 2",
        "UPDATE audit_personal SET actor = 'user:nobody' WHERE id = (SELECT id FROM audit WHERE sequence = 2)",
        "UPDATE audit_personal SET target = '' WHERE id = (SELECT id FROM audit WHERE sequence = 2)",
        "UPDATE audit_personal SET target = '', target_salt = NULL WHERE id = (SELECT id FROM audit WHERE sequence = 2)",
        "DELETE FROM audit_personal WHERE id = (SELECT id FROM audit WHERE sequence = 2)",
        "DELETE FROM audit WHERE sequence = 2",
    ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_is_changed_or_removed_breaks_the_chain_there(string forgery)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await ExecuteAsync(forgery);
        Assert.Equal(2, await Log.FindBreakAsync(Scope.System(tenant, "test"), tenant, Ct));
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_missed_by_the_head()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await ExecuteAsync("DELETE FROM audit WHERE sequence = 3");
        Assert.Equal(3, await Log.FindBreakAsync(Scope.System(tenant, "test"), tenant, Ct));
    }

    [Fact]
    public async Task A_personal_field_erased_with_its_salt_leaves_the_chain_whole()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await ExecuteAsync("UPDATE audit_personal SET target = '', target_salt = NULL, erased_at = 1 WHERE id = (SELECT id FROM audit WHERE sequence = 2)");
        var verification = await Log.VerifyAsync(Scope.System(tenant, "test"), tenant, Ct);
        Assert.True(verification.Holds);
        Assert.Equal((3, 1, 0), (verification.Entries, verification.Erased, verification.Unproven));
    }

    [Fact]
    public async Task Links_of_the_first_form_still_verify_and_those_after_them_follow()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await ToFirstFormAsync(tenant);
        await Log.AppendAsync(Scope.System(tenant, "test"), tenant, "thing.do", "x", "{}", Ct);
        Assert.Equal((4, null), await EntriesAndBreakAsync(tenant));

        await ExecuteAsync("UPDATE audit_personal SET target = '', erased_at = 1 WHERE id = (SELECT id FROM audit WHERE sequence = 1)");
        var verification = await Log.VerifyAsync(Scope.System(tenant, "test"), tenant, Ct);
        Assert.Equal((true, 1), (verification.Holds, verification.Unproven));

        await ExecuteAsync("UPDATE audit_personal SET target = 'y' WHERE id = (SELECT id FROM audit WHERE sequence = 2)");
        Assert.Equal(2, (await EntriesAndBreakAsync(tenant)).Break);
    }

    [Fact]
    public async Task A_link_set_back_to_the_first_form_breaks_the_chain()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await ExecuteAsync("UPDATE audit SET form = 1, action = 'nothing.happened' WHERE sequence = 2");
        await ExecuteAsync("UPDATE audit_personal SET actor = 'user:other', actor_salt = NULL, target_salt = NULL, detail_salt = NULL, erased_at = 1 WHERE id = (SELECT id FROM audit WHERE sequence = 2)");

        Assert.Equal(2, (await EntriesAndBreakAsync(tenant)).Break);
    }

    [Fact]
    public async Task Entries_written_at_the_same_time_stand_in_one_line()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Log.AppendAsync(scope, tenant, "thing.do", $"thing {i}", "{}", Ct)));
        Assert.Equal((43, null), await EntriesAndBreakAsync(tenant));
    }

    [Fact]
    public async Task An_MSP_has_a_chain_of_its_own()
    {
        var msp = (await Storage.Commands.CreateMspAsync("mine", "Mine", Ct)).Value;
        var tenant = await Storage.AddTenantAsync("acme", Ct, msp);
        var scope = new Scope(new HashSet<Guid> { tenant }, Permissions.All, "client:mine", msp);
        await using var db = Storage.Open(scope);
        Assert.Equal(["msp.create", "tenant.create"], await db.Audit.Where(a => a.OwnerId == msp).OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
        Assert.True((await Log.VerifyAsync(scope, msp, Ct)).Holds);
        await Assert.ThrowsAsync<ScopeViolationException>(() => Log.VerifyAsync(Scope.System(tenant, "test"), msp, Ct));
    }

    /// <summary>Rewrites the chain as the first version wrote it.</summary>
    private async Task ToFirstFormAsync(Guid tenant)
    {
        List<AuditRow> rows;
        await using (var db = Storage.Open(Scope.System(tenant, "test")))
            rows = await db.Audit.AsNoTracking().OrderBy(a => a.Sequence).ToListAsync(Ct);
        var previous = AuditForm.Origin;
        foreach (var row in rows)
        {
            var link = new AuditLink(
                tenant, row.Sequence, row.At.ToUnixTimeMilliseconds(), row.Action, AuditForm.Plain, new(row.Actor, null, ""), new(row.Target, null, ""), new(row.Detail, null, ""), "", Erased: false);
            previous = AuditForm.Hash(link, previous);
            await ExecuteAsync($"UPDATE audit SET form = 1, actor_commitment = '', target_commitment = '', detail_commitment = '', hash = '{previous}' WHERE sequence = {row.Sequence}");
        }

        await ExecuteAsync("UPDATE audit_personal SET actor_salt = NULL, target_salt = NULL, detail_salt = NULL");
        await ExecuteAsync($"UPDATE audit_heads SET hash = '{previous}'");
    }

    private async Task<(long Entries, long? Break)> EntriesAndBreakAsync(Guid tenant)
    {
        var verification = await Log.VerifyAsync(Scope.System(tenant, "test"), tenant, Ct);
        return (verification.Entries, verification.FirstBreak);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Storage.Get<IPlatformDbSource>().OpenForSetup();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }
}

public sealed class AuditChainOnSqlite() : AuditChainContract(new SqliteBackend());

public sealed class AuditChainOnPostgres(PostgresServer server) : AuditChainContract(new PostgresBackend(server));
