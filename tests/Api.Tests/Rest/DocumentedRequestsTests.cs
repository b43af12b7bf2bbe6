using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Edge;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Rest;

/// <summary>The description keeps its word: each operation with its own examples answers as documented, and each wrong turn ends in a documented error.</summary>
public sealed class DocumentedRequestsTests(TestPlatform platform) : IClassFixture<TestPlatform>
{
    [Fact]
    public async Task Every_documented_example_gets_a_documented_success()
    {
        var wrong = new List<string>();
        foreach (var operation in await OperationsAsync())
        {
            foreach (var mediaType in operation.MediaTypes)
            {
                using var response = await SendAsync(operation, mediaType, operation.Has(403) ? "acme-api" : null);
                using var asMsp = (int)response.StatusCode == 403 ? await SendAsync(operation, mediaType, "demo-msp-api") : null;
                var status = (int)(asMsp ?? response).StatusCode;
                if (!operation.Has(status) || (operation.IsSeeded && status >= 400))
                    wrong.Add($"{operation.Name} as {mediaType}: {status} {await (asMsp ?? response).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_operation_and_every_error_has_an_example()
    {
        var lacking = new List<string>();
        foreach (var operation in await OperationsAsync())
        {
            lacking.AddRange(operation.Parameters.Where(parameter => parameter["example"] is null).Select(parameter => $"{operation.Name}: parameter {parameter["name"]}"));
            if (operation.Body is { } body && !body.Any(content => content.Value!["example"] is not null))
                lacking.Add($"{operation.Name}: body");
            foreach (var (status, response) in operation.Responses)
                lacking.AddRange((response!["content"]?.AsObject() ?? [])
                    .Where(content => content.Key.EndsWith("json", StringComparison.Ordinal) && content.Key != "application/x-ndjson" && content.Value!["example"] is null)
                    .Select(content => $"{operation.Name}: {status} {content.Key}"));
        }

        Assert.Equal([], lacking);
    }

    [Fact]
    public async Task Every_post_that_changes_something_takes_an_idempotency_key()
    {
        // A scan changes nothing, and gives the same for the same; what a mail server asks is by its protocol, which has no keys.
        var lacking = (await OperationsAsync()).Where(operation => operation.Method == HttpMethod.Post && operation.Path is not ("/v1/scan" or "/v1/auth-policy"))
            .Where(operation => !operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "Idempotency-Key"))
            .Select(operation => operation.Name);

        Assert.Equal([], lacking);
    }

    [Fact]
    public async Task Wrong_turns_end_in_documented_errors()
    {
        var wrong = new List<string>();
        foreach (var operation in await OperationsAsync())
        {
            if (!operation.Has(401))
                continue;
            await ExpectAsync(operation, 401, await SendAsync(operation, operation.MediaTypes[0], null), wrong);
            if (operation.Path.Contains("{id}", StringComparison.Ordinal))
                await ExpectAsync(operation, 404, await SendAsync(operation, operation.MediaTypes[0], "acme-api", id: "bm90aGluZw"), wrong);
            if (operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "limit"))
                await ExpectAsync(operation, 400, await SendAsync(operation, operation.MediaTypes[0], "acme-api", query: "limit=0"), wrong);
            if (operation.MediaTypes is ["application/json"])
                await ExpectAsync(operation, 415, await SendAsync(operation, "text/plain", "acme-api"), wrong);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task ExpectAsync(Operation operation, int status, HttpResponseMessage response, List<string> wrong)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if ((int)response.StatusCode != status || !operation.Has(status) || JsonNode.Parse(text)?["code"] is null)
                wrong.Add($"{operation.Name}: {(int)response.StatusCode} instead of {status}, documented: {operation.Has(status)}; {text}");
        }
    }

    private async Task<IReadOnlyList<Operation>> OperationsAsync()
    {
        var document = JsonNode.Parse(await platform.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => new Operation(operation.Key, path.Key, operation.Value!.AsObject(), platform.Seed)))
            // What is removed is removed last.
            .OrderBy(operation => operation.Method == HttpMethod.Delete)];
    }

