using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Who opened what was sent, as senders and administrators see it.</summary>
public sealed class ReadsTests : IAsyncLifetime
{
    private const string Query = "query($id: ID!) { node(id: $id) { ... on Delivery { reads { count machines unknown beyond grade firstAt place opens { nodes { at target grade reason reasonText(language: JA) country region network device { family system kind } } totalCount } } } } }";

    private readonly TestPlatform _platform = new();

    private string Delivery(int i) => Platform.Api.Edge.GlobalId.Of(Platform.Api.Edge.NodeKind.Delivery, _platform.Seed.Acme.Deliveries[i]);

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Counts_and_opens_are_told()
    {
        var reads = await ReadsAsync("acme-api", 0);

        Assert.Equal((1, "PERSON", "REGION"), (reads.GetProperty("count").GetInt32(), reads.GetProperty("grade").GetString(), reads.GetProperty("place").GetString()));
        var open = Assert.Single(reads.GetProperty("opens").GetProperty("nodes").EnumerateArray());
        Assert.Equal(("PICTURE", "browser", "JP", "PHONE"), (open.GetProperty("target").GetString(), open.GetProperty("reason").GetString(), open.GetProperty("country").GetString(), open.GetProperty("device").GetProperty("kind").GetString()));
        Assert.Contains("ブラウザー", open.GetProperty("reasonText").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_tracked_has_no_reads() => Assert.Equal(JsonValueKind.Null, (await ReadsAsync("acme-api", 1)).ValueKind);

    [Fact]
    public async Task Another_tenant_sees_nothing() =>
        Assert.Equal(JsonValueKind.Null, (await _platform.DataAsync("globex-api", Query, new { id = Delivery(0) })).GetProperty("node").ValueKind);

    [Fact]
    public async Task An_msp_that_is_kept_from_messages_is_kept_from_reads()
    {
        Assert.Equal(JsonValueKind.Object, (await ReadsAsync("demo-msp-api", 0)).ValueKind);
        await _platform.Provider.GetRequiredService<IMspContentAccess>().SetAsync(Scope.System(_platform.Seed.Acme.Id, "test"), _platform.Seed.Acme.Id, false, TestContext.Current.CancellationToken);

        Assert.Equal(JsonValueKind.Null, (await ReadsAsync("demo-msp-api", 0)).ValueKind);
    }

    [Theory]
    [InlineData(true, JsonValueKind.Object)]
    [InlineData(false, JsonValueKind.Null)]
    public async Task An_employee_sees_those_of_what_the_own_mailbox_sent(bool sent, JsonValueKind kind)
    {
        var acme = _platform.Seed.Acme;
        if (sent)
        {
            await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(acme.Id, "test"));
            var stop = TestContext.Current.CancellationToken;
            await db.TrackedDeliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.SenderMailboxId, acme.Mailbox), stop);
            await db.Opens.ExecuteUpdateAsync(set => set.SetProperty(row => row.SenderMailboxId, acme.Mailbox), stop);
        }

        var owner = $"info.{acme.Canary}@acme.test";
        await _platform.SignInAsync(acme, owner, BuiltInRoles.Employee);

        Assert.Equal(kind, (await ReadsAsync(owner, 0)).ValueKind);
    }

    private async Task<JsonElement> ReadsAsync(string client, int delivery) => (await _platform.DataAsync(client, Query, new { id = Delivery(delivery) })).GetProperty("node").GetProperty("reads");
}
