using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.Integrations;

/// <summary>deploy/integrations/splunk/forward_hec.py between the real API and a listener that speaks the collector's protocol.</summary>
public sealed class SplunkForwarderTests(TestPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_place_moves_on_once_the_collector_has_taken_the_events()
    {
        var taken = new ConcurrentQueue<JsonElement>();
        var refusals = 1;
        await using var collector = await CollectorAsync(async context =>
        {
            Assert.Equal("Splunk of-the-test", context.Request.Headers.Authorization.ToString());
            if (Interlocked.Decrement(ref refusals) >= 0)
            {
                context.Response.StatusCode = 503;
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            foreach (var line in (await reader.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                taken.Enqueue(JsonSerializer.Deserialize<JsonElement>(line));
        });
        var cursor = Path.Combine(Directory.CreateTempSubdirectory("hec-").FullName, "cursor");
        for (var run = 0; run < 2; run++)
        {
            using var forwarder = PullerProcess.Start(
                platform, "splunk/forward_hec.py", ["--once", "--cursor-file", cursor, "--kind", "delivery.quarantined"], ("SPLUNK_HEC_URL", Address(collector)), ("SPLUNK_HEC_TOKEN", "of-the-test"));
            var (exit, errors) = await forwarder.EndAsync(Ct);
            Assert.True(exit == 0, errors);
        }

        Directory.Delete(Path.GetDirectoryName(cursor)!, recursive: true);
        Assert.Equal(18, taken.Count);
        Assert.All(taken, wrapped =>
        {
            Assert.Equal("platform:event", wrapped.GetProperty("sourcetype").GetString());
            Assert.Equal("delivery.quarantined", wrapped.GetProperty("event").GetProperty("kind").GetString());
            Assert.Equal(wrapped.GetProperty("event").GetProperty("occurredAt").GetDateTimeOffset().ToUnixTimeMilliseconds(), (long)Math.Round(wrapped.GetProperty("time").GetDouble() * 1000));
        });
    }

    private static string Address(WebApplication collector) => collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static async Task<WebApplication> CollectorAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/services/collector/event", answer);
        await app.StartAsync(Ct);
        return app;
    }
}