    private async Task<HttpResponseMessage> SendAsync(Operation operation, string mediaType, string? client, string? id = null, string? query = null)
    {
        var content = operation.Content(mediaType);
        return await platform.SendAsync(client, operation.Method, operation.Address(id, query), content);
    }

    private sealed class Operation(string method, string path, JsonObject json, Seed seed)
    {
        public HttpMethod Method { get; } = new(method.ToUpperInvariant());

        public string Path => path;

        public string Name => $"{Method} {path}";

        public IReadOnlyList<JsonNode> Parameters { get; } = [.. (json["parameters"]?.AsArray() ?? []).Select(parameter => parameter!)];

        public JsonObject? Body => json["requestBody"]?["content"]?.AsObject();

        public JsonObject Responses => json["responses"]!.AsObject();

        /// <summary>Those with an example; of an operation without a body, one that is none.</summary>
        public IReadOnlyList<string> MediaTypes => Body is { } body ? [.. body.Where(content => content.Value!["example"] is not null).Select(content => content.Key)] : [""];

        /// <summary>False where the ids of the examples are of a kind that the tests have nothing of: then an error is documented too.</summary>
        public bool IsSeeded { get; private set; } = true;

        public bool Has(int status) => Responses.ContainsKey(status.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public string Address(string? id, string? query)
        {
            var address = path;
            var given = new List<string>();
            foreach (var parameter in Parameters)
            {
                var name = parameter["name"]!.GetValue<string>();
                var example = Real(parameter["example"] is JsonArray many ? many[0]! : parameter["example"]!).ToString();
                if (parameter["in"]!.GetValue<string>() == "path")
                    address = address.Replace("{" + name + "}", Uri.EscapeDataString(id ?? example), StringComparison.Ordinal);
                else if (parameter["in"]!.GetValue<string>() == "query" && name != "after" && query is null)
                    // A cursor comes from an answer and from nowhere else.
                    given.Add($"{name}={Uri.EscapeDataString(example)}");
            }

            var all = query ?? string.Join('&', given);
            return all.Length == 0 ? address : address + "?" + all;
        }

        public StringContent? Content(string mediaType)
        {
            if (Body is not { } body || mediaType.Length == 0)
                return null;
            var example = body[body.ContainsKey(mediaType) ? mediaType : MediaTypes[0]]!["example"]!;
            var text = example is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Real(example).ToJsonString();
            return new StringContent(text, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        /// <summary>The example with the ids of things that are there.</summary>
        private JsonNode Real(JsonNode example) => example switch
        {
            JsonObject value => new JsonObject(value.Select(member => KeyValuePair.Create(member.Key, Named(member.Key) ?? (member.Value is { } inner ? Real(inner) : null)))),
            JsonArray array => new JsonArray([.. array.Select(item => item is null ? null : Real(item))]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String && GlobalId.TryRead(value.GetValue<string>(), out var kind, out _) => Seeded(kind) is { } known ? GlobalId.Of(kind, known) : Unknown(value),
            _ => example.DeepClone(),
        };

        /// <summary>A mail that is there, by what a mail program knows of it.</summary>
        private JsonNode? Named(string member) => member switch
        {
            "messageIdHeader" => $"{seed.Acme.Canary}.1@x.test",
            "recipient" => $"info.{seed.Acme.Canary}@acme.test",
            _ => null,
        };

        private JsonValue Unknown(JsonValue value)
        {
            IsSeeded = false;
            return (JsonValue)value.DeepClone();
        }

        private Guid? Seeded(NodeKind kind) => kind switch
        {
            NodeKind.Tenant => seed.Acme.Id,
            NodeKind.Message => seed.Acme.Messages[0],
            NodeKind.Delivery => seed.Acme.Deliveries[0],
            NodeKind.Mailbox => seed.Acme.Mailbox,
            NodeKind.Domain => seed.Acme.Domain,
            NodeKind.Import => seed.Acme.Import,
            NodeKind.Rule => seed.Acme.Rule,
            NodeKind.DomainClaim => seed.Acme.Claim,
            NodeKind.FlowCheck => seed.Acme.FlowCheck,
            _ => null,
        };
    }
}
