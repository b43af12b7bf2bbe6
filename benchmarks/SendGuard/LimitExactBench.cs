using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// 50 connections of one account send as fast as they can under a limit of 100 messages an hour: in one process, over a kill -9 and a restart of it, and into two
/// processes of one cluster of which one is killed. What the platform then holds is compared with the limit, and with what was answered 250.
/// </summary>
internal sealed class LimitExactBench : IBench
{
    private const int Limit = 100;
    private const int Connections = 50;
    private const string Sender = "info@acme.test";

    /// <summary>For how long every connection is refused before a run counts as over; a cluster needs a while to see that a process died.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    public IReadOnlyList<string> Figures => ["limit-exact", "limit-exact-kill", "limit-exact-silos"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        return
        [
            await OneAsync(context, cancellationToken),
            await KilledAsync(context, cancellationToken),
            await SilosAsync(context, postgres, cancellationToken),
        ];
    }

    private static async Task<Figure> OneAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("limit");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        await LimitAsync(product, cancellationToken);
        var run = new SendRun(Sender, context.RandomFor("limit"));
        await run.UntilQuietAsync([product], Connections, Quiet, LongestRun, cancellationToken);
        return await JudgeAsync("limit-exact", product, run, "one process", cancellationToken);
    }

    private static async Task<Figure> KilledAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("limit-kill");
        var settings = new ProductSettings(context.Workspace, data.Path);
        var random = context.RandomFor("limit-kill");
        var run = new SendRun(Sender, random);
        var kills = 0;
        for (; kills < 2; kills++)
        {
            await using var product = await RunningProduct.StartAsync(settings, cancellationToken);
            await LimitAsync(product, cancellationToken);
            var kill = run.Accepted.Count + random.Next(5, 25);
            await run.UntilAsync([product], Connections, () => run.Accepted.Count >= kill || run.IsQuiet(Quiet), LongestRun, () => product.KillAsync(cancellationToken), cancellationToken);
        }

        await using var last = await RunningProduct.StartAsync(settings, cancellationToken);
        await run.UntilQuietAsync([last], Connections, Quiet, LongestRun, cancellationToken);
        return await JudgeAsync("limit-exact-kill", last, run, $"{kills} times kill -9 and restart", cancellationToken);
    }

    private static async Task<Figure> SilosAsync(BenchContext context, PostgresServer postgres, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("limit-silos");
        var settings = new ProductSettings(context.Workspace, data.Path)
        {
            Environment = new Dictionary<string, string?>
            {
                ["Storage__Provider"] = "postgres",
                ["Storage__ConnectionString"] = await postgres.CreateDatabaseAsync("limits", cancellationToken),
                ["Cluster__Address"] = "127.0.0.1",
            },
        };
        await using var first = await RunningProduct.StartAsync(settings, cancellationToken);
        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        await LimitAsync(first, cancellationToken);
        var random = context.RandomFor("limit-silos");
        var run = new SendRun(Sender, random);
        var kill = random.Next(10, 60);
        var victim = random.Next(2) == 0 ? first : second;
        var survivor = victim == first ? second : first;
        await run.UntilAsync([first, second], Connections, () => run.Accepted.Count >= kill || run.IsQuiet(Quiet), LongestRun, () => victim.KillAsync(cancellationToken), cancellationToken);
        await run.UntilQuietAsync([survivor], Connections, Quiet, LongestRun, cancellationToken);
        return await JudgeAsync("limit-exact-silos", survivor, run, $"two processes, one of them killed after {kill}", cancellationToken);
    }

    private static async Task LimitAsync(RunningProduct product, CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(product.Http, "acme-api");
        var set = await client.QueryAsync(
            """
            mutation($limit: String!) { setPolicyValues(input: { values: [{ setting: "send.hour.messages", value: $limit }, { setting: "send.hour.new", value: "none" }] }) { errors { code message } } }
            """,
            new { limit = $"{Limit}" },
            cancellationToken);
        if (set.GetProperty("setPolicyValues").GetProperty("errors").GetArrayLength() > 0)
            throw new ProductFailedException("the limit was not taken: " + set.GetRawText(), "");
    }

    private static async Task<Figure> JudgeAsync(string id, RunningProduct product, SendRun run, string how, CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(product.Http, "acme-api");
        var submitted = await SubmittedAsync(client, cancellationToken);
        // What a killed process had not inspected yet has no Message-ID before somebody else has.
        await Wait.UntilAsync(LongestRun, async () => (submitted = await SubmittedAsync(client, cancellationToken)).TrueForAll(id => id is not null), cancellationToken);
        var (count, held) = (submitted.Count, submitted.ToHashSet());
        var lost = run.Accepted.Keys.Count(accepted => !held.Contains(accepted));
        var off = Math.Abs(count - Limit) + lost;
        return new Figure(id, off, "messages over or under the limit of 100, or answered 250 and not there", "0", off == 0)
        {
            Detail = $"{how}; {count} accepted, {run.Accepted.Count} answered 250, {run.Tried} tried over {Connections} connections",
        };
    }

    /// <summary>The Message-ID of each message that was submitted; null: not inspected yet.</summary>
    private static async Task<List<string?>> SubmittedAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        List<string?> found = [];
        string? after = null;
        do
        {
            var page = (await client.QueryAsync(
                "query($after: String) { messages(first: 100, after: $after) { nodes { mode messageIdHeader verdict } pageInfo { endCursor hasNextPage } } }", new { after }, cancellationToken)).GetProperty("messages");
            found.AddRange(page.GetProperty("nodes").EnumerateArray()
                .Where(node => node.GetProperty("mode").GetString() == "SUBMISSION")
                .Select(node => node.GetProperty("messageIdHeader").GetString()));
            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        return found;
    }
}
