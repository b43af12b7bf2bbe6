using System.Collections.Concurrent;
using System.Text.Json;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Each mail of a mailbox waits a minute, and each is called back in the last 100 ms of it or while the workers end it, which they do up to
/// half a second late. One of two processes on the same database is frozen and woken again and again meanwhile. In the end each mail is
/// either called back or in its recipient's mailbox, and the answer to the caller said which.
/// </summary>
internal sealed class CancelRaceBench : IBench
{
    private const int Wave = 200;
    private const int Sessions = 4;
    private const string Recipient = "keiri@acme.test";
    private const string SetWait = """mutation { setPolicyValues(input: { values: [{ setting: "send.wait", value: "1" }, { setting: "send.notice", value: "off" }] }) { errors { code message } } }""";
    private const string Sent = "query($after: String) { outgoingMessages(first: 200, after: $after) { nodes { id messageIdHeader deliveries { state dueAt } } pageInfo { endCursor hasNextPage } } }";
    private const string Cancel = "mutation($id: ID!) { cancelSending(input: { messageId: $id }) { errors { code } message { deliveries { state } } } }";
    private const string Left = "{ outgoingMessages(first: 1, states: [RECEIVED, WAITING, QUEUED]) { totalCount } }";

    public IReadOnlyList<string> Figures => ["cancel-race-both", "cancel-race-neither"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Scaled(2_000, 400);
        var random = context.RandomFor("cancel-race");
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        using var data = new TempFolder("cancel-race");
        var settings = new ProductSettings(context.Workspace, data.Sub("platform"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["Storage__Provider"] = "postgres",
                ["Storage__ConnectionString"] = await postgres.CreateDatabaseAsync("race", cancellationToken),
            },
        };
        await using var first = await RunningProduct.StartAsync(settings, cancellationToken);
        await using var second = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(first.Http, "acme-api");
        await client.QueryAsync(SetWait, null, cancellationToken);

        var answers = new ConcurrentDictionary<string, string>();
        using var frozen = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var freezing = FreezeAsync(second, random.Next(), frozen.Token);
        for (var sent = 0; sent < count; sent += Wave)
        {
            context.Progress.Say($"{sent} of {count} mails called back");
            await SubmitAsync(first, sent, Math.Min(Wave, count - sent), cancellationToken);
            var waiting = (await SentAsync(client, cancellationToken)).Where(mail => mail.State == "WAITING" && !answers.ContainsKey(mail.MessageId)).ToList();
            await Task.WhenAll(waiting.Select(mail => CancelAsync(client, mail, Before(random), answers, cancellationToken)));
        }

        await frozen.CancelAsync();
        await freezing;
        await Wait.ForAsync("every mail has left or was called back", TimeSpan.FromMinutes(2), async () => await LeftAsync(client, cancellationToken) == 0, cancellationToken);
        return Judge(context, await SentAsync(client, cancellationToken), answers, first.Delivered, count);
    }

    private static IReadOnlyList<Figure> Judge(BenchContext context, IReadOnlyList<SentMail> mails, ConcurrentDictionary<string, string> answers, string delivered, int count)
    {
        var files = DeliveredMail.Read(delivered, Recipient).ToLookup(mail => mail.MessageId);
        var both = mails.Where(mail => files[mail.MessageId].Any() && (mail.State == "CANCELLED" || answers.GetValueOrDefault(mail.MessageId) == "CANCELLED")).ToList();
        var neither = mails.Where(mail => !files[mail.MessageId].Any() && mail.State != "CANCELLED").ToList();
        var missing = count - mails.Count;
        foreach (var mail in both.Concat(neither).Take(10))
            context.Progress.Say($"{mail.MessageId}: {mail.State}, {files[mail.MessageId].Count()} files, the caller was told {answers.GetValueOrDefault(mail.MessageId, "nothing")}");
        var cancelled = mails.Count(mail => mail.State == "CANCELLED");
        var detail = $"{mails.Count} mails called back around the end of their wait by one of two processes, the other frozen and woken: {cancelled} called back, {mails.Count - cancelled} sent; {files.Count(group => group.Count() > 1)} came twice";
        return
        [
            new Figure("cancel-race-both", both.Count, "mails", "0", both.Count == 0 && cancelled > 0 && mails.Count == count) { Detail = detail },
            new Figure("cancel-race-neither", neither.Count + missing, "mails", "0", neither.Count + missing == 0 && cancelled < mails.Count) { Detail = detail },
        ];
    }

    private static async Task SubmitAsync(RunningProduct product, int from, int count, CancellationToken cancellationToken) => await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async session =>
    {
        await using var submitter = await Submitter.LogInAsync(product.Submission, cancellationToken);
        for (var i = from + session; i < from + count; i += Sessions)
            await submitter.SendAsync($"race-{i}@bench.test", $"Parcel {i}", [Recipient], cancellationToken);
    }));

    private static TimeSpan Before(Random random) => TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(100) : -random.Next(600));

    /// <param name="before">How long before the wait ends; negative: after it should have.</param>
    private static async Task CancelAsync(PlatformClient client, SentMail mail, TimeSpan before, ConcurrentDictionary<string, string> answers, CancellationToken cancellationToken)
    {
        var delay = mail.DueAt - before - TimeProvider.System.GetUtcNow();
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, TimeProvider.System, cancellationToken);
        var answer = (await client.QueryAsync(Cancel, new { id = mail.Id }, cancellationToken)).GetProperty("cancelSending");
        answers[mail.MessageId] = answer.GetProperty("errors").GetArrayLength() == 0 ? "CANCELLED" : answer.GetProperty("errors")[0].GetProperty("code").GetString() ?? "";
    }

    /// <summary>Stops the process in the middle of whatever it does, for as long as a slow garbage collection or a stalled machine would.</summary>
    private static async Task FreezeAsync(RunningProduct product, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(100, 800), cancellationToken);
                product.Freeze();
                await Task.Delay(random.Next(100, 1_500), cancellationToken);
                product.Thaw();
            }
        }
        catch (OperationCanceledException)
        {
            product.Thaw();
        }
    }

    private static async Task<int> LeftAsync(PlatformClient client, CancellationToken cancellationToken) =>
        (await client.QueryAsync(Left, null, cancellationToken)).GetProperty("outgoingMessages").GetProperty("totalCount").GetInt32();

    private static async Task<List<SentMail>> SentAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        List<SentMail> mails = [];
        string? after = null;
        do
        {
            var page = (await client.QueryAsync(Sent, new { after }, cancellationToken)).GetProperty("outgoingMessages");
            mails.AddRange(page.GetProperty("nodes").EnumerateArray().Select(SentMail.Read));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        return mails;
    }

    /// <param name="DueAt">When its wait ends; of one that waits no more, anything.</param>
    private sealed record SentMail(string Id, string MessageId, string State, DateTimeOffset DueAt)
    {
        public static SentMail Read(JsonElement node)
        {
            var delivery = node.GetProperty("deliveries")[0];
            return new SentMail(
                node.GetProperty("id").GetString() ?? "",
                (node.GetProperty("messageIdHeader").GetString() ?? "").Trim('<', '>'),
                delivery.GetProperty("state").GetString() ?? "",
                delivery.GetProperty("dueAt") is { ValueKind: JsonValueKind.String } due ? due.GetDateTimeOffset() : default);
        }
    }
}
