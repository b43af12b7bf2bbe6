using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>The demo tenant that clients are tried with, and what they need of it.</summary>
internal sealed class TestedTenant(RunningProduct product, Workspace workspace, Random random) : IDisposable
{
    /// <summary>Has the app password that the README names.</summary>
    public const string Mailbox = "info@acme.test";
    public const string AppPassword = "demo-app-password";
    public const string Colleague = "sales@acme.test";

    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(60);
    private Dictionary<string, string>? mailboxes;

    public RunningProduct Product => product;

    public Workspace Workspace => workspace;

    public Random Random => random;

    public PlatformClient Api { get; } = new(product.Http, "acme-api");

    /// <summary>An id that no other mail has.</summary>
    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}.{Guid.NewGuid():N}@acme.test");

    public static byte[] Mail(string id, string from, string to, string subject) => Encoding.ASCII.GetBytes(
        $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Sat, 28 Nov 2026 09:00:00 +0900\r\nMessage-ID: <{id}>\r\n\r\nHello, how are you?\r\n");

    /// <returns>Its id as the API has it.</returns>
    public async Task<string> MailboxIdAsync(string address, CancellationToken cancellationToken)
    {
        mailboxes ??= (await Api.QueryAsync("{ mailboxes(first: 200) { nodes { id address } } }", null, cancellationToken)).GetProperty("mailboxes").GetProperty("nodes")
            .EnumerateArray().ToDictionary(node => node.GetProperty("address").GetString()!, node => node.GetProperty("id").GetString()!);
        return mailboxes[address];
    }

    public async Task<string> NewAppPasswordAsync(string address, CancellationToken cancellationToken) => (await RunAsync(
        "createAppPassword", "CreateAppPasswordInput", "password", new { mailboxId = await MailboxIdAsync(address, cancellationToken), name = "Bench" }, cancellationToken)).GetProperty("password").GetString()!;

    /// <summary>Sets whence one mailbox comes in.</summary>
    public async Task<string> AddRuleAsync(string address, string[] services, string[] networks, string[] countries, CancellationToken cancellationToken) => (await RunAsync(
        "addAccessRule", "AddAccessRuleInput", "rule { id }", new { mailboxId = await MailboxIdAsync(address, cancellationToken), services, networks, countries, comment = "Bench" }, cancellationToken))
        .GetProperty("rule").GetProperty("id").GetString()!;

    /// <returns>The payload of a mutation that had no errors.</returns>
    /// <exception cref="PlatformApiException">It had.</exception>
    public async Task<JsonElement> RunAsync(string mutation, string inputType, string fields, object input, CancellationToken cancellationToken)
    {
        var payload = (await Api.QueryAsync($"mutation($input: {inputType}!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message }} }} }}", new { input }, cancellationToken)).GetProperty(mutation);
        return payload.GetProperty("errors").GetArrayLength() == 0 ? payload : throw new PlatformApiException($"{mutation}: {payload.GetProperty("errors").GetRawText()}");
    }

    /// <summary>Where a mail stays: mode, direction, sender and the state of its first delivery; null: it never came.</summary>
    public async Task<string?> SettledAsync(string id, CancellationToken cancellationToken)
    {
        string? seen = null;
        await Wait.UntilAsync(
            SettledWithin,
            async () =>
            {
                var nodes = (await Api.QueryAsync("{ messages(first: 100) { nodes { messageIdHeader mode direction deliveries { state } } } }", null, cancellationToken)).GetProperty("messages").GetProperty("nodes");
                foreach (var node in nodes.EnumerateArray().Where(node => node.GetProperty("messageIdHeader").GetString() == id))
                    seen = $"{node.GetProperty("mode").GetString()} {node.GetProperty("direction").GetString()} {node.GetProperty("deliveries")[0].GetProperty("state").GetString()}";
                return seen is not null && !seen.EndsWith("RECEIVED", StringComparison.Ordinal) && !seen.EndsWith("QUEUED", StringComparison.Ordinal);
            },
            cancellationToken);
        return seen;
    }

    /// <summary>Events of a kind that name a user, the latest last.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string kind, string user, CancellationToken cancellationToken)
    {
        var data = await Api.QueryAsync("query($kinds: [String!]) { events(first: 200, filter: { kinds: $kinds }) { edges { node { data } } } }", new { kinds = new[] { kind } }, cancellationToken);
        return
        [
            .. data.GetProperty("events").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("data"))
                .Select(told => told.ValueKind == JsonValueKind.String ? JsonDocument.Parse(told.GetString()!).RootElement : told)
                .Where(told => told.TryGetProperty("user", out var of) && of.GetString() == user),
        ];
    }

    public void Dispose() => Api.Dispose();
}
