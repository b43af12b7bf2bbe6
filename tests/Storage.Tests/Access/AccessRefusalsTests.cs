using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Access;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Access;

/// <summary>What was not let in is kept and told, and nobody fills table or feed with it.</summary>
public abstract class AccessRefusalsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IAccessRefusals Refusals => Storage.Get<IAccessRefusals>();

    [Fact]
    public async Task The_first_is_kept_and_told_at_once_with_its_place()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Refusals.NoteAsync(Refused(tenant, "info@acme.test", "192.0.2.7", AccessReason.Country), Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        var row = await db.AccessRefusals.SingleAsync(Ct);
        var told = JsonDocument.Parse((await db.Events.SingleAsync(one => one.Kind == EventKinds.AccessRefused, Ct)).Data).RootElement;

        Assert.Equal(("info@acme.test", "192.0.2.7", "JP", 64_500L, 1L), (row.Account, row.Address, row.Country, row.Asn!.Value, row.Count));
        Assert.Equal(
            ("info@acme.test", "submission", "country", "192.0.2.7", "JP", 64_500L),
            (told.GetProperty("user").GetString(), told.GetProperty("service").GetString(), told.GetProperty("reason").GetString(), told.GetProperty("origin").GetProperty("address").GetString(),
                told.GetProperty("origin").GetProperty("country").GetString(), told.GetProperty("originAsn").GetInt64()));
    }

    [Fact]
    public async Task Those_that_are_alike_are_one_row_and_told_at_the_first_tenth_and_hundredth()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        for (var i = 0; i < 250; i++)
        {
            await Refusals.NoteAsync(Refused(tenant, "info@acme.test", "192.0.2.7", AccessReason.Failed), Ct);
            if (i % 5 == 0)
                await Refusals.FlushAsync(Ct);
        }

        await Refusals.FlushAsync(Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));

        Assert.Equal(250, (await db.AccessRefusals.SingleAsync(Ct)).Count);
        Assert.Equal(3, await db.Events.CountAsync(row => row.Kind == EventKinds.LoginFailed, Ct));
    }

    [Fact]
    public async Task What_follows_within_seconds_is_counted_and_written_later()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        for (var i = 0; i < 7; i++)
            await Refusals.NoteAsync(Refused(tenant, "info@acme.test", "192.0.2.7", AccessReason.Network), Ct);
        var before = await CountAsync(tenant);
        await Refusals.FlushAsync(Ct);

        Assert.Equal((1, 7), (before, await CountAsync(tenant)));
    }

    [Fact]
    public async Task More_than_are_told_apart_in_an_hour_are_one_row()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        for (var i = 0; i < 230; i++)
            await Refusals.NoteAsync(Refused(tenant, "", $"198.51.{i / 256}.{i % 256}", AccessReason.Failed), Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        var rows = await db.AccessRefusals.ToListAsync(Ct);

        Assert.Equal((201, 30L), (rows.Count, rows.Single(row => row.Network == "*").Count));
        Assert.Equal(202, await db.Events.CountAsync(row => row.Kind == EventKinds.LoginFailed, Ct));
    }

    [Fact]
    public async Task Each_tenant_has_its_own_and_what_is_old_goes()
    {
        var (tenant, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        await Refusals.NoteAsync(Refused(tenant, "info@acme.test", "192.0.2.7", AccessReason.Network), Ct);
        Assert.Equal(0, await CountAsync(other));
        Storage.Time.Advance(TimeSpan.FromDays(31));
        await Refusals.NoteAsync(Refused(tenant, "info@acme.test", "192.0.2.8", AccessReason.Network), Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));

        Assert.Equal("192.0.2.8", (await db.AccessRefusals.SingleAsync(Ct)).Address);
    }

    /// <summary>One password on many accounts, over tenants and services; each tenant hears of its own accounts and nothing of the others.</summary>
    [Fact]
    public async Task A_network_that_sprays_is_told_to_each_tenant_that_it_tried()
    {
        var (tenant, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        var seen = new List<bool>();
        for (var i = 0; i < 16; i++)
            seen.Add(await Refusals.NoteAsync(Refused(i < 10 ? tenant : other, $"user{i}@a.test", "192.0.2.7", AccessReason.Failed), Ct));

        Assert.Equal([.. Enumerable.Repeat(false, 14), true, false], seen);
        Assert.Equal((10, 5), (await SprayedAsync(tenant), await SprayedAsync(other)));
    }

    /// <summary>A tenant's own server can report any address: its word locks nobody of another tenant out.</summary>
    [Fact]
    public async Task What_a_tenants_own_server_reports_counts_for_that_tenant_alone()
    {
        var (tenant, other) = (await Storage.AddTenantAsync("acme", Ct), await Storage.AddTenantAsync("globex", Ct));
        for (var i = 0; i < 14; i++)
            Assert.False(await Refusals.NoteAsync(Refused(tenant, $"user{i}@a.test", "192.0.2.7", AccessReason.Failed) with { Service = AccessService.MailServer }, Ct));
        Assert.False(await Refusals.NoteAsync(Refused(other, "one@b.test", "192.0.2.7", AccessReason.Failed), Ct));
        Assert.False(await Refusals.NoteAsync(Refused(other, "two@b.test", "192.0.2.7", AccessReason.Failed) with { Service = AccessService.MailServer }, Ct));

        Assert.True(await Refusals.NoteAsync(Refused(tenant, "user14@a.test", "192.0.2.7", AccessReason.Failed) with { Service = AccessService.MailServer }, Ct));
        Assert.Equal((15, null), (await SprayedAsync(tenant), await SprayedAsync(other)));
    }

    [Fact]
    public async Task Who_only_forgot_a_password_does_not_spray()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        for (var i = 0; i < 14; i++)
            Assert.False(await Refusals.NoteAsync(Refused(tenant, $"user{i}@a.test", "192.0.2.7", AccessReason.Failed), Ct));
        for (var i = 0; i < 20; i++)
        {
            Assert.False(await Refusals.NoteAsync(Refused(tenant, "user1@a.test", "192.0.2.7", AccessReason.Failed), Ct));
            await Refusals.FlushAsync(Ct);
            Assert.False(await Refusals.NoteAsync(Refused(tenant, $"user{i}@a.test", $"198.51.100.{i}", AccessReason.Network), Ct));
        }

        Assert.False(await Refusals.NoteAsync(Refused(tenant, "user20@a.test", "192.0.2.7", AccessReason.Failed), Ct));
        Assert.Null(await SprayedAsync(tenant));
    }

    [Fact]
    public async Task Many_networks_that_share_the_work_are_told_too()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        for (var i = 0; i < 31; i++)
            Assert.False(await Refusals.NoteAsync(Refused(tenant, $"user{i}@a.test", $"198.51.100.{i % 11}", AccessReason.Failed), Ct));

        Assert.Equal(30, await SprayedAsync(tenant));
    }

    [Fact]
    public async Task A_journey_that_nobody_makes_is_told_with_both_places()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await Refusals.TellTravelAsync(tenant, "info@acme.test", AccessService.Portal, new AccessSource(IPAddress.Parse("192.0.2.7"), "BR"), new ToldJourney("198.51.100.7", "JP", 16_000, 30), Ct);
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        var told = JsonDocument.Parse((await db.Events.SingleAsync(one => one.Kind == EventKinds.AccountTravelled, Ct)).Data).RootElement;

        Assert.Equal(
            ("info@acme.test", "BR", "JP", 16_000, 30),
            (told.GetProperty("user").GetString(), told.GetProperty("origin").GetProperty("country").GetString(), told.GetProperty("before").GetProperty("country").GetString(),
                told.GetProperty("before").GetProperty("kilometres").GetInt32(), told.GetProperty("before").GetProperty("minutes").GetInt32()));
    }

    /// <returns>How many of its accounts the tenant was told of; null: it was told nothing.</returns>
    private async Task<int?> SprayedAsync(Guid tenant)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.Events.SingleOrDefaultAsync(one => one.Kind == EventKinds.AccountSpraying, Ct) is { } told ? JsonDocument.Parse(told.Data).RootElement.GetProperty("accounts").GetInt32() : null;
    }

    private static RefusedLogin Refused(Guid tenant, string account, string address, AccessReason reason) =>
        new(tenant, account, AccessService.Submission, reason, new AccessSource(IPAddress.Parse(address), "JP", 64_500, "Example Net"));

    private async Task<long> CountAsync(Guid tenant)
    {
        await using var db = Storage.Open(Scope.System(tenant, "test"));
        return await db.AccessRefusals.SumAsync(row => row.Count, Ct);
    }
}

public sealed class AccessRefusalsOnSqlite() : AccessRefusalsContract(new SqliteBackend());

public sealed class AccessRefusalsOnPostgres(PostgresServer server) : AccessRefusalsContract(new PostgresBackend(server));
