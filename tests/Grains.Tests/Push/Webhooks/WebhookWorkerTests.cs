using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.Tests.Push.Webhooks;

public sealed class WebhookWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_comes_once_and_its_signature_holds()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var secret = (await host.AddWebhookAsync(receiver.Url)).Secret;
        await host.HappenAsync(3);

        Assert.Equal(3, await host.Worker.RunOnceAsync(Stop));
        Assert.Equal(0, await host.Worker.RunOnceAsync(Stop));

        Assert.Equal(3, receiver.Received.Select(webhook => webhook.Id).Distinct().Count());
        Assert.All(receiver.Received, webhook => Assert.Equal(Hmac(secret, webhook), webhook.Signature));
        var body = JsonDocument.Parse(receiver.Received.First().Body).RootElement;
        Assert.Equal(("directory.changed", "2026-11-24T09:00:00.000Z"), (body.GetProperty("type").GetString(), body.GetProperty("timestamp").GetString()));
        Assert.Equal(receiver.Received.First().Id, body.GetProperty("data").GetProperty("id").GetString());
        Assert.All(await host.DeliveriesAsync(), row => Assert.Equal((WebhookDeliveryState.Delivered, 200), (row.State, row.LastStatus)));
    }

    [Fact]
    public async Task What_fails_comes_again_later_under_the_same_id()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(500, 503, 200);
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();

        await host.Worker.RunOnceAsync(Stop);
        Assert.Equal(0, await host.Worker.RunOnceAsync(Stop));
        host.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await host.Worker.RunOnceAsync(Stop));
        host.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await host.Worker.RunOnceAsync(Stop));

        Assert.Single(receiver.Received.Select(webhook => webhook.Id).Distinct());
        Assert.Equal(3, receiver.Received.Select(webhook => webhook.Timestamp).Distinct().Count());
        Assert.Equal([(1, 500, false), (2, 503, false), (3, 200, true)], (await host.AttemptsAsync()).Select(row => (row.Number, row.Status!.Value, row.Succeeded)));
        Assert.Equal(WebhookDeliveryState.Delivered, (await host.DeliveriesAsync())[0].State);
    }

    [Fact]
    public async Task After_ten_tries_over_three_days_an_event_is_on_the_dead_letter_list_from_which_it_can_be_sent_again()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync([.. Enumerable.Repeat(500, 10), 200]);
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();
        var begun = host.Time.GetUtcNow();

        while ((await host.DeliveriesAsync()) is not [{ State: WebhookDeliveryState.Dead }])
        {
            await host.Worker.RunOnceAsync(Stop);
            host.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(10, receiver.Received.Count);
        Assert.InRange(host.Time.GetUtcNow() - begun, TimeSpan.FromHours(75), TimeSpan.FromHours(95));
        Assert.Null((await host.Webhooks.RetryAsync(host.Scope, (await host.DeliveriesAsync())[0].Id, Stop)).Code);
        Assert.Equal(1, await host.Worker.RunOnceAsync(Stop));
        Assert.Equal(WebhookDeliveryState.Delivered, (await host.DeliveriesAsync())[0].State);
    }

    [Fact]
    public async Task Gone_disables_at_once_and_is_told()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(410);
        var id = (await host.AddWebhookAsync(receiver.Url)).EndpointId;
        await host.HappenAsync();

        await host.Worker.RunOnceAsync(Stop);

        var endpoint = await host.EndpointAsync(id);
        Assert.Equal((WebhookState.Disabled, WebhookDisabledReason.Gone), (endpoint.State, endpoint.DisabledReason));
        Assert.Equal("webhook.disabled", (await host.EventKindsAsync())[^1]);
    }

    [Fact]
    public async Task What_took_nothing_for_five_days_is_disabled_and_nothing_is_lost_by_it()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(500);
        var id = (await host.AddWebhookAsync(receiver.Url)).EndpointId;
        await host.HappenAsync();
        await host.Worker.RunOnceAsync(Stop);

        host.Time.Advance(TimeSpan.FromDays(5));
        await host.Worker.RunOnceAsync(Stop);
        await host.HappenAsync();
        Assert.Equal(0, await host.Worker.RunOnceAsync(Stop));

        Assert.Equal(WebhookDisabledReason.Failing, (await host.EndpointAsync(id)).DisabledReason);
        receiver.Answer = (_, _) => Task.CompletedTask;
        Assert.Null((await host.Webhooks.SetEnabledAsync(host.Scope, id, enabled: true, Stop)).Code);
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.Worker.RunOnceAsync(Stop);
        Assert.Equal([WebhookDeliveryState.Delivered, WebhookDeliveryState.Delivered], (await host.DeliveriesAsync()).Select(row => row.State));
    }

    [Fact]
    public async Task What_a_killed_process_held_is_sent_once_its_lease_ends()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var id = (await host.AddWebhookAsync(receiver.Url)).EndpointId;
        await host.HappenAsync();
        var queue = host.Get<IWebhookQueue>();
        await queue.FollowAsync((await queue.BehindAsync(Stop))[0], 100, Stop);
        var lost = (await queue.ClaimAsync(id, 10, TimeSpan.FromSeconds(45), Stop))[0];

        Assert.Equal(0, await host.Worker.RunOnceAsync(Stop));
        host.Time.Advance(TimeSpan.FromSeconds(46));
        Assert.Equal(1, await host.NewWorker().RunOnceAsync(Stop));

        Assert.Single(receiver.Received);
        Assert.False(await queue.CompleteAsync(lost, new WebhookResult.Dead(new WebhookAnswer(null, TimeSpan.Zero, "late", null)), Stop));
        Assert.Equal(WebhookDeliveryState.Delivered, (await host.DeliveriesAsync())[0].State);
    }

    [Fact]
    public async Task A_receiver_that_stalls_holds_up_no_other()
    {
        await using var host = await PushHost.StartAsync();
        await using var stalled = await WebhookReceiver.StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        var hangs = new TaskCompletionSource();
        stalled.Answer = (_, _) => hangs.Task;
        var neighbour = await host.AddTenantAsync("globex");
        await host.AddWebhookAsync(stalled.Url);
        await host.AddWebhookAsync(other.Url, tenant: neighbour);
        await host.HappenAsync(30);
        await host.HappenAsync(30, neighbour);

        await host.Worker.StartAsync(Stop);
        await Support.Until.TrueAsync(() => other.Received.Count == 30 && stalled.Received.Count == 8, "all events of the other while the first stalls");

        hangs.SetResult();
        await host.Worker.StopAsync(Stop);
        Assert.Equal(30, other.Received.Select(webhook => webhook.Id).Distinct().Count());
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var hangs = new TaskCompletionSource();
        receiver.Answer = (_, _) => hangs.Task;
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();

        var run = host.Worker.RunOnceAsync(Stop);
        await Support.Until.TrueAsync(() => receiver.Received.Count == 1, "a request");
        host.Time.Advance(TimeSpan.FromSeconds(16));
        await run;

        Assert.Equal("No answer within 15 seconds.", (await host.AttemptsAsync())[0].Error);
        hangs.SetResult();
    }

    [Fact]
    public async Task A_receiver_may_ask_for_a_longer_wait()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();

        await host.Worker.RunOnceAsync(Stop);

        Assert.Equal(host.Time.GetUtcNow().AddHours(1), (await host.DeliveriesAsync())[0].DueAt);
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_the_answer_is_shown_harmless()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = async (_, context) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync("moved\u001b[2J\0" + new string('x', 5_000));
        };
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();

        await host.Worker.RunOnceAsync(Stop);

        Assert.Equal("/hook", Assert.Single(receiver.Received).Path);
        var attempt = (await host.AttemptsAsync())[0];
        Assert.Equal("It answered 302; redirects are not followed.", attempt.Error);
        Assert.StartsWith("moved [2J ", attempt.Excerpt, StringComparison.Ordinal);
        Assert.Equal(500, attempt.Excerpt!.Length);
    }

    [Fact]
    public async Task While_keys_are_rotated_both_sign_and_afterwards_the_new_ones_alone()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var old = await host.AddWebhookAsync(receiver.Url, webhook => webhook with { WithSigningKey = true });
        var rotated = (await host.Webhooks.RotateAsync(host.Scope, old.EndpointId, TimeSpan.FromHours(24), Stop)).Value!;
        await host.HappenAsync();
        await host.Worker.RunOnceAsync(Stop);
        host.Time.Advance(TimeSpan.FromHours(25));
        await host.HappenAsync();
        await host.Worker.RunOnceAsync(Stop);

        var (during, after) = (receiver.Received.First(), receiver.Received.Last());
        Assert.Equal([Hmac(rotated.Secret, during), Hmac(old.Secret, during)], during.Signature.Split(' ')[..2]);
        Assert.Equal([true, true], during.Signature.Split(' ')[2..].Zip([rotated.PublicKey!, old.PublicKey!], (signature, key) => Verifies(key, signature, during)));
        Assert.Equal(Hmac(rotated.Secret, after), after.Signature.Split(' ')[0]);
        Assert.True(Verifies(rotated.PublicKey!, after.Signature.Split(' ')[1], after));
        Assert.Equal(2, after.Signature.Split(' ').Length);
    }

    [Fact]
    public async Task An_endpoint_takes_the_kinds_that_it_names_from_its_making_on()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await host.HappenAsync();
        await host.AddWebhookAsync(receiver.Url, webhook => webhook with { Kinds = ["webhook.changed"] });
        await host.HappenAsync(2);

        await host.Worker.RunOnceAsync(Stop);

        Assert.Equal("webhook.changed", JsonDocument.Parse(Assert.Single(receiver.Received).Body).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_replay_sends_everything_behind_a_cursor_again_under_the_same_ids()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var id = (await host.AddWebhookAsync(receiver.Url)).EndpointId;
        await host.HappenAsync(2);
        await host.Worker.RunOnceAsync(Stop);
        var before = receiver.Received.Select(webhook => webhook.Id).Order().ToList();

        Assert.Null((await host.Webhooks.ReplayAsync(host.Scope, id, null, Stop)).Code);
        await host.Worker.RunOnceAsync(Stop);

        var again = receiver.Received.Skip(2).Select(webhook => webhook.Id).ToList();
        Assert.Equal([], before.Except(again));
        Assert.Equal(again.Count, again.Distinct().Count());
    }

    [Fact]
    public async Task A_test_goes_to_the_endpoint_alone()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await host.AddWebhookAsync(receiver.Url);

        Assert.Null((await host.Webhooks.TestAsync(host.Scope, made.EndpointId, Stop)).Code);
        await host.Worker.RunOnceAsync(Stop);

        var webhook = Assert.Single(receiver.Received);
        Assert.StartsWith("test_", webhook.Id, StringComparison.Ordinal);
        Assert.Equal(Hmac(made.Secret, webhook), webhook.Signature);
        Assert.DoesNotContain("webhook.test", await host.EventKindsAsync());
    }

    [Fact]
    public async Task An_inside_address_is_neither_set_nor_connected_to()
    {
        await using var host = await PushHost.StartAsync(settings => settings with { Egress = settings.Egress with { Networks = [] } });
        await using var receiver = await WebhookReceiver.StartAsync();
        var byName = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        Assert.Equal("INVALID_WEBHOOK_URL", (await host.Webhooks.CreateAsync(host.Scope, host.Owner, new NewWebhook(receiver.Url, "", []), Stop)).Code);
        await host.AddWebhookAsync(byName);
        await host.HappenAsync();
        await host.Worker.RunOnceAsync(Stop);

        Assert.Empty(receiver.Received);
        Assert.Contains("own network", (await host.AttemptsAsync())[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_forgotten_after_a_month()
    {
        await using var host = await PushHost.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await host.AddWebhookAsync(receiver.Url);
        await host.HappenAsync();
        await host.Worker.RunOnceAsync(Stop);
        var queue = host.Get<IWebhookQueue>();

        Assert.Equal(0, await queue.ForgetAsync(host.Time.GetUtcNow(), Stop));
        Assert.Equal(1, await queue.ForgetAsync(host.Time.GetUtcNow().AddSeconds(1), Stop));
        Assert.Empty(await host.AttemptsAsync());
    }

    /// <summary>By the words of the specification, not by our own code.</summary>
    private static string Hmac(string secret, ReceivedWebhook webhook) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Signed(webhook)));

    private static bool Verifies(string publicKey, string signature, ReceivedWebhook webhook)
    {
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(Convert.FromBase64String(publicKey["whpk_".Length..])));
        var signed = Signed(webhook);
        verifier.BlockUpdate(signed, 0, signed.Length);
        return signature.StartsWith("v1a,", StringComparison.Ordinal) && verifier.VerifySignature(Convert.FromBase64String(signature["v1a,".Length..]));
    }

    private static byte[] Signed(ReceivedWebhook webhook) => [.. Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Timestamp}."), .. webhook.Body];
}
