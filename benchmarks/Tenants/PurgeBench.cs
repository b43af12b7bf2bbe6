using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// Mails with words of their own in every place go in by SMTP, are scanned, found, opened, downloaded and released; then they are
/// purged, and every byte of the data folder, of the database's files and of the product's output is searched for those words. With
/// PostgreSQL the operator's part is done too, as docs/retention.md says: <c>admin compact</c>. Its write-ahead log has turns of its own,
/// so what still lies there is told apart.
/// </summary>
internal sealed class PurgeBench : IBench
{
    private const string Recipient = "info@acme.test";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public IReadOnlyList<string> Figures => ["purge", "purge-postgres"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var sqlite = await MeasureAsync(context, "purge", null, cancellationToken);
        await using var postgres = await PostgresServer.StartAsync(cancellationToken);
        return [sqlite, await MeasureAsync(context, "purge-postgres", postgres, cancellationToken)];
    }

    private static async Task<Figure> MeasureAsync(BenchContext context, string name, PostgresServer? postgres, CancellationToken cancellationToken)
    {
        using var data = new TempFolder(name);
        using var mailboxes = new TempFolder("purge-mailboxes");
        var random = context.RandomFor(name);
        var mails = Enumerable.Range(0, context.Scaled(60, 12)).Select(i => MarkedMail.Make(random, Recipient, hostile: i % 3 == 0)).ToList();
        var raw = new RawSearch(mails.SelectMany(mail => mail.Words));
        var environment = await EnvironmentAsync(mailboxes.Path, postgres, cancellationToken);
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path) { Environment = environment }, cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");

        // What is delivered is the tenant's own: it lies outside of the data folder.
        await client.QueryAsync("mutation($route: String) { updateTenant(input: { route: $route }) { errors { code } } }", new { route = "maildir:" + mailboxes.Path }, cancellationToken);
        var ids = await TakeInAsync(product, client, mails, cancellationToken);
        await UseAsync(product, client, mails, ids, cancellationToken);
        string[] folders = postgres is null ? [data.Path] : [data.Path, postgres.Folder];
        var before = raw.Folders(folders);
        if (before.Bytes == 0)
            throw new InvalidOperationException("nothing of the mails was found before the purge: what is left after it could not be seen");

