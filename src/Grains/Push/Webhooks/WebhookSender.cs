using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Platform.Grains.Deliveries;
using Platform.Grains.Egress;
using Platform.Storage.Events;
using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.Push.Webhooks;

/// <summary>Makes one try of one delivery and says how it ended.</summary>
internal sealed class WebhookSender(EgressHttp http, EgressPolicy policy, PushSettings settings, TimeProvider clock)
{
    private const int Gone = 410;
    private const int MaxExcerpt = 1_000;

    public async Task<WebhookResult> TryAsync(WebhookLease lease, CancellationToken cancellationToken)
    {
        if (lease is { EventId: not null, Event: null })
            return new WebhookResult.Dead(new WebhookAnswer(null, TimeSpan.Zero, "The event is no longer kept.", null));
        var url = new Uri(lease.Url);
        // What the operator allows may have changed since the address was set.
        if (policy.RefuseHttp(url) is { } refusal)
            return Failed(lease, new WebhookAnswer(null, TimeSpan.Zero, refusal, null), null);
        using var request = Request(lease, url);
        var started = clock.GetTimestamp();
        try
        {
            var answer = await http.SendAsync(request, MaxExcerpt, settings.Webhooks.Timeout, cancellationToken);
            var told = new WebhookAnswer(answer.Status, answer.Latency, answer.IsSuccess ? null : Words(answer.Status), answer.Excerpt);
            return answer switch
            {
                { IsSuccess: true } => new WebhookResult.Delivered(told),
                { Status: Gone } => new WebhookResult.Dead(told, Gone: true),
                _ => Failed(lease, told, answer.RetryAfter),
            };
        }
        catch (EgressRefusedException refused)
        {
            return Failed(lease, new WebhookAnswer(null, clock.GetElapsedTime(started), refused.Message, null), null);
        }
    }

    private static string Words(int status) => status is >= 300 and < 400
        ? string.Create(CultureInfo.InvariantCulture, $"It answered {status}; redirects are not followed.")
        : string.Create(CultureInfo.InvariantCulture, $"It answered {status}.");

    private HttpRequestMessage Request(WebhookLease lease, Uri url)
    {
        var now = clock.GetUtcNow();
        var data = lease.Event is { } entry ? EventJson.Of(entry) : Test(lease);
        // That of the event in the feed, so that a receiver knows an event that comes again, also by a replay.
        var id = lease.Event is null ? $"test_{lease.DeliveryId:N}" : data["id"]!.GetValue<string>();
        var body = WebhookBody.Of(lease.Kind, lease.Event?.OccurredAt ?? lease.QueuedAt, data);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(StandardWebhooks.IdHeader, id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, StandardWebhooks.Timestamp(now));
        request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(id, now, body, lease.Keys));
        return request;
    }

    private static JsonObject Test(WebhookLease lease) => new()
    {
        ["kind"] = lease.Kind,
        ["message"] = "This is a test. Nothing has happened to any mail.",
    };

    private WebhookResult Failed(WebhookLease lease, WebhookAnswer answer, TimeSpan? retryAfter)
    {
        var now = clock.GetUtcNow();
        var steps = settings.Webhooks.Backoff;
        var disable = now - settings.Webhooks.DisableAfter;
        if (lease.Attempt > steps.Count)
            return new WebhookResult.Dead(answer) { DisableIfFailingSince = disable };
        var wait = RelayBackoff.WaitAfter(lease.Attempt, lease.DeliveryId, steps);
        if (retryAfter is { } asked && asked > wait)
            wait = asked < settings.Webhooks.MaxRetryAfter ? asked : settings.Webhooks.MaxRetryAfter;
        return new WebhookResult.Deferred(answer, now + wait) { DisableIfFailingSince = disable };
    }
}
