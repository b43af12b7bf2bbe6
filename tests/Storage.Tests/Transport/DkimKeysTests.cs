using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Authentication.Dkim;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transport;

namespace Platform.Storage.Tests.Transport;

/// <summary>The way of a key: made, seen in DNS, used, replaced, done with.</summary>
public abstract class DkimKeysContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private IDkimKeys Keys => Storage.Get<IDkimKeys>();

    [Fact]
    public async Task A_key_signs_once_its_record_was_seen()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var made = await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct);
        Assert.Null(made.Code);
        await LookAsync(DkimPublicationState.Missing);
        Assert.Empty(await Keys.SigningAsync(tenant, "acme.test", Ct));

        await LookAsync(DkimPublicationState.Published);

        var key = Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct));
        using var secret = DkimPrivateKey.FromPem(key.PrivateKeyPem);
        Assert.Equal((made.Value, (await RowAsync(scope, made.Value)).PublicKey), (key.Id, secret.PublicKeyBase64));
    }

    [Fact]
    public async Task The_private_key_is_not_stored_in_the_clear()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var made = await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Rsa, 0, Ct);

        var row = await RowAsync(scope, made.Value);

        Assert.DoesNotContain("PRIVATE", Encoding.Latin1.GetString(row.PrivateKey!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_whose_record_is_gone_signs_no_more_until_it_is_back()
    {
        var (tenant, scope) = await TenantAsync("acme");
        await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Rsa, 0, Ct);
        await LookAsync(DkimPublicationState.Published);
        await LookAsync(DkimPublicationState.NoAnswer);
        Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct));

        await LookAsync(DkimPublicationState.Different);
        Assert.Empty(await Keys.SigningAsync(tenant, "acme.test", Ct));

        await LookAsync(DkimPublicationState.Published);
        Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct));
    }

    [Fact]
    public async Task A_key_is_followed_by_another_when_its_days_are_over()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var first = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 30, Ct)).Value;
        await LookAsync(DkimPublicationState.Published);
        Storage.Time.Advance(TimeSpan.FromDays(30));
        await LookAsync(DkimPublicationState.Published);
        await LookAsync(DkimPublicationState.Published);

        var second = Assert.Single(await RowsAsync(scope), row => row.Id != first);
        Assert.Equal((DkimKeyState.Active, 30, true), (second.State, second.RotationDays, second.Selector != (await RowAsync(scope, first)).Selector));
        Assert.Equal(second.Id, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
        var old = await RowAsync(scope, first);
        Assert.Equal((DkimKeyState.Retiring, null), (old.State, old.PrivateKey));
        Storage.Time.Advance(TimeSpan.FromDays(7));
        await LookAsync(DkimPublicationState.Published);
        await LookAsync(DkimPublicationState.Published);
        Assert.Equal(DkimKeyState.Retired, (await RowAsync(scope, first)).State);
    }

    [Fact]
    public async Task The_old_one_signs_while_the_new_one_is_not_published()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var first = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await LookAsync(DkimPublicationState.Published);
        var second = await Keys.RotateAsync(scope, first, Ct);
        Assert.Null(second.Code);
        await LookAsync(DkimPublicationState.Missing);

        Assert.Equal(first, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
        Assert.Equal("DKIM_KEY_WAITING", (await Keys.RotateAsync(scope, first, Ct)).Code);
        Assert.Equal("DKIM_KEY_NOT_ACTIVE", (await Keys.RotateAsync(scope, second.Value, Ct)).Code);
    }

    [Fact]
    public async Task A_lost_key_that_was_replaced_does_not_come_back()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var first = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 30, Ct)).Value;
        await SettleAsync(scope, first, DkimPublicationState.Published);
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await Keys.RotateAsync(scope, first, Ct)).Value;
        await SettleAsync(scope, first, DkimPublicationState.Missing);
        await SettleAsync(scope, second, DkimPublicationState.Published);
        await SettleAsync(scope, first, DkimPublicationState.Published);

        Assert.Equal(second, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
        Assert.Equal(DkimKeyState.Retiring, (await RowAsync(scope, first)).State);
    }

    [Fact]
    public async Task Of_two_that_are_published_the_younger_signs()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var first = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await SettleAsync(scope, second, DkimPublicationState.Published);
        await SettleAsync(scope, first, DkimPublicationState.Published);

        Assert.Equal(second, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
    }

    [Fact]
    public async Task An_older_key_that_waits_does_not_stop_rotation()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var idle = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        var key = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 30, Ct)).Value;
        await SettleAsync(scope, key, DkimPublicationState.Published);
        Storage.Time.Advance(TimeSpan.FromDays(30));
        await SettleAsync(scope, key, DkimPublicationState.Published);

        Assert.Single(await RowsAsync(scope), row => row.Id != idle && row.Id != key);
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_says_so_and_the_others_sign()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var broken = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Rsa, 0, Ct)).Value;
        var other = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await SettleAsync(scope, broken, DkimPublicationState.Published);
        await SettleAsync(scope, other, DkimPublicationState.Published);
        await BreakAsync(scope, broken);

        Assert.Equal(other, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
        Assert.Equal("key-unreadable", (await RowAsync(scope, broken)).Problem);
        await SettleAsync(scope, broken, DkimPublicationState.Published);
        Assert.Equal((DkimKeyState.Active, "key-unreadable"), ((await RowAsync(scope, broken)).State, (await RowAsync(scope, broken)).Problem));
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_takes_the_place_of_none()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var first = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await SettleAsync(scope, first, DkimPublicationState.Published);
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await Keys.RotateAsync(scope, first, Ct)).Value;
        await BreakAsync(scope, second);
        await SettleAsync(scope, second, DkimPublicationState.Published);

        Assert.Equal(first, Assert.Single(await Keys.SigningAsync(tenant, "acme.test", Ct)).Id);
        Assert.Equal((DkimKeyState.Waiting, "key-unreadable"), ((await RowAsync(scope, second)).State, (await RowAsync(scope, second)).Problem));
    }

    [Fact]
    public async Task A_key_is_looked_at_by_one_at_a_time()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var key = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        Assert.Null((await Keys.CheckAsync(scope, key, Ct)).Code);

        Assert.NotNull(await Keys.TakeDueAsync(Lease, Ct));
        Assert.Null(await Keys.TakeDueAsync(Lease, Ct));
        Storage.Time.Advance(Lease);
        Assert.NotNull(await Keys.TakeDueAsync(Lease, Ct));
    }

    [Fact]
    public async Task Another_tenants_is_out_of_reach()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var (other, stranger) = await TenantAsync("globex");
        var key = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await LookAsync(DkimPublicationState.Published);

        Assert.Equal("NOT_FOUND", (await Keys.CheckAsync(stranger, key, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Keys.RotateAsync(stranger, key, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Keys.RemoveAsync(stranger, key, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Keys.CreateAsync(stranger, tenant, "acme.test", DkimKeyKind.Rsa, 0, Ct)).Code);
        Assert.Empty(await Keys.SigningAsync(other, "acme.test", Ct));
        Assert.Empty(await RowsAsync(stranger));
    }

    [Theory]
    [InlineData("globex.test", 0, "DOMAIN_UNKNOWN")]
    [InlineData("", 0, "DOMAIN_UNKNOWN")]
    [InlineData("acme.test", 6, "INVALID_ROTATION")]
    [InlineData("acme.test", 3_651, "INVALID_ROTATION")]
    public async Task What_will_not_do_is_refused(string domain, int days, string code)
    {
        var (tenant, scope) = await TenantAsync("acme");

        Assert.Equal(code, (await Keys.CreateAsync(scope, tenant, domain, DkimKeyKind.Ed25519, days, Ct)).Code);
    }

    [Fact]
    public async Task Each_step_is_told()
    {
        var (tenant, scope) = await TenantAsync("acme");
        var key = (await Keys.CreateAsync(scope, tenant, "acme.test", DkimKeyKind.Ed25519, 0, Ct)).Value;
        await LookAsync(DkimPublicationState.Published);
        await Keys.RemoveAsync(scope, key, Ct);
        await Keys.RemoveAsync(scope, key, Ct);

        await using var db = Storage.Open(scope);
        Assert.Equal(
            ["dkim-key.create", "dkim-key.activate", "dkim-key.retire", "dkim-key.remove"],
            await db.Audit.Where(row => row.Action.StartsWith("dkim-key")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
        Assert.Equal(4, await db.Events.CountAsync(row => row.Kind == EventKinds.DkimKeyChanged, Ct));
        Assert.DoesNotContain(await db.Events.Select(row => row.Data).ToListAsync(Ct), data => data.Contains("PRIVATE", StringComparison.Ordinal));
    }

    private async Task<(Guid Tenant, Scope Scope)> TenantAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (tenant, Scope.System(tenant, "test"));
    }

    /// <summary>This very key is looked at.</summary>
    private async Task SettleAsync(Scope scope, Guid id, DkimPublicationState state)
    {
        var row = await RowAsync(scope, id);
        await Keys.SettleAsync(new DueDkimKey(row.Id, row.TenantId, row.Domain, row.Selector, row.Kind, row.PublicKey), state, Ct);
    }

    private async Task BreakAsync(Scope scope, Guid id)
    {
        await using var db = Storage.Open(scope);
        Assert.Equal(1, await db.DkimKeys.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PrivateKey, new byte[60]), Ct));
    }

    /// <summary>Waits until some key is due, and has it looked at.</summary>
    private async Task LookAsync(DkimPublicationState state)
    {
        for (var wait = 0; wait < 200; wait++)
        {
            if (await Keys.TakeDueAsync(Lease, Ct) is { } due)
            {
                await Keys.SettleAsync(due, state, Ct);
                return;
            }

            Storage.Time.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Fail("No key was due within two days.");
    }

    private async Task<DkimKeyRow> RowAsync(Scope scope, Guid id) => (await RowsAsync(scope)).Single(row => row.Id == id);

    private async Task<List<DkimKeyRow>> RowsAsync(Scope scope)
    {
        await using var db = Storage.Open(scope);
        return await db.DkimKeys.AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(Ct);
    }
}

public sealed class DkimKeysOnSqlite() : DkimKeysContract(new SqliteBackend());

public sealed class DkimKeysOnPostgres(PostgresServer server) : DkimKeysContract(new PostgresBackend(server));
