using System.Net;
using System.Net.Sockets;

namespace Platform.Feeds.Tests.Support;

/// <summary>Answers requests as the test says, and keeps what was asked.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<HttpListenerContext> _answer;

    public WebServer(Action<HttpListenerContext> answer)
    {
        _answer = answer;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Root = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Root.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Root { get; }

    public List<string> Asked { get; } = [];

    public static void Write(HttpListenerContext context, string body, string type = "text/plain")
    {
        context.Response.ContentType = type;
        context.Response.OutputStream.Write(System.Text.Encoding.UTF8.GetBytes(body));
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                lock (Asked)
                    Asked.Add(context.Request.RawUrl!);
                _answer(context);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
