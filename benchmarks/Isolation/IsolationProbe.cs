using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Benchmarks.Isolation;

/// <summary>
/// Calls every field of the GraphQL schema's roots and every REST route with one tenant's token and another tenant's ids.
/// The list of probes comes from introspection and from the OpenAPI document, so that a new field or route cannot be forgotten; the
/// ids come from asking every query as their owner. Whatever answer holds a canary of the owner, or an id of the owner's that the request did not
/// name, is a leak; so is anything that has changed in what the owner sees.
/// </summary>
public sealed class IsolationProbe(HttpClient http)
{
    private const int IdsOfEachType = 2;

    /// <summary>Subscriptions say nothing most of the time, and go on beside everything else that is asked.</summary>
    private const int FollowedAtOnce = 8;

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <summary>Routes that carry no tenant's data and so stand in no description.</summary>
    public static IReadOnlyList<string> PlainRoutes { get; } = [
        "/health/live", "/health/ready", "/metrics", "/openapi/v1.json",
        "/v1/receipt-keys", "/docs/api", "/docs/api/rest", "/docs/api/graphql", "/docs/api/schema.graphql", "/docs/api/explorer.js", "/docs/api/reference.css",
    ];

    /// <summary>What programs of directories ask and change (docs/scim.md), which describes itself.</summary>
    private static IEnumerable<ProbedRoute> ScimRoutes { get; } =
    [
        .. from path in new[] { "/Users", "/Groups", "/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/{id}", "/Schemas", "/Schemas/{id}" } select new ProbedRoute("GET", "/scim/v2" + path, false),
        .. from path in new[] { "/Users", "/Groups" } select new ProbedRoute("POST", "/scim/v2" + path, false),
        .. from path in new[] { "/Users/{id}", "/Groups/{id}" } from method in new[] { "GET", "PUT", "PATCH", "DELETE" } select new ProbedRoute(method, "/scim/v2" + path, false),
    ];

    /// <param name="intruder">Token of the tenant that probes.</param>
    /// <param name="owner">Token of the tenant whose data must not appear, with all permissions.</param>
    /// <param name="canaries">Texts that stand in the owner's data and nowhere else.</param>
    public async Task<IsolationReport> RunAsync(string intruder, string owner, IReadOnlyList<string> canaries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(canaries);
        var schema = ProbedSchema.Read((await AskAsync(owner, ProbedSchema.Introspection, cancellationToken)).Body);
        var before = await OwnedAsync(schema, owner, cancellationToken);
        var ids = before.Ids.GroupBy(id => id.Type).SelectMany(group => group.Select(id => id.Id).Distinct().Take(IdsOfEachType)).ToList();
        var judge = new LeakJudge(canaries, [.. before.Ids.Select(id => id.Id).Distinct()]);

        var probed = new List<string>();
        var leaks = new List<Leak>();
        using var places = new SemaphoreSlim(FollowedAtOnce);
        List<Task<Said>> followed = [];
        foreach (var root in schema.Roots)
        {
            foreach (var field in root.Fields)
            {
                probed.Add($"{root.Keyword} {field.Name}");
                foreach (var document in schema.Documents(root, field, ids))
                {
                    if (root.Keyword == ProbedSchema.Subscription)
                        followed.Add(FollowAsync(intruder, probed[^1], document, places, cancellationToken));
                    else
                        Judge(new Said(probed[^1], document, await AskAsync(intruder, document, cancellationToken)));
                }
            }
        }

        foreach (var route in ProbedRoute.Read(await GetAsync("/openapi/v1.json", cancellationToken)).Concat(PlainRoutes.Select(path => new ProbedRoute("GET", path, false))).Concat(ScimRoutes))
        {
            probed.Add(route.Name);
            foreach (var request in route.Requests(ids))
                judge.Judge(probed[^1], request.Sent, (await SendAsync(intruder, request, cancellationToken)).Taken(), leaks);
        }

        foreach (var said in await Task.WhenAll(followed))
            Judge(said);

        var after = await OwnedAsync(schema, owner, cancellationToken);
        leaks.AddRange(before.Answers.Where(pair => after.Answers[pair.Key] != pair.Value).Select(pair => new Leak(pair.Key, "changed", "What the owner sees has changed.")));
        var control = before.Texts.Count(text => judge.HoldsCanary(text));
        return new IsolationReport(probed, leaks, before.Ids.Count, control);

        void Judge(Said said)
        {
            if (said.Answer.Body.Contains("\"GRAPHQL_", StringComparison.Ordinal))
                throw new InvalidOperationException($"The probe '{said.Probe}' is no document of this schema, so it proves nothing: {said.Answer.Body}");
            judge.Judge(said.Probe, said.Document, said.Answer.Taken(), leaks);
        }
    }

