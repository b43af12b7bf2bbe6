using System.Text.Json;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Mails a second from the first connection until the last is delivered: the same mails to the same mailboxes, submitted with a login over TLS
/// under every ready sending rule and every limit, and coming in from outside, in turn in one product. Rules are so changed that their
/// whole condition is asked of each mail and none holds.
/// </summary>
internal sealed class SubmissionRatioBench : IBench
{
    private const int Connections = 8;
    private const int MailSize = 20 * 1024;
    private const double Least = 0.6;
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public IReadOnlyList<string> Figures => ["submission-ratio"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var (rounds, count) = (context.Scaled(5, 3), context.Scaled(1_000, 300));
        using var data = new TempFolder("submission");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var rules = await GuardAsync(client, cancellationToken);
        var random = context.RandomFor("submission");
        var (from, to) = (new MailFactory("out", random, SmtpLogin.Demo.Mailbox), new MailFactory("in", random));
        List<double> submitted = [];
        List<double> incoming = [];
        for (var round = 0; round <= rounds; round++)
        {
            var sent = await RateAsync(client, new LoadPlan(product.Submission, Connections) { Login = SmtpLogin.Demo }, from, count, cancellationToken);
            var came = await RateAsync(client, new LoadPlan(product.Smtp, Connections), to, count, cancellationToken);
            context.Progress.Say($"{(round == 0 ? "warm-up" : $"round {round}")}: {sent:F0}/s submitted, {came:F0}/s incoming");
            if (round == 0)
                continue;
            submitted.Add(sent);
            incoming.Add(came);
        }

        var ratio = Statistics.Median(submitted) / Statistics.Median(incoming);
        return
        [
            new Figure("submission-ratio", Math.Round(ratio, 3), "submitted over incoming", $"at least {Least}", ratio >= Least)
            {
                Detail = $"medians of {rounds} rounds of {count} mails of {MailSize / 1024} KiB: {Statistics.Median(submitted):F0}/s and {Statistics.Median(incoming):F0}/s; {rules} rules, {Connections} connections",
            },
        ];
    }

    private static async Task<double> RateAsync(PlatformClient client, LoadPlan plan, MailFactory factory, int count, CancellationToken cancellationToken)
    {
        List<OutgoingMail> mails = [.. Enumerable.Range(0, count).Select(_ => factory.Clean(MailSize))];
        var before = await DeliveredAsync(client, cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        var load = await new LoadGenerator(plan).RunAsync(count, i => mails[i], cancellationToken);
        if (load.AcceptedCount != count)
            throw new InvalidOperationException($"not all were taken: {load.Summary}");
        while (await DeliveredAsync(client, cancellationToken) - before < count)
        {
            if (TimeProvider.System.GetElapsedTime(start) > LongestRound)
                throw new InvalidOperationException($"only {await DeliveredAsync(client, cancellationToken) - before} of {count} were delivered");
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        return count / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<int> DeliveredAsync(PlatformClient client, CancellationToken cancellationToken) =>
        (await client.QueryAsync("{ messages(first: 1, filter: { states: [DELIVERED] }) { totalCount } }", null, cancellationToken)).GetProperty("messages").GetProperty("totalCount").GetInt32();

    /// <returns>How many rules are in force.</returns>
    private static async Task<int> GuardAsync(PlatformClient client, CancellationToken cancellationToken)
    {
        var values = from period in (string[])["minute", "hour", "day"]
                     from measure in (string[])["messages", "recipients", "inside", "outside", "new"]
                     select new { setting = $"send.{period}.{measure}", value = "1000000" };
        Taken(await client.QueryAsync("mutation($values: [PolicyValueInput!]!) { setPolicyValues(input: { values: $values }) { errors { code message } } }", new { values }, cancellationToken), "setPolicyValues");
        var templates = (await client.QueryAsync("{ sendRuleTemplates(language: EN) { name condition } }", null, cancellationToken)).GetProperty("sendRuleTemplates").EnumerateArray().ToList();
        foreach (var template in templates)
        {
            // Colleagues are asked about as strangers are; and no mail of this run has that subject.
            var condition = template.GetProperty("condition").GetString()!.Replace("recipient.outside and ", "", StringComparison.Ordinal);
            var made = await client.QueryAsync(
                "mutation($name: String!, $condition: String!) { createSendRule(input: { name: $name, condition: $condition, actions: [{ kind: BLOCK }], enabled: true }) { errors { code message } } }",
                new { name = template.GetProperty("name").GetString(), condition = $"({condition}) and subject == \"no such subject\"" },
                cancellationToken);
            Taken(made, "createSendRule");
        }

        return templates.Count;
    }

    private static void Taken(JsonElement data, string field)
    {
        if (data.GetProperty(field).GetProperty("errors").GetArrayLength() > 0)
            throw new InvalidOperationException($"{field}: {data.GetRawText()}");
    }
}
