using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Platform.Grains.Egress;

/// <summary>
/// HTTP to addresses that customers name, by <see cref="EgressConnector"/>: no redirect is followed, no proxy, no cookies, no credentials of
/// ours; time and size are bounded. What comes back is hostile text.
/// </summary>
internal sealed class EgressHttp : IDisposable
{
    private const int MaxAnswerHeaders = 16;
    private static readonly TimeSpan ExcerptPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;

    public EgressHttp(EgressConnector connector, EgressSettings settings, TimeProvider clock)
    {
        _clock = clock;
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) => new NetworkStream(await connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token), ownsSocket: true),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxAnswerHeaders,
            // A name is looked up again this often, however busy the connection.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            SslOptions = EgressTls.Client(settings.TrustedRoots),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("platform/1");
    }

    /// <summary>Sends, and waits for the status within the time; of the answer's content it takes the beginning.</summary>
    /// <exception cref="EgressRefusedException">The address may not be talked to, or gave no answer; in words for the customer.</exception>
    public Task<EgressAnswer> SendAsync(HttpRequestMessage request, int maxExcerpt, TimeSpan limit, CancellationToken cancellationToken) => SendAsync(
        request,
        async (response, latency, token) => new EgressAnswer((int)response.StatusCode, latency, RetryAfter(response), await ExcerptAsync(response, maxExcerpt, token)),
        limit,
        cancellationToken);

    /// <summary>Sends, and reads the whole content within the time.</summary>
    /// <exception cref="EgressRefusedException">As above, or the content is longer than is taken.</exception>
    public Task<OutsideAnswer> ReadAsync(HttpRequestMessage request, int maxBytes, TimeSpan limit, CancellationToken cancellationToken) => SendAsync(
        request,
        async (response, _, token) => new OutsideAnswer((int)response.StatusCode, await WholeAsync(response, maxBytes, token))
        {
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "",
        },
        limit,
        cancellationToken);

    private async Task<T> SendAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, TimeSpan, CancellationToken, Task<T>> read, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        using var patience = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await read(response, _clock.GetElapsedTime(started), either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EgressRefusedException($"No answer within {limit.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException exception)
        {
            throw new EgressRefusedException(Words(exception), exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _clock.GetUtcNow(),
        _ => null,
    };

    /// <summary>The status is what counts: a content that breaks off or does not end changes nothing.</summary>
    private async Task<string> ExcerptAsync(HttpResponseMessage response, int max, CancellationToken cancellationToken)
    {
        var buffer = new byte[max];
        var length = 0;
        using var patience = new CancellationTokenSource(ExcerptPatience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            int read;
            while (length < max && (read = await content.ReadAsync(buffer.AsMemory(length), either.Token)) > 0)
                length += read;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // What came until then is shown.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<string> WholeAsync(HttpResponseMessage response, int max, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var whole = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (whole.Length + read > max)
                    throw new EgressRefusedException($"The answer is longer than {max} bytes.");
                whole.Write(buffer, 0, read);
            }

            return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        }
        catch (IOException exception)
        {
            throw new EgressRefusedException("The answer broke off.", exception);
        }
    }

    private static string Words(HttpRequestException exception) => exception switch
    {
        { InnerException: EgressRefusedException refused } => refused.Message,
        { InnerException: AuthenticationException tls } => $"TLS failed: {tls.Message}",
        { InnerException: SocketException socket } => $"No connection: {socket.SocketErrorCode}.",
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "The header of the answer is too long.",
        _ => $"The connection broke: {exception.HttpRequestError}.",
    };
}

/// <param name="RetryAfter">When the receiver asks to be tried again (RFC 9110, 10.2.3).</param>
/// <param name="Excerpt">The beginning of the content, hostile.</param>
internal sealed record EgressAnswer(int Status, TimeSpan Latency, TimeSpan? RetryAfter, string Excerpt)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