        var counts = await PurgeAsync(client, ids, cancellationToken);
        var after = raw.Folders([data.Path]);
        await product.StopAsync(TimeSpan.FromSeconds(40), cancellationToken);
        var output = raw.Count(Encoding.UTF8.GetBytes(product.Log));
        if (postgres is not null)
            await AdminAsync(context, data.Path, environment, ["compact"], cancellationToken);
        var stopped = raw.Folders(folders);
        var relations = postgres is null ? "" : await RelationsAsync(environment["Storage__ConnectionString"]!, stopped.Places.Keys, cancellationToken);
        var log = stopped.Places.Where(place => place.Key.Contains("pg_wal", StringComparison.Ordinal)).Sum(place => place.Value);
        var terms = TermsLeft(data.Path);
        var chain = (await AdminAsync(context, data.Path, environment, ["audit", "verify", "--tenant", "acme"], cancellationToken)).Contains("\"holds\":true", StringComparison.Ordinal);
        var left = Math.Max(after.Bytes, stopped.Bytes - log) + output + terms;
        return new Figure(name, left, $"bytes of {ids.Count} purged mails' words in database, index, bodies, logs and output", "0, and the chain still verifies", left == 0 && chain)
        {
            Detail = $"{before.Bytes} bytes before in {string.Join(", ", before.Places.Take(6).Select(Told))}; after in {string.Join(", ", after.Places.Concat(stopped.Places).Select(Told).Distinct().DefaultIfEmpty("none"))}; "
                + $"output {output}; terms of the index {terms}{(postgres is null ? "" : $"; write-ahead log until its next turn {log}{relations}")}; chain verifies: {(chain ? "true" : "false")}; {counts}",
        };
    }

    /// <summary>Names of the tables and indexes whose files still hold something.</summary>
    private static async Task<string> RelationsAsync(string connectionString, IEnumerable<string> places, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var told = new StringBuilder();
        foreach (var node in places.Where(place => place.Contains("/base/", StringComparison.Ordinal)).Select(Path.GetFileName))
        {
            await using var command = new NpgsqlCommand("SELECT pg_filenode_relation(0, @node)::regclass::text", connection);
            command.Parameters.AddWithValue("node", NpgsqlTypes.NpgsqlDbType.Oid, uint.Parse(node!.Split('.', '_')[0], CultureInfo.InvariantCulture));
            told.Append("; ").Append(node).Append(" is ").Append(await command.ExecuteScalarAsync(cancellationToken));
        }

        return told.ToString();
    }

    private static string Told(KeyValuePair<string, long> place) => $"{place.Key}: {place.Value}";

    private static async Task<Dictionary<string, string?>> EnvironmentAsync(string mailboxes, PostgresServer? postgres, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string?> { ["Relay__MaildirRoots"] = mailboxes };
        if (postgres is not null)
        {
            environment["Storage__Provider"] = "postgres";
            environment["Storage__ConnectionString"] = await postgres.CreateDatabaseAsync("purge", cancellationToken);
        }

        return environment;
    }

    private static async Task<IReadOnlyList<string>> TakeInAsync(RunningProduct product, PlatformClient client, List<MarkedMail> mails, CancellationToken cancellationToken)
    {
        var load = await new LoadGenerator(new LoadPlan(product.Smtp, 2)).RunAsync(mails.Count, i => mails[i].Mail, cancellationToken);
        if (load.AcceptedCount != mails.Count)
            throw new InvalidOperationException($"the marked mails were not accepted: {load.Summary}");
        var settled = await Snapshot.SettledAsync(client, product.Delivered, [.. mails.Select(mail => mail.Mail)], Limit, cancellationToken);
        return [.. mails.Select(mail => settled.Messages[mail.Mail.Id].Single().Id)];
    }

    /// <summary>Everything a person does with mail: search, preview, download, release.</summary>
    private static async Task UseAsync(RunningProduct product, PlatformClient client, List<MarkedMail> mails, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await Wait.ForAsync("the newest mail is found by a word of its text", Limit, async () =>
        {
            await foreach (var found in client.MessagesAsync(mails[^1].Words[4], cancellationToken))
                return found.Id == ids[^1];
            return false;
        }, cancellationToken);
        using var http = new HttpClient { BaseAddress = product.Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.FetchTokenAsync(cancellationToken));
        for (var i = 0; i < mails.Count; i += 4)
        {
            await client.QueryAsync(
                "query($id: ID!, $reason: String) { message(id: $id) { preview(reason: $reason) { text } headers(reason: $reason) { value } } }", new { id = ids[i], reason = "looks for " + mails[i].Words[3] }, cancellationToken);
            using var download = await http.GetAsync(new Uri($"/v1/messages/{ids[i]}/raw?format=zip", UriKind.Relative), cancellationToken);
            download.EnsureSuccessStatusCode();
        }

        var stopped = (await client.NewestAsync(100, cancellationToken)).Where(message => ids.Contains(message.Id)).SelectMany(message => message.Deliveries).Where(delivery => delivery.State == "QUARANTINED").ToList();
        foreach (var delivery in stopped.Take(Math.Max(1, stopped.Count / 2)))
            await client.ReleaseAsync(delivery.Id, cancellationToken);
        await Wait.ForAsync("what was released is delivered", Limit, async () =>
        {
            var data = await client.QueryAsync("{ messages(first: 1, filter: { states: [RECEIVED, QUEUED, RELEASED] }) { totalCount } }", null, cancellationToken);
            return data.GetProperty("messages").GetProperty("totalCount").GetInt32() == 0;
        }, cancellationToken);
    }

    private static async Task<string> PurgeAsync(PlatformClient client, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var payload = (await client.QueryAsync(
            "mutation($ids: [ID!]!) { purgeMessages(input: { messageIds: $ids, reason: \"measured\" }) { purge { id } errors { code message } } }", new { ids }, cancellationToken)).GetProperty("purgeMessages");
        if (payload.GetProperty("errors").GetArrayLength() > 0)
            throw new InvalidOperationException($"purgeMessages: {payload.GetProperty("errors").GetRawText()}");
        var id = payload.GetProperty("purge").GetProperty("id").GetString();
        JsonElement purge = default;
        await Wait.ForAsync("the purge is done", Limit, async () =>
        {
            purge = (await client.QueryAsync("query($id: ID!) { node(id: $id) { ... on Purge { state counts receipt } } }", new { id }, cancellationToken)).GetProperty("node");
            return purge.GetProperty("state").GetString() == "done";
        }, cancellationToken);
        return $"receipt of {purge.GetProperty("receipt").GetString()!.Length} characters, counts {purge.GetProperty("counts").GetRawText()}";
    }

    /// <summary>Terms of the index that only the purged words could have left there: an index keeps words in pieces of three characters.</summary>
    private static long TermsLeft(string folder)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "search.db"), Pooling = false }.ToString());
        connection.Open();
        using var make = connection.CreateCommand();
        make.CommandText = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'trigrams', 'instance')";
        make.ExecuteNonQuery();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM temp.terms WHERE doc NOT IN (SELECT id FROM documents)";
        return (long)count.ExecuteScalar()! * 3;
    }

    /// <summary>A verb of the operator, on the data itself.</summary>
    private static async Task<string> AdminAsync(BenchContext context, string folder, Dictionary<string, string?> environment, string[] verb, CancellationToken cancellationToken)
    {
        var (code, output) = await ChildProcess.RunAsync(
            "dotnet",
            [context.Workspace.ApiAssembly, "admin", .. verb, $"--Data:Directory={folder}"],
            cancellationToken,
            new Dictionary<string, string?>(environment) { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_ENVIRONMENT"] = "Development" });
        return code == 0 ? output : throw new InvalidOperationException($"admin {string.Join(' ', verb)} ended with {code}: {output}");
    }
}
