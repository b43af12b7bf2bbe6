using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>A Kestrel with one SMTP listener on a free loopback port.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, RecordingHandler handler, SmtpConnectionHandler listener)
    {
        _app = app;
        Handler = handler;
        Listener = listener;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        EndPoint = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }

    public RecordingHandler Handler { get; }

    public SmtpConnectionHandler Listener { get; }

    public IPEndPoint EndPoint { get; }

    public static async Task<TestServer> StartAsync(SmtpServerOptions? options = null, RecordingHandler? handler = null, TimeProvider? time = null)
    {
        handler ??= new RecordingHandler();
        SmtpConnectionHandler? listener = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            listener = kestrel.ListenSmtp(new IPEndPoint(IPAddress.Loopback, 0), options ?? new SmtpServerOptions { Hostname = "mx.test" }, handler));
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app, handler, listener!);
    }

    /// <summary>A client that has not read anything yet.</summary>
    public Task<TestClient> OpenAsync() => TestClient.OpenAsync(EndPoint);

    /// <summary>A client behind the greeting.</summary>
    public async Task<TestClient> ConnectAsync()
    {
        var client = await OpenAsync();
        Assert.Equal(220, (await client.ReadAsync()).Code);
        return client;
    }

    /// <summary>A client behind EHLO.</summary>
    public async Task<TestClient> GreetAsync()
    {
        var client = await ConnectAsync();
        Assert.Equal(250, (await client.CommandAsync("EHLO client.test")).Code);
        return client;
    }

    public Task StopAsync(CancellationToken deadline) => _app.StopAsync(deadline);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
