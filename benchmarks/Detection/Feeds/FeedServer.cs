using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Benchmarks.Detection.Feeds;

/// <summary>A web server with a list of URLs, and TAXII 2.1 (OASIS) with one collection in two pages.</summary>
internal sealed class FeedServer : IDisposable
{
    private const string TaxiiType = "application/taxii+json;version=2.1";
    private const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

    private readonly HttpListener listener = new();
    private readonly string urls;
    private readonly IReadOnlyList<string> patterns;

    public FeedServer(string urls, IReadOnlyList<string> patterns)
    {
        this.urls = urls;
        this.patterns = patterns;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Root = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        listener.Prefixes.Add(Root.AbsoluteUri);
        listener.Start();
        _ = ServeAsync();
    }

    public Uri Root { get; }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                Answer(context);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var isTaxii = path != "/urls.csv";
        // TAXII 2.1, 1.6.8: a server answers 406 to a client that does not accept its media type.
        if (isTaxii && context.Request.Headers["Accept"] != TaxiiType)
        {
            context.Response.StatusCode = 406;
            return;
        }

        var isSecond = context.Request.QueryString["next"] == "2";
        var body = path switch
        {
            "/urls.csv" => urls,
            "/taxii2/" => """{"title":"bench","default":"/api/","api_roots":["/api/"]}""",
            "/api/collections/" => $$"""{"collections":[{"id":"{{Collection}}","title":"made","can_read":true,"can_write":false,"media_types":["application/stix+json;version=2.1"]}]}""",
            _ when path == $"/api/collections/{Collection}/objects/" => isSecond
                ? $$"""{"more":false,"objects":[{{string.Join(',', patterns.Skip(1).Select(Indicator))}}]}"""
                : $$"""{"more":true,"next":"2","objects":[{{Indicator(patterns[0])}}]}""",
            _ => null,
        };
        if (body is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = isTaxii ? TaxiiType : "text/csv";
        if (path.EndsWith("/objects/", StringComparison.Ordinal))
        {
            context.Response.AddHeader("X-TAXII-Date-Added-First", "2026-01-01T00:00:00.000Z");
            context.Response.AddHeader("X-TAXII-Date-Added-Last", "2026-01-02T00:00:00.000Z");
        }

        context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
    }

    private static string Indicator(string pattern) =>
        $$"""{"type":"indicator","spec_version":"2.1","id":"indicator--{{Guid.NewGuid()}}","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":"made","pattern":"{{pattern}}","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"}""";
}
