using System.Text.Json;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Webhooks;

/// <summary>
/// Mails come in, their events go to a receiver that fails and stalls, and the product is killed in the middle. In the end every event of
/// the feed was taken by the receiver or stands on the dead-letter list, and every signature held, by our reading of the
/// specification and by its own library (npm <c>standardwebhooks</c>).
/// </summary>
internal sealed class WebhooksBench : IBench
{
    private const int Connections = 2;
    private const double MailsPerSecond = 20;

    /// <summary>What the library takes must be younger than five minutes, so of a long run it gets the end.</summary>
    private const int VerifiedByLibrary = 300;

    private const string Create = "mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } secret errors { code message } } }";
    private const string Waiting = "{ webhookEndpoints { nodes { waiting } } }";
    private const string Dead = "query($after: String) { webhookDeliveries(first: 200, after: $after, state: DEAD) { nodes { eventId } pageInfo { endCursor hasNextPage } } }";
    private const string Events = "query($after: String) { events(first: 500, after: $after) { nodes { id } pageInfo { hasNextPage } nextCursor } }";

    private static readonly Dictionary<string, string?> Impatient = new()
    {
        ["Push__WebhookBackoffSeconds"] = "0.2 0.5 1 1 2 2 2 2 2",
        ["Push__WebhookTimeoutSeconds"] = "2",
    };

    public IReadOnlyList<string> Figures => ["webhooks", "webhook-signatures"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Scaled(1_500, 150);
        var mails = new MailFactory("webhooks", context.RandomFor("webhooks-mails"));
        await using var receiver = await WebhookReceiver.StartAsync(context.RandomFor("webhooks"), cancellationToken);
        using var data = new TempFolder("webhooks");
        var settings = new ProductSettings(context.Workspace, data.Path) { Environment = Impatient };

        string from;
        await using (var product = await RunningProduct.StartAsync(settings, cancellationToken))
        {
            using var client = new PlatformClient(product.Http, "acme-api");
            from = (await FeedAsync(client, null, cancellationToken)).Cursor;
            await SubscribeAsync(client, receiver, from, cancellationToken);
            var load = new LoadGenerator(new LoadPlan(product.Smtp, Connections, KeepConnections: true, Rate: MailsPerSecond));
            await load.RunAsync(count / 2, _ => mails.Clean(2_000), cancellationToken);
            context.Progress.Say($"killed with {receiver.Taken.Count} events taken");
            await product.KillAsync(cancellationToken);
        }

        await using var again = await RunningProduct.StartAsync(settings, cancellationToken);
        await new LoadGenerator(new LoadPlan(again.Smtp, Connections, KeepConnections: true, Rate: MailsPerSecond)).RunAsync(count - (count / 2), _ => mails.Clean(2_000), cancellationToken);
        using var owner = new PlatformClient(again.Http, "acme-api");
        await Wait.ForAsync("every delivery ended", TimeSpan.FromMinutes(5), async () => await WaitingAsync(owner, cancellationToken) == 0, cancellationToken);
        return await JudgeAsync(context, receiver, owner, from, cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> JudgeAsync(BenchContext context, WebhookReceiver receiver, PlatformClient client, string from, CancellationToken cancellationToken)
    {
        var events = (await FeedAsync(client, from, cancellationToken)).Ids;
        var dead = await DeadAsync(client, cancellationToken);
        var lost = events.Where(id => !receiver.Taken.ContainsKey(id) && !dead.Contains(id)).ToList();
        foreach (var id in lost.Take(10))
            context.Progress.Say($"lost: {id}");
        var library = await VerifyAsync(context, receiver, cancellationToken);
        return
        [
            new Figure("webhooks", lost.Count, "events", "0", lost.Count == 0 && events.Count > 0)
            {
                Detail = $"{events.Count} events, {receiver.Received.Count} requests, {receiver.Taken.Count} events taken, {receiver.Taken.Values.Count(times => times > 1)} of them more than once, {dead.Count} on the dead-letter list; one kill",
            },
            new Figure("webhook-signatures", receiver.BadSignatures + library.Failed + library.Forged, "bad signatures", "0", receiver.BadSignatures + library.Failed + library.Forged == 0 && library.Verified > 0)
            {
                Detail = $"{receiver.Received.Count} checked by the specification, {library.Verified} by npm standardwebhooks, which refused each with a changed body",
            },
        ];
    }

    private static async Task SubscribeAsync(PlatformClient client, WebhookReceiver receiver, string after, CancellationToken cancellationToken)
    {
        var data = await client.QueryAsync(Create, new { input = new { url = receiver.Url, after } }, cancellationToken);
        var made = data.GetProperty("createWebhookEndpoint");
        receiver.Secret = made.GetProperty("secret").GetString() ?? throw new PlatformApiException($"createWebhookEndpoint: {made.GetProperty("errors").GetRawText()}");
    }

    private static async Task<long> WaitingAsync(PlatformClient client, CancellationToken cancellationToken) =>
        (await client.QueryAsync(Waiting, null, cancellationToken)).GetProperty("webhookEndpoints").GetProperty("nodes")[0].GetProperty("waiting").GetInt64();

    private static async Task<(IReadOnlyList<string> Ids, string Cursor)> FeedAsync(PlatformClient client, string? after, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = (await client.QueryAsync(Events, new { after }, cancellationToken)).GetProperty("events");
            ids.AddRange(page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!));
            after = page.GetProperty("nextCursor").GetString()!;
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
                return (ids, after);
        }
    }

    private static async Task<HashSet<string>> DeadAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        string? after = null;
        do
        {
            var page = (await client.QueryAsync(Dead, new { after }, cancellationToken)).GetProperty("webhookDeliveries");
            ids.UnionWith(page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("eventId").GetString() ?? ""));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        return ids;
    }

    private static async Task<(int Verified, int Failed, int Forged)> VerifyAsync(BenchContext context, WebhookReceiver receiver, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        if (!Directory.Exists(Path.Combine(context.Workspace.Peers, "node_modules", "standardwebhooks")))
            throw new MissingPartException("standardwebhooks (npm ci in tests/peers)");
        using var folder = new TempFolder("webhooks-received");
        var file = Path.Combine(folder.Path, "received.jsonl");
        await File.WriteAllLinesAsync(
            file,
            receiver.Received.TakeLast(VerifiedByLibrary).Select(webhook => JsonSerializer.Serialize(new
            {
                secret = receiver.Secret,
                id = webhook.Id,
                timestamp = webhook.Timestamp,
                signature = webhook.Signature,
                body = Convert.ToBase64String(webhook.Body),
            })),
            cancellationToken);
        var (_, output) = await ChildProcess.RunAsync(node, [Path.Combine(context.Workspace.Peers, "verify-webhooks.mjs"), file], cancellationToken);
        if (output.Split('\n').FirstOrDefault(line => line.StartsWith('{')) is not { } answer)
            throw new InvalidOperationException($"nothing was verified: {output}");
        using var counts = JsonDocument.Parse(answer);
        return (Count("verified"), Count("failed"), Count("forged"));

        int Count(string name) => counts.RootElement.GetProperty(name).GetInt32();
    }
}
