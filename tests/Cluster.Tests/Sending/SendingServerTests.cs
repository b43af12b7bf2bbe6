using Microsoft.Extensions.DependencyInjection;
using Platform.Cluster.Tests.Support;
using Platform.Engine;
using Platform.Grains.Sending;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;

namespace Platform.Cluster.Tests.Sending;

/// <summary>Whose limits mail of a server of the tenant's own keeps, and what follows when it does not.</summary>
public sealed class SendingServerTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_mailbox_whose_address_a_server_gives_is_counted_and_blocked()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var server = await Server.CreateAsync(cluster, ("send.day.outside", "2"));

        Assert.Equal([SendClearanceStatus.Cleared, SendClearanceStatus.Cleared, SendClearanceStatus.Blocked], await server.SendAsync(3, forMailbox: true));
        Assert.NotNull(await cluster.Spool.GetRequiredService<ISendBlocks>().FindAsync(server.Mailbox, Stop));
        Assert.Equal([SendClearanceStatus.Cleared], await server.SendAsync(1, forMailbox: false));
    }

    [Fact]
    public async Task What_a_server_sends_for_no_mailbox_is_counted_as_its_own_and_blocks_nobody()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var server = await Server.CreateAsync(cluster, ("send.day.outside", "2"));

        Assert.Equal([SendClearanceStatus.Cleared, SendClearanceStatus.Cleared, SendClearanceStatus.PlaceIsFull], await server.SendAsync(3, forMailbox: false));
        Assert.Null(await cluster.Spool.GetRequiredService<ISendBlocks>().FindAsync(server.Mailbox, Stop));
        Assert.Equal([SendClearanceStatus.Cleared], await server.SendAsync(1, forMailbox: true));
    }

    [Fact]
    public async Task A_total_of_the_tenant_counts_mail_of_its_servers()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var server = await Server.CreateAsync(cluster, ("send.total.hour.messages", "2"));

        Assert.Equal([SendClearanceStatus.Cleared], await server.SendAsync(1, forMailbox: true));
        Assert.Equal([SendClearanceStatus.Cleared, SendClearanceStatus.PlaceIsFull], await server.SendAsync(2, forMailbox: false));
    }

    private sealed record Server(TwoSilos Cluster, TenantSettings Tenant, Guid Mailbox)
    {
        private readonly Guid _id = Guid.NewGuid();

        public static async Task<Server> CreateAsync(TwoSilos cluster, (string Key, string Value) limit)
        {
            var commands = cluster.Spool.GetRequiredService<IDirectoryCommands>();
            var id = (await commands.CreateTenantAsync(new NewTenant("acme", "acme", "en", null, "maildir:out", [], null), "test", Stop)).Value;
            var scope = Scope.System(id, "test");
            Assert.Null((await commands.AddDomainAsync(scope, id, "acme.test", Stop)).Code);
            var mailbox = await commands.AddMailboxAsync(scope, id, "info@acme.test", null, Stop);
            Assert.Null((await cluster.Spool.GetRequiredService<IPolicyCommands>().SetAsync(scope, PolicyTarget.Tenant(id), [new PolicyChange(limit.Key, limit.Value)], Stop)).Code);
            return new Server(cluster, (await cluster.Spool.GetRequiredService<IRecipientDirectory>().FindTenantAsync(id, Stop))!, mailbox.Value);
        }

        public async Task<SendClearanceStatus[]> SendAsync(int count, bool forMailbox)
        {
            var services = Cluster.Spool;
            var guard = new SendGuard(Cluster.Grains, services.GetRequiredService<IPolicyBook>(), services.GetRequiredService<ISendLedger>(), services.GetRequiredService<ISendBlocks>(), TimeProvider.System);
            List<SendClearanceStatus> met = [];
            for (var i = 0; i < count; i++)
            {
                var message = Message() with { ConnectorId = _id, SenderMailboxId = forMailbox ? Mailbox : null };
                var clearance = await guard.ReserveAsync(Tenant, message, Stop);
                met.Add(clearance.Status);
                if (clearance.Status != SendClearanceStatus.Cleared)
                    continue;
                var cleared = message with { Permits = clearance.Permits };
                await services.GetRequiredService<IMessageFlow>().AcceptAsync([cleared], Stop);
                await guard.SettleAsync(cleared, accepted: true);
            }

            return [.. met];
        }

        private NewMessage Message()
        {
            var now = Cluster.Time.GetUtcNow();
            return new NewMessage(
                Guid.CreateVersion7(now),
                Tenant.Id,
                IntakeMode.Submission,
                new Envelope("192.0.2.7", null, "mail.acme.test", "info@acme.test", ["a@example.com"]),
                new SealedBody(new BodyReference("00/none", new byte[60]), 10, new string('a', 64)),
                "",
                now,
                [new NewDelivery(Guid.CreateVersion7(now), "a@example.com", null, null, null)],
                SmtpParameters.None);
        }
    }
}