    private async Task<Owned> OwnedAsync(ProbedSchema schema, string owner, CancellationToken cancellationToken)
    {
        var owned = new Owned(schema);
        foreach (var field in schema.Queries)
            owned.Add(field, await AskAsync(owner, schema.Document("query", field, null), cancellationToken));
        return owned;
    }

    private async Task<ProbedAnswer> AskAsync(string token, string document, CancellationToken cancellationToken)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = document }), System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = content };
        return await SendAsync(token, request, cancellationToken);
    }

    private async Task<Said> FollowAsync(string token, string probe, string document, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return new Said(probe, document, await FollowAsync(token, document, cancellationToken));
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>What a subscription gives by server-sent events until it ends, or has been silent for a while.</summary>
    private async Task<ProbedAnswer> FollowAsync(string token, string document, CancellationToken cancellationToken)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { query = document }), System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var said = new MemoryStream();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Silence);
        try
        {
            await stream.CopyToAsync(said, silence.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It would go on for ever.
        }

        return new ProbedAnswer((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}", System.Text.Encoding.UTF8.GetString(said.ToArray()));
    }

    private async Task<string> GetAsync(string path, CancellationToken cancellationToken) => await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    private async Task<ProbedAnswer> SendAsync(string token, ProbedRequest probe, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(probe.Method), new Uri(probe.Path, UriKind.Relative));
        if (probe.Json is not null)
            request.Content = new StringContent(probe.Json, System.Text.Encoding.UTF8, "application/json");
        else if (probe.File is not null)
            request.Content = new ByteArrayContent(probe.File) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return await SendAsync(token, request, cancellationToken);
    }

    private async Task<ProbedAnswer> SendAsync(string token, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancellationToken);
        return new ProbedAnswer((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private sealed record Said(string Probe, string Document, ProbedAnswer Answer);

    /// <summary>What the owner sees: ids by type, and the answers that must be the same afterwards.</summary>
    private sealed class Owned(ProbedSchema schema)
    {
        /// <summary>Move by themselves: the owner's own looks are audited and noted, and connections of its own are tried again and again.</summary>
        private static readonly string[] Moving = ["lastUsedAt", "asOf", "connectedSince", "failures", "lastError", "behind", "lastSuccessAt", "failingSince"];

        private static readonly string[] MovingFields = ["auditLog", "auditVerification", "events", "eventCounts", "viewer"];

        public List<(string Type, string Id)> Ids { get; } = [];

        public List<string> Texts { get; } = [];

        public Dictionary<string, string> Answers { get; } = [];

        /// <exception cref="InvalidOperationException">The owner itself was refused: there is nothing to compare with.</exception>
        public void Add(ProbedField field, ProbedAnswer answer)
        {
            var json = JsonNode.Parse(answer.Body);
            if (json?["errors"] is { } errors)
                throw new InvalidOperationException($"The owner cannot ask '{field.Name}': {errors.ToJsonString()}");
            Walk(json, null);
            Texts.Add(answer.Body);
            if (!MovingFields.Contains(field.Name))
                Answers[field.Name] = json?.ToJsonString() ?? "";
        }

        private void Walk(JsonNode? node, string? type)
        {
            switch (node)
            {
                case JsonArray array:
                    foreach (var item in array)
                        Walk(item, type);
                    break;
                case JsonObject value:
                    foreach (var name in Moving)
                        value.Remove(name);
                    var own = value["__typename"]?.GetValue<string>();
                    if (own is not null && schema.HasId(own) && value["id"]?.GetValue<string>() is { } id)
                        Ids.Add((own, id));
                    foreach (var (_, member) in value)
                        Walk(member, own);
                    break;
                default:
                    break;
            }
        }
    }
}

/// <param name="Probed">Name of every field and route that was called.</param>
/// <param name="OwnerIds">Ids that the owner's own answers held: none means that nothing was tried.</param>
/// <param name="OwnerCanaries">Of the owner's own answers, how many held a canary: none means that a leak would not have been seen.</param>
public sealed record IsolationReport(IReadOnlyList<string> Probed, IReadOnlyList<Leak> Leaks, int OwnerIds, int OwnerCanaries);

/// <param name="Kind"><c>canary</c>, <c>id</c> or <c>changed</c>.</param>
public sealed record Leak(string Probe, string Kind, string Detail);
