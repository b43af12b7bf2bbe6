using System.Globalization;
using System.Text;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// SQL statements behind one page of messages with everything that hangs on them, for 10 and for 100 messages, on both databases, by the product's
/// own counter at /metrics. Mails come from many senders, some of them colleagues, to several mailboxes; a rule and a list entry take part in their verdicts.
/// </summary>
internal sealed class SqlPerPageBench : IBench
{
    private const int Mails = 130;
    private const int Tries = 4;
    private const string Page =
        """
        query($first: Int) { messages(first: $first) { totalCount nodes {
          id subject verdict origin { country } tenant { slug domains { name } }
          sender { address mailbox { id displayName } }
          reasons { id weight summary evidence listEntry { id value } }
          history { id kind delivery { id state } }
          deliveries { id state mailbox { id address tenant { slug } } decision { rule { name rule { id condition } } } message { id } }
        } } }
        """;

    private static readonly string[] Recipients = ["info", "sales", "keiri"];

    public IReadOnlyList<string> Figures => ["sql-per-page"];

    /// <summary>Statements are counted, not timed.</summary>
    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        var counts = new List<PageCount>
        {
            await CountAsync(context, "sqlite", new Dictionary<string, string?>(), cancellationToken),
            await CountAsync(context, "postgres", new Dictionary<string, string?> { ["Storage__Provider"] = "postgres", ["Storage__ConnectionString"] = await postgres.CreateDatabaseAsync("pages", cancellationToken) }, cancellationToken),
        };
        var equal = counts.TrueForAll(count => count.Ten == count.Hundred);
        return
        [
            new Figure("sql-per-page", equal, "10 and 100 messages cost equally many statements", "true", equal)
            {
                Detail = string.Join("; ", counts.Select(count => $"{count.Provider}: {count.Ten} and {count.Hundred}")),
            },
        ];
    }

    private static async Task<PageCount> CountAsync(BenchContext context, string provider, Dictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("sql-per-page");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path) { Environment = environment }, cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        await SeedAsync(product, client, context.RandomFor("sql-per-page"), cancellationToken);
        // The first run of a query fills memories that later ones use.
        await AskAsync(client, 100, cancellationToken);
        using var metrics = new ProductMetrics(product.Http);
        var ten = await LeastAsync(metrics, client, 10, cancellationToken);
        var hundred = await LeastAsync(metrics, client, 100, cancellationToken);
        context.Progress.Say($"{provider}: {ten} statements for 10 messages, {hundred} for 100");
        return new PageCount(provider, ten, hundred);
    }

    // Now and then a request also looks whether a memory is still true; the least of some tries is the page's own.
    private static async Task<long> LeastAsync(ProductMetrics metrics, PlatformClient client, int first, CancellationToken cancellationToken)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var before = await metrics.SettledAsync("db_client_statements_total", "caller=\"request\"", cancellationToken);
            await AskAsync(client, first, cancellationToken);
            least = Math.Min(least, await metrics.SettledAsync("db_client_statements_total", "caller=\"request\"", cancellationToken) - before);
        }

        return least > 0 ? least : throw new InvalidOperationException("the product counted no statement for a page: nothing was measured");
    }

    /// <exception cref="InvalidOperationException">The page lacks what is to be counted.</exception>
    private static async Task AskAsync(PlatformClient client, int first, CancellationToken cancellationToken)
    {
        var nodes = (await client.QueryAsync(Page, new { first }, cancellationToken)).GetProperty("messages").GetProperty("nodes");
        var text = nodes.GetRawText();
        if (nodes.GetArrayLength() != first)
            throw new InvalidOperationException($"{nodes.GetArrayLength()} of {first} messages on the page");
        string[] needed = ["\"listEntry\":{", "\"rule\":{\"id\"", "\"sender\":{\"address\":\"sales@acme.test\",\"mailbox\":{", "\",\"mailbox\":{\"id\"", "\"delivery\":{"];
        if (needed.FirstOrDefault(part => !text.Contains(part, StringComparison.Ordinal)) is { } missing)
            throw new InvalidOperationException($"no {missing} on a page of {first}: it would prove nothing");
    }

    private static async Task SeedAsync(RunningProduct product, PlatformClient client, Random random, CancellationToken cancellationToken)
    {
        await client.QueryAsync("mutation($input: AddListEntryInput!) { addListEntry(input: $input) { errors { code message } } }", new { input = new { list = "BLOCK", value = "blocked.example" } }, cancellationToken);
        await client.QueryAsync(
            "mutation($input: CreateRuleInput!) { createRule(input: $input) { errors { code message } } }",
            new { input = new { name = "Marked", condition = "subject contains \"marked\"", action = "TAG", enabled = true } },
            cancellationToken);
        var mails = Enumerable.Range(0, Mails).Select(i => Mail(i, random)).ToList();
        var load = await new LoadGenerator(new LoadPlan(product.Smtp, 2)).RunAsync(mails.Count, i => mails[i], cancellationToken);
        if (load.AcceptedCount != mails.Count)
            throw new InvalidOperationException($"the mails were not accepted: {load.Summary}");
        await Snapshot.SettledAsync(client, product.Delivered, mails, TimeSpan.FromSeconds(60), cancellationToken);
    }

    private static OutgoingMail Mail(int number, Random random)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"page-{number}@partner.example");
        var author = (number % 4) switch
        {
            0 => "sales@acme.test",
            1 => string.Create(CultureInfo.InvariantCulture, $"writer{number}@blocked.example"),
            _ => string.Create(CultureInfo.InvariantCulture, $"writer{random.Next(1000)}@partner.example"),
        };
        var recipients = Recipients.Take(1 + (number % Recipients.Length)).Select(local => local + "@acme.test").ToList();
        var text = Encoding.ASCII.GetString(CleanMails.Plain(id, string.Join(", ", recipients)))
            .Replace("mika@partner.example", author, StringComparison.Ordinal)
            .Replace("Subject: ", "Subject: marked ", StringComparison.Ordinal);
        return new OutgoingMail(id, author, recipients, Encoding.ASCII.GetBytes(text), Hostile: false);
    }

    private sealed record PageCount(string Provider, long Ten, long Hundred);
}
