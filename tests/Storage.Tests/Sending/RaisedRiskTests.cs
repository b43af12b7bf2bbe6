using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Events;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

/// <summary>A stolen account raises the risk of what it sent to colleagues (OUT13).</summary>
public abstract class RaisedRiskContract(IStorageBackend backend) : SendingContract(backend)
{
    [Fact]
    public async Task What_reached_colleagues_is_marked_and_told()
    {
        var sender = await SenderAsync("acme");
        var inside = await ToColleagueAsync(sender);
        await DeliveredAsync(sender, "a@outside.example");
        await ExceededAsync(sender);

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal([(inside, "sender-stolen")], (await db.Messages.Where(row => row.Risk != null).ToListAsync(Ct)).Select(row => (row.Id, row.Risk!)));
        var told = await db.Events.SingleAsync(row => row.Kind == EventKinds.RiskRaised, Ct);
        Assert.Equal((inside, "sender-stolen"), (told.MessageId!.Value, JsonDocument.Parse(told.Data).RootElement.GetProperty("reason").GetString()));
        Assert.Contains("\"raised\":1", (await db.Events.SingleAsync(row => row.Kind == EventKinds.SendingBlocked, Ct)).Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, null, 1)]
    [InlineData(25, null, 0)]
    [InlineData(25, "48", 1)]
    [InlineData(1, "0", 0)]
    public async Task The_policy_says_how_far_back(int hours, string? policy, int expected)
    {
        var sender = await SenderAsync("acme");
        if (policy is not null)
            Assert.Null((await Storage.Get<IPolicyCommands>().SetAsync(Scope.System(sender.Tenant, "test"), PolicyTarget.Tenant(sender.Tenant), [new PolicyChange(MisdirectionSettings.RiskHours.Key, policy)], Ct)).Code);
        await ToColleagueAsync(sender);
        Storage.Time.Advance(TimeSpan.FromHours(hours));
        await ExceededAsync(sender);

        await using var db = Storage.Open(Scope.System(sender.Tenant, "test"));
        Assert.Equal(expected, await db.Events.CountAsync(row => row.Kind == EventKinds.RiskRaised, Ct));
    }

    [Fact]
    public async Task A_mail_is_marked_once()
    {
        var sender = await SenderAsync("acme");
        await ToColleagueAsync(sender);
        var scope = Scope.System(sender.Tenant, "test");
        await Blocks.BlockAsync(scope, sender.Mailbox, 5, "seen at a phishing page", SendBlockEnds.Nothing, Ct);
        await Blocks.BlockAsync(scope, sender.Mailbox, 60, "still", SendBlockEnds.Nothing, Ct);

        await using var db = Storage.Open(scope);
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == EventKinds.RiskRaised, Ct));
    }

    private async Task<Guid> ToColleagueAsync((Guid Tenant, Guid Mailbox) sender)
    {
        var colleague = (await Storage.Commands.AddMailboxAsync(Scope.System(sender.Tenant, "test"), sender.Tenant, "keiri@acme.test", "Accounts", Ct)).Value;
        var message = Submitted(sender, "keiri@acme.test");
        await AcceptAsync(message with { Deliveries = [message.Deliveries[0] with { MailboxId = colleague }] });
        await InspectedAsync();
        await RelayedAsync();
        return message.Id;
    }

    private Task<DateTimeOffset> ExceededAsync((Guid Tenant, Guid Mailbox) sender) => Blocks.ExceededAsync(sender.Tenant, sender.Mailbox, "hour.messages", TimeSpan.FromHours(1), SendBlockEnds.Nothing, Ct);
}

public sealed class SqliteRaisedRiskTests() : RaisedRiskContract(new SqliteBackend());

public sealed class PostgresRaisedRiskTests(PostgresServer server) : RaisedRiskContract(new PostgresBackend(server));
