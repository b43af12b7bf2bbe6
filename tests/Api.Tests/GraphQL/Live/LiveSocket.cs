using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL.Live;

/// <summary>A client of graphql-transport-ws that may say anything.</summary>
internal sealed class LiveSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    public static async Task<LiveSocket> OpenAsync(TestPlatform platform, string protocol = "graphql-transport-ws")
    {
        var live = new LiveSocket();
        live._socket.Options.AddSubProtocol(protocol);
        await live._socket.ConnectAsync(new UriBuilder(platform.Address) { Scheme = "ws", Path = "/graphql" }.Uri, TestContext.Current.CancellationToken);
        return live;
    }

    public static async Task<LiveSocket> SignedInAsync(TestPlatform platform, string client)
    {
        var live = await OpenAsync(platform);
        await live.SendAsync(new { type = "connection_init", payload = new { Authorization = "Bearer " + await platform.TokenAsync(client) } });
        Assert.Equal("connection_ack", (await live.NextAsync()).GetProperty("type").GetString());
        return live;
    }

    public Task SendAsync(object message) => SendTextAsync(JsonSerializer.Serialize(message));

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task SubscribeAsync(string id, string query) => SendAsync(new { id, type = "subscribe", payload = new { query } });

    public async Task<JsonElement> NextAsync() => await ReadAsync() ?? throw new InvalidOperationException($"closed with {_socket.CloseStatus} {_socket.CloseStatusDescription}");

    /// <summary>The code the server closes with; what it says before is passed over.</summary>
    public async Task<int> CloseCodeAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        return (int)_socket.CloseStatus!.Value;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonElement?> ReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer, limit.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            text.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
                return JsonSerializer.Deserialize<JsonElement>(text.ToArray());
        }
    }
}
