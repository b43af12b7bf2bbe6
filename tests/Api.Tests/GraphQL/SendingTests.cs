using System.Text.Json;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.GraphQL;

/// <summary>Blocks of sending as administrators see and end them.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private string Mailbox => GlobalId.Of(NodeKind.Mailbox, _platform.Seed.Acme.Mailbox);

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_block_is_made_seen_and_ended()
    {
        var made = await BlockAsync();
        var seen = (await BlocksAsync("acme-api"))[0];
        var ended = await UnblockAsync("acme-api");

        Assert.Equal(Mailbox, made.GetProperty("blockSending").GetProperty("mailboxId").GetString());
        Assert.Equal(("why", true, Mailbox), (seen.GetProperty("reason").GetString(), seen.GetProperty("endsSessions").GetBoolean(), seen.GetProperty("mailbox").GetProperty("id").GetString()));
        Assert.Equal(0, ended.GetProperty("unblockSending").GetProperty("errors").GetArrayLength());
        Assert.Equal(0, (await BlocksAsync("acme-api")).GetArrayLength());
    }

    [Fact]
    public async Task Limits_are_shown_with_what_is_used_of_them()
    {
        var limits = (await _platform.DataAsync("acme-api", "query($id: ID!) { sendLimits(mailbox: $id) { place period measure most used } }", new { id = Mailbox })).GetProperty("sendLimits");
        var foreign = (await _platform.DataAsync("globex-api", "query($id: ID!) { sendLimits(mailbox: $id) { most } }", new { id = Mailbox })).GetProperty("sendLimits");

        Assert.Equal(
            ["MAILBOX HOUR NEW 500 0", "MAILBOX DAY OUTSIDE 5000 0"],
            limits.EnumerateArray().Select(limit => $"{limit.GetProperty("place")} {limit.GetProperty("period")} {limit.GetProperty("measure")} {limit.GetProperty("most")} {limit.GetProperty("used")}"));
        Assert.Equal(0, foreign.GetArrayLength());
    }

    [Fact]
    public async Task Another_tenants_mailbox_is_out_of_reach()
    {
        await BlockAsync();
        Assert.Equal("NOT_FOUND", (await UnblockAsync("globex-api")).GetProperty("unblockSending").GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(1, (await BlocksAsync("acme-api")).GetArrayLength());
    }

    [Fact]
    public async Task An_employee_neither_sees_nor_ends_them()
    {
        var owner = $"info.{_platform.Seed.Acme.Canary}@acme.test";
        await _platform.SignInAsync(_platform.Seed.Acme, owner, BuiltInRoles.Employee);

        foreach (var asked in new[] { "{ sendBlocks { nodes { reason } } }", $"mutation {{ unblockSending(input: {{ mailboxId: \"{Mailbox}\" }}) {{ errors {{ code }} }} }}" })
            Assert.Equal("FORBIDDEN", (await _platform.ResultAsync(owner, asked)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private Task<JsonElement> BlockAsync() =>
        _platform.DataAsync("acme-api", "mutation($id: ID!) { blockSending(input: { mailboxId: $id, minutes: 5, reason: \"why\" }) { mailboxId errors { code } } }", new { id = Mailbox });

    private Task<JsonElement> UnblockAsync(string client) =>
        _platform.DataAsync(client, "mutation($id: ID!) { unblockSending(input: { mailboxId: $id }) { errors { code } } }", new { id = Mailbox });

    private async Task<JsonElement> BlocksAsync(string client) =>
        (await _platform.DataAsync(client, "query($id: ID!) { sendBlocks(mailbox: $id) { nodes { reason endsSessions blockedUntil mailbox { id } } } }", new { id = Mailbox })).GetProperty("sendBlocks").GetProperty("nodes");
}
