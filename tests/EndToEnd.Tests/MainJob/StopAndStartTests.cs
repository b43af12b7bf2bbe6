using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests.MainJob;

/// <summary>The product stopped and started by a test of its own.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class StopAndStartTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task SIGTERM_lets_a_mail_on_its_way_in_finish_and_a_restart_keeps_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TempFolder("stop");
        var settings = new ProductSettings(Workspace.Find(), data.Path);
        var mail = PeerMail.All[0].To("stop.half-sent@partner.example", "info@acme.test");
        await using (var first = await RunningProduct.StartAsync(settings, cancellationToken))
        {
            await using var wire = await SmtpWire.ConnectAsync(first.Smtp, cancellationToken);
            await wire.GreetAsync("mail.partner.example", cancellationToken);
            foreach (var command in mail.Envelope(eightBit: false).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
                Assert.True((await wire.CommandAsync(command, cancellationToken)).Positive);
            await wire.WriteAsync(mail.Wire[..50], cancellationToken);

            var stopping = first.StopAsync(StopLimit, cancellationToken);
            await Wait.ForAsync("the listener refuses new sessions", TimeSpan.FromSeconds(20), async () => !await LoadGenerator.ListensAsync(first.Smtp, cancellationToken), cancellationToken);
            await wire.WriteAsync(mail.Wire[50..], cancellationToken);
            Assert.Equal(250, (await wire.ReadReplyAsync(cancellationToken)).Code);

            Assert.Equal(0, (await stopping).ExitCode);
        }

        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(second.Http, "acme-api");
        var snapshot = await Snapshot.SettledAsync(client, second.Delivered, [mail], TimeSpan.FromSeconds(60), cancellationToken);
        Assert.Null(snapshot.WhyNotDelivered(mail));
    }

    [Fact]
    public async Task A_restart_keeps_what_was_quarantined_and_it_can_still_be_released()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TempFolder("restart");
        var settings = new ProductSettings(Workspace.Find(), data.Path);
        var mail = PeerMail.All.Single(k => k.Name == "eicar").To("restart.eicar@partner.example", "info@acme.test", "sales@acme.test");
        await using (var first = await RunningProduct.StartAsync(settings, cancellationToken))
        {
            await using var sender = new SmtpSender(first.Smtp, keep: false);
            Assert.Equal(SendOutcome.Accepted, (await sender.SendAsync(mail, cancellationToken)).Outcome);
            await first.StopAsync(StopLimit, cancellationToken);
        }

        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(second.Http, "acme-api");
        var stopped = await Snapshot.SettledAsync(client, second.Delivered, [mail], TimeSpan.FromSeconds(90), cancellationToken);
        Assert.Null(stopped.WhyNotStopped(mail));
        await client.ReleaseAsync(stopped.Messages[mail.Id].Single().To("info@acme.test")!.Id, cancellationToken);
        var released = await Snapshot.SettledAsync(client, second.Delivered, [mail], TimeSpan.FromSeconds(60), cancellationToken);
        Assert.Null(released.WhyNotInMaildir(mail, "info@acme.test"));
        Assert.Equal("QUARANTINED", Assert.Single(released.StatesFor(mail, "sales@acme.test")));
    }

    [Fact]
    public async Task Kill_minus_9_loses_nothing_that_was_answered()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TempFolder("kill");
        var settings = new ProductSettings(Workspace.Find(), data.Path);
        var mails = new MailFactory("killed", new Random(9));
        IReadOnlyList<OutgoingMail> accepted;
        await using (var first = await RunningProduct.StartAsync(settings, cancellationToken))
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var answered = 0;
            var killed = new TaskCompletionSource();
            var plan = new LoadPlan(first.Smtp, 4)
            {
                Ended = record =>
                {
                    if (record.Outcome == SendOutcome.Accepted && Interlocked.Increment(ref answered) == 100)
                        killed.SetResult();
                },
            };
            var load = new LoadGenerator(plan).RunAsync(int.MaxValue, i => i % 10 == 9 ? mails.Hostile() : mails.Clean(8_000), enough.Token);
            await killed.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            await first.KillAsync(cancellationToken);
            await enough.CancelAsync();
            accepted = [.. (await load).Accepted];
        }

        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(second.Http, "acme-api");
        var snapshot = await Snapshot.SettledAsync(client, second.Delivered, accepted, TimeSpan.FromMinutes(3), cancellationToken);

        Assert.All(accepted, mail => Assert.Null(snapshot.WhyLost(mail)));
        Assert.All(accepted.Where(m => m.Hostile), mail => Assert.Empty(snapshot.Files[mail.Id]));
    }
}
