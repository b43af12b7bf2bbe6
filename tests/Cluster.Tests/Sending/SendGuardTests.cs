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

/// <summary>What follows when a mailbox sends more than it may.</summary>
public sealed class SendGuardTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_fits_no_window_is_refused_for_good_and_blocks_nobody()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var sender = await Sender.CreateAsync(cluster, ("send.hour.recipients", "2"));

        var refused = await sender.SendAsync("a@example.com", "b@example.com", "c@example.com");

        Assert.Equal((SendClearanceStatus.TooMuch, "hour.recipients", 2), (refused.Status, refused.Limit!.Name, refused.Limit.Most));
        Assert.Equal(SendClearanceStatus.Cleared, (await sender.SendAsync("a@example.com", "b@example.com")).Status);
    }

    [Fact]
    public async Task A_block_that_ended_by_itself_is_not_made_anew_for_what_was_sent_before_it()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var sender = await Sender.CreateAsync(cluster, ("send.hour.messages", "2"), ("send.block.minutes", "10"));
        await sender.SendAsync("a@example.com");
        await sender.SendAsync("a@example.com");
        var over = (await sender.SendAsync("a@example.com")).Status;
        cluster.Time.Advance(TimeSpan.FromMinutes(11));

        var full = (await sender.SendAsync("a@example.com")).Status;
        var block = await sender.Guard.FindBlockAsync(sender.Mailbox, Stop);
        cluster.Time.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal((SendClearanceStatus.Blocked, SendClearanceStatus.MailboxIsFull, null), (over, full, block));
        Assert.Equal(SendClearanceStatus.Cleared, (await sender.SendAsync("a@example.com")).Status);
    }

    [Fact]
    public async Task Who_goes_on_sending_after_a_block_is_blocked_anew()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var sender = await Sender.CreateAsync(cluster, ("send.minute.messages", "2"), ("send.block.minutes", "1"));
        for (var i = 0; i < 3; i++)
            await sender.SendAsync("a@example.com");
        cluster.Time.Advance(TimeSpan.FromMinutes(2));
        await sender.SendAsync("a@example.com");
        await sender.SendAsync("a@example.com");

        Assert.Equal(SendClearanceStatus.Blocked, (await sender.SendAsync("a@example.com")).Status);
    }

    private sealed class Sender(TwoSilos cluster, TenantSettings tenant, Guid mailbox)
    {
        public Guid Mailbox => mailbox;

        public SendGuard Guard { get; } = new(
            cluster.Grains, cluster.Spool.GetRequiredService<IPolicyBook>(), cluster.Spool.GetRequiredService<ISendLedger>(), cluster.Spool.GetRequiredService<ISendBlocks>(), cluster.Time);

        public static async Task<Sender> CreateAsync(TwoSilos cluster, params (string Setting, string Value)[] limits)
        {
            var directory = cluster.Spool.GetRequiredService<IDirectoryCommands>();
            var tenant = (await directory.CreateTenantAsync(new NewTenant("acme", "acme", "en", null, "maildir:out", [], null), "test", Stop)).Value;
            var scope = Scope.System(tenant, "test");
            Assert.Null((await directory.AddDomainAsync(scope, tenant, "acme.test", Stop)).Code);
            var mailbox = await directory.AddMailboxAsync(scope, tenant, "info@acme.test", null, Stop);
            Assert.Null((await cluster.Spool.GetRequiredService<IPolicyCommands>().SetAsync(scope, PolicyTarget.Tenant(tenant), [.. limits.Select(limit => new PolicyChange(limit.Setting, limit.Value))], Stop)).Code);
            return new Sender(cluster, (await cluster.Spool.GetRequiredService<IRecipientDirectory>().FindTenantAsync(tenant, Stop))!, mailbox.Value);
        }

        /// <summary>As the edge does it.</summary>
        public async Task<SendClearance> SendAsync(params string[] recipients)
        {
            var now = cluster.Time.GetUtcNow();
            var message = new NewMessage(
                Guid.CreateVersion7(now),
                tenant.Id,
                IntakeMode.Submission,
                new Envelope("192.0.2.7", null, "client.test", "info@acme.test", recipients),
                new SealedBody(new BodyReference("00/none", new byte[60]), 10, new string('a', 64)),
                "",
                now,
                [.. recipients.Select(recipient => new NewDelivery(Guid.CreateVersion7(now), recipient, null, null, null))],
                SmtpParameters.None)
            {
                SenderMailboxId = mailbox,
            };
            var clearance = await Guard.ReserveAsync(tenant, message, Stop);
            if (clearance.Status == SendClearanceStatus.Cleared)
            {
                var cleared = message with { Permits = clearance.Permits };
                await cluster.Spool.GetRequiredService<IMessageFlow>().AcceptAsync([cleared], Stop);
                await Guard.SettleAsync(cleared, accepted: true);
            }

            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            return clearance;
        }
    }
}
