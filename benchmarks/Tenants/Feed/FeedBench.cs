using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Feed;

/// <summary>
/// The feeds of a tenant and of its MSP while twenty senders write through two processes of the product on one PostgreSQL: the shipped
/// Python puller takes each, killed at random and started again with what it kept. In the end what it has is compared with what was told.
/// Then the whole feed is pulled as fast as it comes, every event verified.
/// </summary>
internal sealed class FeedBench : IBench
{
    private const int SendersEach = 10;
    private const int RecipientsOfEachTenant = 10;

    /// <summary>Received, queued, delivered.</summary>
    private const int EventsOfEachDelivery = 3;

    private const int LeastKills = 5;
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> Figures => ["feed", "feed-rate"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var events = context.Scaled(200_000, 20_000);
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        using var data = new TempFolder("feed");
        var settings = new ProductSettings(context.Workspace, data.Sub("platform"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["Storage__Provider"] = "postgres",
                ["Storage__ConnectionString"] = await postgres.CreateDatabaseAsync("feed", cancellationToken),
            },
        };
        await using var first = await RunningProduct.StartAsync(settings, cancellationToken);
        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        using var msp = new PlatformClient(second.Http, "demo-msp-api");

        FeedPuller[] pullers = [new(context.Workspace, second.Http, "acme-siem", data.Sub("acme")), new(context.Workspace, first.Http, "demo-msp-api", data.Sub("msp"))];
        using var written = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pulling = pullers.Select((puller, i) => puller.RunKilledAsync(context.RandomFor($"feed-kill-{i}"), written.Token)).ToList();
        var took = await WriteAsync(context, [first, second], events, msp, cancellationToken);
        await written.CancelAsync();
        await Task.WhenAll(pulling);

        List<FeedVerdict> verdicts = [];
        foreach (var puller in pullers)
        {
            await puller.RunToTheEndAsync(cancellationToken);
            using var client = new PlatformClient(second.Http, puller.ClientId);
            verdicts.Add(await FeedVerdict.OfAsync(puller.Output, await FeedCounts.TotalAsync(client, cancellationToken), cancellationToken));
        }

        var feed = Judge(verdicts, pullers, events, took);
        context.Progress.Say($"{feed.Value} faults: {feed.Detail}");
        await first.StopAsync(TimeSpan.FromMinutes(1), cancellationToken);
        return [feed, await new FeedRates(second.Http, context).MeasureAsync(cancellationToken)];
    }

    // Each mail goes to mailboxes of both tenants, so that each acceptance writes to two feeds and their MSP's at once.
    private static async Task<TimeSpan> WriteAsync(BenchContext context, RunningProduct[] products, int events, PlatformClient msp, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var recipients = await RecipientsAsync(msp, cancellationToken);
        var random = context.RandomFor("feed-mails");
        var factory = new MailFactory("feed", random);
        var each = (int)Math.Ceiling((double)events / (recipients.Count * EventsOfEachDelivery * products.Length));
        context.Progress.Say($"{each * products.Length} mails to {recipients.Count} mailboxes each, by {SendersEach * products.Length} senders into {products.Length} processes");
        var loads = products.Select(product => new LoadGenerator(new LoadPlan(product.Smtp, SendersEach)).RunAsync(each, _ => factory.Clean(1_000, recipients), cancellationToken));
        var sent = await Task.WhenAll(loads);
        if (sent.Sum(load => load.AcceptedCount) < each * products.Length)
            throw new InvalidOperationException($"not all mails were accepted: {string.Join("; ", sent.Select(load => load.Summary))}");
        await Wait.ForAsync("every delivery is delivered", Settling, () => FeedCounts.AreSettledAsync(msp, events, cancellationToken), cancellationToken);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private static async Task<IReadOnlyList<string>> RecipientsAsync(PlatformClient msp, CancellationToken cancellationToken)
    {
        var data = await msp.QueryAsync("{ tenants(first: 10) { nodes { mailboxes(first: 50) { nodes { address } } } } }", null, cancellationToken);
        return
        [
            .. data.GetProperty("tenants").GetProperty("nodes").EnumerateArray().SelectMany(tenant =>
                tenant.GetProperty("mailboxes").GetProperty("nodes").EnumerateArray().Take(RecipientsOfEachTenant).Select(mailbox => mailbox.GetProperty("address").GetString()!)),
        ];
    }

    private static Figure Judge(IReadOnlyList<FeedVerdict> verdicts, FeedPuller[] pullers, int events, TimeSpan took)
    {
        var faults = verdicts.Sum(verdict => verdict.Faults);
        var enough = verdicts[^1].Told >= events && pullers.All(puller => puller.Kills >= LeastKills);
        var details = verdicts.Zip(pullers, (verdict, puller) => $"{puller.ClientId}: {verdict.Summary}, {puller.Kills} kills");
        return new Figure("feed", JsonValue.Create(faults), "gaps, doubles, out of order of both feeds", "0", faults == 0 && enough)
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", details)}; written in {took.TotalSeconds:F0} s"),
        };
    }
}
