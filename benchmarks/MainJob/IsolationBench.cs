using Platform.Benchmarks.Isolation;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// Every GraphQL field and REST route of the running product, called with one tenant's token and the other's ids, in both directions.
/// The other's mails carry a word in all places that a sender fills; wherever that word shows, something leaked.
/// </summary>
internal sealed class IsolationBench : IBench
{
    // Thousands of questions are no guest's rate; what is measured is whose answers they are.
    private static readonly Dictionary<string, string?> s_unhurried = new() { ["Http__ClientPerMinute"] = "1000000" };

    public IReadOnlyList<string> Figures => ["isolation"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("isolation");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path) { Environment = s_unhurried }, cancellationToken);
        using var http = new HttpClient(new PatientHandler()) { BaseAddress = product.Http, Timeout = TimeSpan.FromMinutes(2) };
        List<Leak> leaks = [];
        List<string> probed = [];
        List<string> seen = [];
        foreach (var (owner, intruder) in new[] { ("acme", "globex"), ("globex", "acme") })
        {
            var canary = $"heron{context.RandomFor("canary-" + owner).Next():x8}";
            using var ownerClient = new PlatformClient(product.Http, owner + "-api");
            using var intruderClient = new PlatformClient(product.Http, intruder + "-api");
            await SeedAsync(product, ownerClient, owner, canary, cancellationToken);
            var report = await new IsolationProbe(http).RunAsync(
                await intruderClient.FetchTokenAsync(cancellationToken), await ownerClient.FetchTokenAsync(cancellationToken), [canary], cancellationToken);
            if (report.OwnerIds == 0 || report.OwnerCanaries == 0)
                throw new InvalidOperationException($"{owner} itself sees {report.OwnerIds} ids and {report.OwnerCanaries} canaries: a leak could not have been seen");
            leaks.AddRange(report.Leaks);
            var twins = await new TwinProbe(http, context.RandomFor("twins-" + owner)).RunAsync(
                await intruderClient.FetchTokenAsync(cancellationToken), await ThingsAsync(ownerClient, cancellationToken), context.Scaled(1_000, 100), cancellationToken);
            leaks.AddRange(twins.Leaks);
            probed.AddRange(Enumerable.Repeat($"{intruder} -> {owner}: foreign or nowhere", twins.Asked));
            seen.Add($"foreign and unknown ids: {twins.Asked} comparisons, at most {twins.Worst:F1} standard deviations in time");
            probed.AddRange(report.Probed.Select(p => $"{intruder} -> {owner}: {p}"));
            seen.Add($"{owner}: {report.OwnerIds} ids, canary in {report.OwnerCanaries} of its own answers");
            context.Progress.Say($"{intruder} looks for {owner}: {report.Probed.Count} fields and routes, {report.Leaks.Count} leaks");
        }

        foreach (var leak in leaks.Take(10))
            context.Progress.Say($"leak: {leak.Probe}: {leak.Kind}: {leak.Detail}");
        return
        [
            new Figure("isolation", leaks.Count, $"leaks of {probed.Count} fields and routes probed", "0", leaks.Count == 0)
            {
                Detail = string.Join("; ", seen.Concat(leaks.Take(3).Select(l => $"{l.Probe}: {l.Kind}"))),
            },
        ];
    }

    // One id of each kind that mail and directory have.
    private static async Task<IReadOnlyList<string>> ThingsAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var data = await client.QueryAsync("{ messages(first: 1) { nodes { id tenant { id } deliveries { id } history { id } } } mailboxes(first: 1) { nodes { id } } domains(first: 1) { nodes { id } } }", null, cancellationToken);
        var message = data.GetProperty("messages").GetProperty("nodes")[0];
        return
        [
            message.GetProperty("id").GetString()!,
            message.GetProperty("deliveries")[0].GetProperty("id").GetString()!,
            message.GetProperty("history")[0].GetProperty("id").GetString()!,
            message.GetProperty("tenant").GetProperty("id").GetString()!,
            data.GetProperty("mailboxes").GetProperty("nodes")[0].GetProperty("id").GetString()!,
            data.GetProperty("domains").GetProperty("nodes")[0].GetProperty("id").GetString()!,
        ];
    }

    // A delivered and a stopped mail whose addresses, subject, id and file name hold the word.
    private static async Task SeedAsync(RunningProduct product, PlatformClient client, string tenant, string canary, CancellationToken cancellationToken)
    {
        var recipient = $"info@{tenant}.test";
        OutgoingMail[] mails =
        [
            Marked(PeerMail.All.Single(k => k.Name == "plain"), "clean", recipient, canary),
            Marked(PeerMail.All.Single(k => k.Name == "eicar"), "stopped", recipient, canary),
        ];
        var load = await new LoadGenerator(new LoadPlan(product.Smtp, 1)).RunAsync(mails.Length, i => mails[i], cancellationToken);
        if (load.AcceptedCount != mails.Length)
            throw new InvalidOperationException($"the marked mails were not accepted: {load.Summary}");
        await Snapshot.SettledAsync(client, product.Delivered, mails, TimeSpan.FromSeconds(60), cancellationToken);
    }

    private static OutgoingMail Marked(PeerMail kind, string name, string recipient, string canary)
    {
        var id = $"{name}.{canary}@partner.example";
        var text = System.Text.Encoding.Latin1.GetString(kind.Make(id, [recipient]))
            .Replace("Subject: ", $"Subject: {canary} ", StringComparison.Ordinal)
            .Replace("mika@partner.example", $"{canary}@partner.example", StringComparison.Ordinal)
            .Replace("order.com", $"{canary}.com", StringComparison.Ordinal);
        return new OutgoingMail(id, $"{canary}@partner.example", [recipient], System.Text.Encoding.Latin1.GetBytes(text), kind.Hostile);
    }
}
