using System.Text.Json;
using Platform.Api.Edge;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Tracking;
using Platform.Storage.Setup;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Scripted people, picture proxies and scanners ask the running product for the pictures of tracked mail, with the header fields, networks and
/// times of their kind. Who is who, is known to the script alone; right is the grade that the kind deserves, and no machine may be a person.
/// </summary>
internal sealed class TrackingBench : IBench
{
    private const double Goal = 0.95;
    private const string Reads = "query($id: ID!) { node(id: $id) { ... on Message { deliveries { id reads { count machines unknown grade } } } } }";
    private static readonly TimeSpan s_graded = TimeSpan.FromMinutes(2);

    public IReadOnlyList<string> Figures => ["tracking", "tracking-scanner-person"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var plan = new ReadPlans(context.RandomFor("tracking"), context.Scaled(3_000, 600), context.Scaled(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(40)));
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        using var data = new TempFolder("tracking");
        var networks = Path.Combine(data.Sub("networks"), "networks.mmdb");
        await File.WriteAllBytesAsync(networks, plan.Networks.ToFile(), cancellationToken);
        var database = await postgres.CreateDatabaseAsync("tracking", cancellationToken);
        await using var product = await RunningProduct.StartAsync(
            new ProductSettings(context.Workspace, data.Sub("platform"))
            {
                Environment = new Dictionary<string, string?> { ["Storage__Provider"] = "postgres", ["Storage__ConnectionString"] = database, ["Scanner__NetworkData__0"] = networks },
            },
            cancellationToken);
        await using var mails = new TrackedMails(new StorageSettings { DataDirectory = product.DataDirectory, Provider = StorageProvider.Postgres, ConnectionString = database });
        var start = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5);
        var (sent, tokens) = await mails.SendAsync(plan.Copies, start, cancellationToken);

        context.Progress.Say($"{plan.Opens.Count} requests for the pictures of {plan.Copies.Count} copies");
        await PlayAsync(product, plan.Opens, tokens, start, cancellationToken);
        // What was answered is written within a second; then each open waits for what happens around it.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        await Wait.ForAsync("every open is graded", s_graded, async () => await mails.LeftAsync(cancellationToken) == 0, cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        return Judge(context, plan.Copies, await ReadAsync(client, sent, cancellationToken));
    }

    private static IReadOnlyList<Figure> Judge(BenchContext context, List<PlannedCopy> copies, Dictionary<int, string> graded)
    {
        var right = copies.Count(copy => copy.Truth.Right.Contains(graded.GetValueOrDefault(copy.Number)));
        var wrong = copies.Where(copy => !copy.Truth.Right.Contains(graded.GetValueOrDefault(copy.Number))).ToList();
        var people = copies.Count(copy => copy.Truth.IsMachine && graded.GetValueOrDefault(copy.Number) == "PERSON");
        foreach (var group in wrong.GroupBy(copy => (copy.Truth.Name, Grade: graded.GetValueOrDefault(copy.Number, "none"))).OrderByDescending(group => group.Count()).Take(10))
            context.Progress.Say($"{group.Count()} of '{group.Key.Name}' were graded {group.Key.Grade}");
        var machines = copies.Count(copy => copy.Truth.IsMachine);
        var detail = $"{copies.Count} copies, {machines} of them opened by machines alone; not graded: {copies.Count(copy => !graded.ContainsKey(copy.Number))}";
        return
        [
            new Figure("tracking", Math.Round((double)right / copies.Count, 4), "of copies", $"at least {Goal}", right >= Goal * copies.Count) { Detail = detail },
            new Figure("tracking-scanner-person", people, "copies", "0", people == 0 && graded.Count > 0) { Detail = detail },
        ];
    }

    private static async Task PlayAsync(RunningProduct product, IReadOnlyList<PlannedOpen> opens, IReadOnlyList<string> tokens, DateTimeOffset start, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = product.Http };
        var running = new List<Task>();
        foreach (var open in opens.OrderBy(open => open.At))
        {
            var wait = start + open.At - TimeProvider.System.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            running.Add(AskAsync(http, open, tokens[open.Copy], cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private static async Task AskAsync(HttpClient http, PlannedOpen open, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(open.Method, new Uri($"/t/{token}.gif", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", open.From.ToString());
        foreach (var (name, value) in open.Fields)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <returns>The grade of each copy that was opened.</returns>
    private static async Task<Dictionary<int, string>> ReadAsync(PlatformClient client, IReadOnlyList<SentMail> mails, CancellationToken cancellationToken)
    {
        var graded = new Dictionary<int, string>();
        foreach (var mail in mails)
        {
            var answer = await client.QueryAsync(Reads, new { id = GlobalId.Of(NodeKind.Message, mail.MessageId) }, cancellationToken);
            var numbers = mail.Copies.ToDictionary(copy => GlobalId.Of(NodeKind.Delivery, copy.DeliveryId), copy => copy.Copy.Number);
            foreach (var delivery in answer.GetProperty("node").GetProperty("deliveries").EnumerateArray())
            {
                if (delivery.GetProperty("reads") is { ValueKind: JsonValueKind.Object } reads && reads.GetProperty("grade") is { ValueKind: JsonValueKind.String } grade)
                    graded[numbers[delivery.GetProperty("id").GetString()!]] = grade.GetString()!;
            }
        }

        return graded;
    }
}
