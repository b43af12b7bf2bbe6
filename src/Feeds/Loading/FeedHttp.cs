using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Platform.Engine.Intelligence;

namespace Platform.Feeds.Loading;

/// <summary>
/// HTTP to feeds: every connection, those of redirects too, goes to an address that was looked at first; inside addresses are for
/// the operator to allow (<c>Feeds:Networks</c>). Answers are bounded.
/// </summary>
internal sealed class FeedHttp : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly IReadOnlyList<IPNetwork> _networks;

    public FeedHttp(IReadOnlyList<IPNetwork> networks)
    {
        _networks = networks;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AutomaticDecompression = DecompressionMethods.All,
            MaxAutomaticRedirections = 5,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            UseCookies = false,
            UseProxy = false,
        };
        _client = new HttpClient(handler) { Timeout = s_patience };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("platform-feeds/1");
    }

    /// <exception cref="FeedException">No answer, none that is good, or one too long.</exception>
    public async Task<FeedResponse> GetAsync(Uri uri, FeedRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, uri);
        if (request.Accept is { } accept)
            message.Headers.TryAddWithoutValidation("Accept", accept);
        if (request.Authorization is { } authorization)
            message.Headers.Authorization = authorization;
        if (request.ETag is { Length: > 0 } tag)
            message.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (request.LastModified is { } modified)
            message.Headers.IfModifiedSince = modified;
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotModified)
                return new FeedResponse(null, request.ETag, request.LastModified, null, "");
            if (!response.IsSuccessStatusCode)
                throw new FeedException($"{uri.Host} answered {(int)response.StatusCode}");
            return new FeedResponse(
                await ReadAsync(response, maxBytes, cancellationToken).ConfigureAwait(false),
                response.Headers.ETag?.ToString(),
                response.Content.Headers.LastModified,
                response.Headers.TryGetValues("X-TAXII-Date-Added-Last", out var last) ? last.FirstOrDefault() : null,
                response.Content.Headers.ContentType?.ToString() ?? "");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new FeedException($"{uri.Host}: {Innermost(exception)}", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, long maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > maxBytes)
                throw new FeedException($"an answer of more than {maxBytes} bytes");
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var allowed = addresses.Where(address => EgressGuard.IsOutside(address) || _networks.Any(network => network.Contains(address))).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"{host} lies inside of the platform's own network; Feeds:Networks can allow it");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception is OperationCanceledException ? "no answer in time" : exception.Message;
    }
}

/// <param name="ETag">Of the copy at hand; null when there is none.</param>
internal sealed record FeedRequest(string? Accept = null, AuthenticationHeaderValue? Authorization = null, string? ETag = null, DateTimeOffset? LastModified = null);

/// <param name="Content">Null: not modified.</param>
/// <param name="AddedLast">TAXII's date of the last object in the answer.</param>
internal sealed record FeedResponse(byte[]? Content, string? ETag, DateTimeOffset? LastModified, string? AddedLast, string ContentType);
