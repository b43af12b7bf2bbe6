using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class RepeatedRemovalTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    private const string RemoveMailbox = "mutation($id: ID!, $key: String) { removeMailbox(input: { mailboxId: $id, idempotencyKey: $key }) { errors { code } } }";
    private const string RemoveClient = "mutation($id: ID!, $key: String) { removeApiClient(input: { clientId: $id, idempotencyKey: $key }) { errors { code } } }";

    [Theory]
    [InlineData("acme-api")]
    [InlineData("demo-msp-api")]
    public async Task Removing_a_mailbox_again_under_the_same_key_gets_the_first_answer(string client)
    {
        var mailbox = await MakeMailboxAsync($"gone-{client}@acme.test");
        var key = Guid.NewGuid().ToString();

        Assert.Empty(await RemoveAsync(client, RemoveMailbox, "removeMailbox", mailbox, key));
        Assert.Empty(await RemoveAsync(client, RemoveMailbox, "removeMailbox", mailbox, key));
    }

    [Fact]
    public async Task Removing_a_mailbox_again_without_a_key_finds_none()
    {
        var mailbox = await MakeMailboxAsync("gone-for-good@acme.test");

        Assert.Empty(await RemoveAsync("acme-api", RemoveMailbox, "removeMailbox", mailbox, null));
        Assert.Equal(["NOT_FOUND"], await RemoveAsync("acme-api", RemoveMailbox, "removeMailbox", mailbox, null));
    }

    [Fact]
    public async Task Removing_a_client_again_under_the_same_key_gets_the_first_answer()
    {
        var made = await platform.DataAsync("acme-api", "mutation { createApiClient(input: { displayName: \"x\", permissions: [\"events.read\"] }) { client { id } } }");
        var client = made.GetProperty("createApiClient").GetProperty("client").GetProperty("id").GetString()!;
        var key = Guid.NewGuid().ToString();

        Assert.Empty(await RemoveAsync("acme-api", RemoveClient, "removeApiClient", client, key));
        Assert.Empty(await RemoveAsync("acme-api", RemoveClient, "removeApiClient", client, key));
    }

    private async Task<string> MakeMailboxAsync(string address)
    {
        var made = await platform.DataAsync("acme-api", "mutation($a: String!) { createMailbox(input: { address: $a }) { mailbox { id } errors { code } } }", new { a = address });
        return made.GetProperty("createMailbox").GetProperty("mailbox").GetProperty("id").GetString()!;
    }

    private async Task<string?[]> RemoveAsync(string client, string mutation, string field, string id, string? key)
    {
        JsonElement data = await platform.DataAsync(client, mutation, new { id, key });
        return [.. data.GetProperty(field).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())];
    }
}
