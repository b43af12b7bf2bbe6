using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Push;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Push;

public abstract class WebhookCommandsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IWebhookCommands Commands => Storage.Get<IWebhookCommands>();

    private IWebhookQueue Queue => Storage.Get<IWebhookQueue>();

    [Fact]
    public async Task The_secret_is_shown_once_and_kept_sealed()
    {
        var scope = await TenantAsync("acme");

        var made = (await AddAsync(scope)).Value!;

        var secret = Convert.FromBase64String(made.Secret["whsec_".Length..]);
        Assert.Equal(32, secret.Length);
        await using var db = Storage.Open(scope);
        var row = await db.WebhookEndpoints.SingleAsync(Ct);
        Assert.Equal(-1, row.Secret.AsSpan().IndexOf(secret));
        Assert.DoesNotContain(made.Secret, made.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await db.Events.Select(e => e.Data).ToListAsync(Ct), data => data.Contains("whsec_", StringComparison.Ordinal) || data.Contains("hook-path", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ftp://example.com/", "", "delivery.*", "INVALID_WEBHOOK_URL")]
    [InlineData("https://user:pass@example.com/", "", "delivery.*", "INVALID_WEBHOOK_URL")]
    [InlineData("/hook", "", "delivery.*", "INVALID_WEBHOOK_URL")]
    [InlineData("https://example.com/#a", "", "delivery.*", "INVALID_WEBHOOK_URL")]
    [InlineData("https://example.com/", "a\nb", "delivery.*", "INVALID_WEBHOOK_DESCRIPTION")]
    [InlineData("https://example.com/", "", "Delivery", "INVALID_EVENT_KINDS")]
    [InlineData("https://example.com/", "", "*", "INVALID_EVENT_KINDS")]
    public async Task An_endpoint_keeps_the_rules(string url, string description, string kind, string code)
    {
        var scope = await TenantAsync("acme");

        Assert.Equal(code, (await Commands.CreateAsync(scope, Owner(scope), new NewWebhook(url, description, [kind]), Ct)).Code);
    }

    [Fact]
    public async Task Another_owners_endpoint_does_not_exist_for_the_caller()
    {
        var mine = await TenantAsync("acme");
        var other = await TenantAsync("globex");
        var id = (await AddAsync(other)).Value!.EndpointId;
        var delivery = (await Commands.TestAsync(other, id, Ct)).Value;

        Assert.Equal("NOT_FOUND", (await Commands.CreateAsync(mine, Owner(other), New(), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.UpdateAsync(mine, id, new WebhookChange(Description: "x"), Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.SetEnabledAsync(mine, id, enabled: false, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.RotateAsync(mine, id, TimeSpan.Zero, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.TestAsync(mine, id, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.ReplayAsync(mine, id, null, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.RetryAsync(mine, delivery, Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Commands.RemoveAsync(mine, id, Ct)).Code);
        Assert.Equal("FORBIDDEN", (await Commands.CreateAsync(mine, PushOwner.Msp(Guid.NewGuid()), New(), Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Commands.RemoveAsync(other with { Permissions = Permissions.ReadOnly }, id, Ct));
    }

    [Fact]
    public async Task Each_change_is_an_event_and_a_link_of_the_audit_chain()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope)).Value!.EndpointId;
        await Commands.UpdateAsync(scope, id, new WebhookChange(Description: "x"), Ct);
        await Commands.RotateAsync(scope, id, TimeSpan.FromHours(1), Ct);
        await Commands.SetEnabledAsync(scope, id, enabled: false, Ct);
        await Commands.SetEnabledAsync(scope, id, enabled: true, Ct);
        await Commands.RemoveAsync(scope, id, Ct);

        await using var db = Storage.Open(scope);
        Assert.Equal(
            ["webhook.create", "webhook.update", "webhook.rotate", "webhook.disable", "webhook.enable", "webhook.remove"],
            await db.Audit.Where(a => a.Action.StartsWith("webhook.")).OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
        Assert.Equal(6, await db.Events.CountAsync(e => e.Kind == EventKinds.WebhookChanged, Ct));
        Assert.Empty(await db.WebhookEndpoints.ToListAsync(Ct));
    }

    [Fact]
    public async Task Events_become_deliveries_once_though_several_processes_follow()
    {
        var scope = await TenantAsync("acme");
        await AddAsync(scope);
        await HappenAsync(scope, 20);
        await using var second = await Storage.OpenAgainAsync(Ct);
        var queues = new[] { Queue, second.Get<IWebhookQueue>() };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => FollowAsync(queues[Storage.Settings.Provider == Platform.Storage.Setup.StorageProvider.Postgres ? i % 2 : 0])));

        await using var db = Storage.Open(scope);
        var sequences = await db.WebhookDeliveries.Where(row => row.Kind == EventKinds.DirectoryChanged).OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync(Ct);
        Assert.Equal(20, sequences.Count);
        Assert.Equal(sequences.Distinct(), sequences);
    }

    [Fact]
    public async Task A_delivery_is_claimed_by_one_and_a_stale_token_writes_nothing()
    {
        var scope = await TenantAsync("acme");
        var id = (await AddAsync(scope)).Value!.EndpointId;
        await HappenAsync(scope, 10);
        await FollowAsync(Queue);

        var claims = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Queue.ClaimAsync(id, 4, TimeSpan.FromSeconds(30), Ct)));

        var leases = claims.SelectMany(claim => claim).ToList();
        Assert.Equal(leases.Count, leases.Select(lease => lease.DeliveryId).Distinct().Count());
        Storage.Time.Advance(TimeSpan.FromSeconds(31));
        var again = (await Queue.ClaimAsync(id, 100, TimeSpan.FromSeconds(30), Ct)).First(lease => lease.DeliveryId == leases[0].DeliveryId);
        Assert.False(await Queue.CompleteAsync(leases[0], Delivered, Ct));
        Assert.True(await Queue.CompleteAsync(again, Delivered, Ct));
        Assert.Equal(leases[0].Attempt + 1, again.Attempt);
    }

    [Fact]
    public async Task What_waits_is_sent_by_the_address_and_keys_of_now()
    {
        var scope = await TenantAsync("acme");
        var made = (await AddAsync(scope)).Value!;
        await HappenAsync(scope, 1);
        await FollowAsync(Queue);
        await Commands.UpdateAsync(scope, made.EndpointId, new WebhookChange(Url: "https://new.example.com/"), Ct);
        var rotated = (await Commands.RotateAsync(scope, made.EndpointId, TimeSpan.FromHours(1), Ct)).Value!;

        var lease = (await Queue.ClaimAsync(made.EndpointId, 1, TimeSpan.FromSeconds(30), Ct))[0];

        Assert.Equal("https://new.example.com/", lease.Url);
        Assert.Equal([rotated.Secret, made.Secret], lease.Keys.Secrets.Select(secret => "whsec_" + Convert.ToBase64String(secret)));
    }

    [Fact]
    public async Task Enough_is_enough()
    {
        var scope = await TenantAsync("acme");
        for (var i = 0; i < 20; i++)
            Assert.Null((await AddAsync(scope)).Code);

        Assert.Equal("WEBHOOK_LIMIT", (await AddAsync(scope)).Code);
    }

    private static WebhookResult Delivered { get; } = new WebhookResult.Delivered(new WebhookAnswer(200, TimeSpan.FromMilliseconds(5), null, ""));

    private static NewWebhook New() => new("https://example.com/hook-path", "", []);

    private static PushOwner Owner(Scope scope) => PushOwner.Tenant(scope.Tenants.Single());

    private static async Task FollowAsync(IWebhookQueue queue)
    {
        while (await queue.BehindAsync(Ct) is { Count: > 0 } behind)
            await queue.FollowAsync(behind[0], 7, Ct);
    }

    private Task<CommandResult<WebhookSecret>> AddAsync(Scope scope) => Commands.CreateAsync(scope, Owner(scope), New(), Ct);

    private async Task HappenAsync(Scope scope, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Null((await Storage.Commands.AddMailboxAsync(scope, scope.Tenants.Single(), $"m{i}@acme.test", null, Ct)).Code);
    }

    private async Task<Scope> TenantAsync(string slug) => Scope.System(await Storage.AddTenantAsync(slug, Ct), "test");
}

public sealed class WebhookCommandsOnSqlite() : WebhookCommandsContract(new SqliteBackend());

public sealed class WebhookCommandsOnPostgres(PostgresServer server) : WebhookCommandsContract(new PostgresBackend(server));
