using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Benchmarks.Product;

/// <summary>A client of the public API as an integrator writes it: client credentials, GraphQL over HTTP, waiting where it is told to.</summary>
internal sealed class PlatformClient(Uri http, string clientId, string language = "en") : IDisposable
{
    private const string MessageFields =
        "id messageIdHeader subject verdict score reasons { id weight summary evidence } deliveries { id recipient state }";

    private readonly HttpClient client = new() { BaseAddress = http, Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<string, string> readIds = [];
    private string? token;

    /// <returns>The <c>data</c> of the answer.</returns>
    /// <exception cref="PlatformApiException">An HTTP error or GraphQL errors.</exception>
    public async Task<JsonElement> QueryAsync(string query, object? variables, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            token ??= await FetchTokenAsync(cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && attempt == 0)
            {
                token = null;
                continue;
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests && attempt < 20)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                continue;
            }

            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new PlatformApiException($"POST /graphql: {(int)response.StatusCode} {Shortened(body)}");
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.TryGetProperty("errors", out var errors))
                throw new PlatformApiException($"GraphQL errors: {Shortened(errors.GetRawText())}");
            return document.RootElement.GetProperty("data").Clone();
        }
    }

    /// <summary>All messages of the tenant, newest first, page by page.</summary>
    public async IAsyncEnumerable<SeenMessage> MessagesAsync(string? search = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            var data = await QueryAsync(
                $"query($after: String, $search: String) {{ messages(first: 100, after: $after, search: $search) {{ nodes {{ {MessageFields} }} pageInfo {{ endCursor hasNextPage }} }} }}",
                new { after, search },
                cancellationToken);
            var page = data.GetProperty("messages");
            foreach (var node in page.GetProperty("nodes").EnumerateArray())
                yield return SeenMessage.Read(node);
            var info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
    }

    /// <summary>Newest messages, as far as one page reaches.</summary>
    public async Task<IReadOnlyList<SeenMessage>> NewestAsync(int first, CancellationToken cancellationToken)
    {
        var data = await QueryAsync($"query($first: Int) {{ messages(first: $first) {{ nodes {{ {MessageFields} }} }} }}", new { first }, cancellationToken);
        return [.. data.GetProperty("messages").GetProperty("nodes").EnumerateArray().Select(SeenMessage.Read)];
    }

    /// <summary>All messages by Message-ID; several under one id when a mail was accepted more than once.</summary>
    public async Task<ILookup<string, SeenMessage>> ByMessageIdAsync(CancellationToken cancellationToken)
    {
        List<SeenMessage> all = [];
        await foreach (var message in MessagesAsync(cancellationToken: cancellationToken))
            all.Add(message is { MessageId: "", Deliveries: [{ State: "HELD" }, ..] } ? message with { MessageId = await ReadMessageIdAsync(message.Id, cancellationToken) } : message);
        return all.ToLookup(m => m.MessageId);
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await QueryAsync("{ messages(first: 1) { totalCount } }", null, cancellationToken)).GetProperty("messages").GetProperty("totalCount").GetInt32();

    /// <returns>The state after the call.</returns>
    /// <exception cref="PlatformApiException">Errors in the payload.</exception>
    public async Task<string> ReleaseAsync(string deliveryId, CancellationToken cancellationToken)
    {
        var data = await QueryAsync(
            "mutation($input: ReleaseDeliveryInput!) { releaseDelivery(input: $input) { delivery { id state } errors { code message } } }",
            new { input = new { deliveryId, clientMutationId = "release-" + deliveryId } },
            cancellationToken);
        var payload = data.GetProperty("releaseDelivery");
        if (payload.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            throw new PlatformApiException($"releaseDelivery: {errors.GetRawText()}");
        return payload.GetProperty("delivery").GetProperty("state").GetString() ?? "";
    }

    public void Dispose() => client.Dispose();

    // A mail that could not be inspected has no header fields in the API, since nothing could read them; the mail itself has.
    private async Task<string> ReadMessageIdAsync(string id, CancellationToken cancellationToken)
    {
        if (readIds.TryGetValue(id, out var known))
            return known;
        token ??= await FetchTokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/messages/{id}/raw");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new PlatformApiException($"GET /v1/messages/{id}/raw: {(int)response.StatusCode}");
        return readIds[id] = DeliveredMail.FindMessageId(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>An access token by OAuth 2.0 client credentials (RFC 6749, 4.4); the demo clients' secret is their id and <c>-secret</c>.</summary>
    public async Task<string> FetchTokenAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientId + "-secret",
        });
        using var response = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new PlatformApiException($"POST /connect/token: {(int)response.StatusCode} {Shortened(body)}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("access_token").GetString() ?? throw new PlatformApiException("no access_token in the answer");
    }

    private static string Shortened(string text) => text.Length <= 600 ? text : text[..600] + "...";
}

internal sealed class PlatformApiException(string message) : Exception(message);
