using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants.Webhooks;

/// <summary>A receiver as bad as they come: some requests fail, some are never answered. Signatures are checked by the words of Standard Webhooks, not by the product's code.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private const double Failing = 0.3;
    private const double Stalling = 0.02;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(10);

    private readonly WebApplication app;
    private readonly Random random;
    private readonly ConcurrentDictionary<string, int> taken = new();
    private readonly ConcurrentQueue<ReceivedWebhook> received = [];
    private int badSignatures;

    private WebhookReceiver(WebApplication app, Random random)
    {
        this.app = app;
        this.random = random;
    }

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";

    /// <summary>Set before the first request comes.</summary>
    public string Secret { get; set; } = "";

    public int BadSignatures => badSignatures;

    /// <summary>Ids that were answered 200, with how often.</summary>
    public IReadOnlyDictionary<string, int> Taken => taken;

    public IReadOnlyCollection<ReceivedWebhook> Received => received;

    public static async Task<WebhookReceiver> StartAsync(Random random, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new WebhookReceiver(app, random);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        var headers = context.Request.Headers;
        var webhook = new ReceivedWebhook(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), content.ToArray());
        received.Enqueue(webhook);
        if (!IsSigned(webhook))
            Interlocked.Increment(ref badSignatures);
        var (fails, stalls) = Chances();
        if (stalls)
            await Task.Delay(Stall, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fails || stalls)
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        else
            taken.AddOrUpdate(webhook.Id, 1, (_, count) => count + 1);
    }

    private bool IsSigned(ReceivedWebhook webhook)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{webhook.Id}.{webhook.Timestamp}.")), .. webhook.Body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed));
        return webhook.Signature.Split(' ').Contains(expected);
    }

    private (bool Fails, bool Stalls) Chances()
    {
        lock (random)
            return (random.Chance(Failing), random.Chance(Stalling));
    }
}

internal sealed record ReceivedWebhook(string Id, string Timestamp, string Signature, byte[] Body);
