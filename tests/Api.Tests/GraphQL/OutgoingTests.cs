using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.GraphQL;

/// <summary>What people send, as they see it and call it back: by GraphQL and by the links of mails (OUT4).</summary>
public sealed class OutgoingTests : IAsyncLifetime
{
    private const string Sent = "{ outgoingMessages { nodes { id deliveries { state recall stages { kind minutes } } } } }";
    private const string Cancel = "mutation($id: ID!) { cancelSending(input: { messageId: $id }) { message { deliveries { state } } errors { code } } }";
    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SeededTenant Acme => _platform.Seed.Acme;

    private string Owner => $"info.{Acme.Canary}@acme.test";

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_employee_sees_what_the_own_mailbox_sent_and_calls_it_back()
    {
        await WaitAsync();
        await _platform.SignInAsync(Acme, Owner, BuiltInRoles.Employee);
        var mail = (await _platform.DataAsync(Owner, Sent)).GetProperty("outgoingMessages").GetProperty("nodes")[0];
        Assert.Equal("CANCELLABLE", mail.GetProperty("deliveries")[0].GetProperty("recall").GetString());
        var done = (await _platform.DataAsync(Owner, Cancel, new { id = mail.GetProperty("id").GetString() })).GetProperty("cancelSending");
        Assert.Equal(0, done.GetProperty("errors").GetArrayLength());
        Assert.Equal("CANCELLED", done.GetProperty("message").GetProperty("deliveries")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_colleague_sees_and_cancels_nothing_of_it()
    {
        var message = await WaitAsync();
        var sales = $"sales.{Acme.Canary}@acme.test";
        await _platform.SignInAsync(Acme, sales, BuiltInRoles.Employee);
        Assert.Equal(0, (await _platform.DataAsync(sales, Sent)).GetProperty("outgoingMessages").GetProperty("nodes").GetArrayLength());
        Assert.Equal("NOT_FOUND", CodeOf(await _platform.DataAsync(sales, Cancel, new { id = message })));
    }

    [Fact]
    public async Task A_link_asks_first_and_then_calls_back()
    {
        await WaitAsync();
        var link = new ActionLink(LinkPurpose.CancelSending, Acme.Id, Acme.Messages[0], Acme.Mailbox, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds()));
        var path = "/l/" + _platform.Provider.GetRequiredService<IActionLinks>().Sign(link);
        Assert.Contains("<form method=\"post\">", await PageAsync(HttpMethod.Get, path), StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Waiting, await StateAsync());
        await PageAsync(HttpMethod.Post, path);
        Assert.Equal(DeliveryState.Cancelled, await StateAsync());
        Assert.DoesNotContain("<form", await PageAsync(HttpMethod.Get, path), StringComparison.Ordinal);
    }

    private static string? CodeOf(JsonElement data) => data.GetProperty("cancelSending").GetProperty("errors")[0].GetProperty("code").GetString();

    /// <summary>The first message of the seed, as if its mailbox had sent it and it waited.</summary>
    private async Task<string> WaitAsync()
    {
        await using var db = Open();
        var (message, mailbox) = (Acme.Messages[0], Acme.Mailbox);
        await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.SenderMailboxId, mailbox), Stop);
        await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, DeliveryState.Waiting)
                .SetProperty(row => row.SenderMailboxId, mailbox)
                .SetProperty(row => row.MailboxId, (Guid?)null)
                .SetProperty(row => row.PlanJson, SendJson.Write(SendPlan.Of(new SendStage.Wait(600))))
                .SetProperty(row => row.DueAt, DateTimeOffset.UtcNow.AddHours(10)),
            Stop);
        return Acme.GlobalMessage(0);
    }

    private async Task<DeliveryState> StateAsync()
    {
        await using var db = Open();
        return await db.Deliveries.Where(row => row.MessageId == Acme.Messages[0]).Select(row => row.State).FirstAsync(Stop);
    }

    private async Task<string> PageAsync(HttpMethod method, string path)
    {
        using var response = await _platform.SendAsync(null, method, path);
        return await response.Content.ReadAsStringAsync(Stop);
    }

    private PlatformDb Open() => _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(Acme.Id, "test"));
}
