using System.Text;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries;

public sealed class RelayWorkerTests
{
    private const string OurResults = "Authentication-Results: mx.platform.test;\r\n\tspf=pass\r\n\t smtp.mailfrom=bob@partner.test\r\n";

    private static readonly MethodResult[] Vouched = [new("spf", null, "pass", null, [new ResultProperty("smtp", "mailfrom", "bob@partner.test")])];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_maildir_gets_the_trace_fields_and_then_the_message_byte_for_byte()
    {
        await using var host = await FlowHost.StartAsync();
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(
            $"Return-Path: <bob@partner.test>\r\n{FlowHost.Prologue}X-Inspection-Trace: mx.platform.test; message={mail.Id}; delivery={mail.Deliveries[0]}\r\n{FlowHost.Body}",
            await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop));
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_written_is_not_named_in_the_log()
    {
        await using var host = await FlowHost.StartAsync();
        await host.QueueAsync();
        Directory.CreateDirectory(host.Delivered);
        await File.WriteAllTextAsync(Path.Combine(host.Delivered, "info@acme.test"), "in the way", Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Contains(host.Log.Lines, line => line.Contains("met trouble on this machine", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("info@acme.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tagged_mail_carries_its_tag()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Spam);
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.EndsWith(
            $"\r\nX-Inspection-Verdict: spam; score=34; id={mail.Id}\r\n{FlowHost.Body}",
            await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_of_the_sender_stands_above_all_but_the_return_path()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Clean, Vouched);
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(
            $"Return-Path: <bob@partner.test>\r\n{OurResults}{FlowHost.Prologue}X-Inspection-Trace: mx.platform.test; message={mail.Id}; delivery={mail.Deliveries[0]}\r\n{FlowHost.Body}",
            await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop));
    }

    [Fact]
    public async Task Mail_that_a_person_released_carries_what_was_found_too()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Phishing, Vouched);
        var delivery = await host.QueueAsync();
        await host.Flow.ReleaseAsync(host.Scope, delivery, Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Contains(OurResults, await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authentication-Results: mx.platform.test; dmarc=pass\r\n")]
    [InlineData("authentication-results:MX.Platform.TEST;\r\n\tdmarc=pass header.from=bank.example\r\n")]
    [InlineData("Authentication-Results: (a comment) \"mx.platform.test\" 1; dmarc=pass\r\n")]
    [InlineData("Authentication-Results:\r\n mx.platform.test.; spf=pass\r\n")]
    [InlineData("Authentication-Results : mx.platform.test; spf=pass\r\n")]
    public async Task Results_forged_in_our_name_are_taken_out_and_nothing_else(string forged)
    {
        await using var server = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route);
        const string Before = "Received: from a by b; Tue, 24 Nov 2026 08:59:00 +0000\r\nAuthentication-Results: mx.partner.test; spf=pass\r\n";
        var mail = await host.AcceptAsync(new Mail { Body = Encoding.UTF8.GetBytes($"{Before}{forged}{FlowHost.Body}{forged}") });
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(
            $"{FlowHost.Prologue}X-Inspection-Trace: mx.platform.test; message={mail.Id}; delivery={mail.Deliveries[0]}\r\n{Before}{FlowHost.Body}{forged}",
            Encoding.UTF8.GetString(server.Contents.Single()));
    }

    [Fact]
    public async Task A_forgery_behind_a_long_header_is_found_too()
    {
        await using var host = await FlowHost.StartAsync();
        var padding = string.Concat(Enumerable.Range(0, 700).Select(number => $"X-Padding-{number}: {new string('a', 500)}\r\n"));
        await host.QueueAsync(new Mail { Body = Encoding.UTF8.GetBytes($"{padding}Authentication-Results: mx.platform.test; dmarc=pass\r\n{FlowHost.Body}") });

        await host.Relay.RunOnceAsync(Stop);

        Assert.EndsWith($"{padding}{FlowHost.Body}", await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_cannot_break_out_of_the_results_field()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Clean, [new MethodResult("spf", null, "pass\r\nX-Evil: 1", "a\r\n\r\nbody", [new ResultProperty("smtp", "mailfrom", "a\"\r\nX-Evil: 2")])]);
        await host.QueueAsync();

        await host.Relay.RunOnceAsync(Stop);

        Assert.DoesNotContain("\nX-Evil", await File.ReadAllTextAsync(host.FilesOf("info@acme.test").Single(), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_recipient_gets_one_copy_and_no_more()
    {
        await using var host = await FlowHost.StartAsync();
        await host.QueueAsync(new Mail { Recipients = ["info@acme.test", "keiri@acme.test"] });

        while (await host.Relay.RunOnceAsync(Stop) > 0)
            host.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((1, 1), (host.FilesOf("info@acme.test").Length, host.FilesOf("keiri@acme.test").Length));
    }

    [Fact]
    public async Task A_next_hop_gets_the_message_byte_for_byte_without_a_return_path()
    {
        await using var server = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route);
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(
            $"{FlowHost.Prologue}X-Inspection-Trace: mx.platform.test; message={mail.Id}; delivery={mail.Deliveries[0]}\r\n{FlowHost.Body}",
            Encoding.UTF8.GetString(server.Contents.Single()));
    }

    [Theory]
    [InlineData("250 2.0.0 queued as 7", DeliveryState.Delivered, "250 2.0.0 queued as 7")]
    [InlineData("451 4.3.0 later", DeliveryState.Queued, "4.3.0 451 4.3.0 later")]
    [InlineData("554 5.7.1 refused", DeliveryState.Failed, "5.7.1 554 5.7.1 refused")]
    public async Task The_reply_decides_and_is_kept(string reply, DeliveryState state, string status)
    {
        await using var server = new ScriptedSmtpServer { Script = c => c == "." ? reply : null };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();

        await host.Relay.RunOnceAsync(Stop);

        var row = await host.DeliveryAsync(delivery);
        Assert.Equal((state, status), (row.State, row.LastStatus));
    }

    [Fact]
    public async Task A_deferred_mail_waits_and_then_goes()
    {
        var busy = true;
        await using var server = new ScriptedSmtpServer { Script = c => busy && c == "CONNECT" ? "421 4.3.2 busy" : null };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();
        await host.Relay.RunOnceAsync(Stop);
        busy = false;

        host.Time.Advance(TimeSpan.FromSeconds(59));
        var early = await host.Relay.RunOnceAsync(Stop);
        host.Time.Advance(TimeSpan.FromSeconds(7));
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((0, DeliveryState.Delivered), (early, (await host.DeliveryAsync(delivery)).State));
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_tried_for_five_days_and_no_longer()
    {
        var server = new ScriptedSmtpServer();
        var route = server.Route;
        await server.DisposeAsync();
        await using var host = await FlowHost.StartAsync(route);
        var delivery = await host.QueueAsync();
        var queued = host.Time.GetUtcNow();

        while ((await host.DeliveryAsync(delivery)).State == DeliveryState.Queued)
        {
            await host.Relay.RunOnceAsync(Stop);
            host.Time.Advance(TimeSpan.FromMinutes(67));
        }

        var row = await host.DeliveryAsync(delivery);
        Assert.Equal((DeliveryState.Failed, "4.4.7"), (row.State, row.LastStatus![..5]));
        Assert.InRange(row.ChangedAt - queued, TimeSpan.FromDays(4.9), TimeSpan.FromDays(5));
    }

    [Theory]
    [InlineData("maildir:/etc")]
    [InlineData("nonsense")]
    public async Task A_route_that_cannot_be_used_loses_nothing(string route)
    {
        await using var host = await FlowHost.StartAsync();
        var delivery = await host.QueueAsync();
        await host.SetRouteRowAsync(route);
        await host.Relay.RunOnceAsync(Stop);
        var waiting = await host.DeliveryAsync(delivery);
        await host.SetRouteRowAsync("maildir:delivered");

        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Queued, "4.3.5", 1), (waiting.State, waiting.LastStatus![..5], host.FilesOf("info@acme.test").Length));
    }

    [Fact]
    public async Task A_message_whose_content_is_gone_fails_aloud()
    {
        await using var host = await FlowHost.StartAsync();
        var mail = await host.AcceptAsync();
        await host.Scans.RunOnceAsync(Stop);
        await host.Get<IBodyStore>().DeleteAsync(mail.Message.Body.Reference, Stop);

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Failed, 1), ((await host.DeliveryAsync(mail.Deliveries[0])).State, (await host.NoticesAsync()).Count));
    }

    [Fact]
    public async Task A_loop_ends_in_one_bounce()
    {
        await using var host = await FlowHost.StartAsync();
        var loop = string.Concat(Enumerable.Repeat("X-Inspection-Trace: mx.platform.test; message=1\r\n", 3));
        var delivery = await host.QueueAsync(new Mail { Body = Encoding.UTF8.GetBytes(loop + FlowHost.Body) });

        await host.Relay.RunOnceAsync(Stop);

        var row = await host.DeliveryAsync(delivery);
        Assert.Equal((DeliveryState.Failed, "5.4.6", 1), (row.State, row.LastStatus![..5], (await host.NoticesAsync()).Count));
    }

    [Theory]
    [InlineData("a@acme.test> NOTIFY=NEVER")]
    [InlineData("a@acme.test\r\nRSET")]
    public async Task A_recipient_that_would_write_commands_is_never_sent(string recipient)
    {
        await using var server = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync(new Mail { Recipients = [recipient] });

        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Failed, 0), ((await host.DeliveryAsync(delivery)).State, server.Connections));
    }

    [Fact]
    public async Task A_full_destination_makes_others_wait_uncounted()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Before = c => c == "." ? gate.Task : Task.CompletedTask };
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { PerDestination = 1 } });
        await host.QueueAsync();
        await host.QueueAsync();

        var first = host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(() => !server.Contents.IsEmpty, "the first is on its way");
        await Until.TrueAsync(async () => (await host.RowsAsync(db => db.Deliveries)).Any(d => d.LeaseToken is null), "the second was turned away");
        var attempts = (await host.RowsAsync(db => db.Deliveries)).Select(d => (d.Attempts, Waits: d.LeaseToken is null)).Order();
        gate.SetResult();
        await first;
        host.Time.Advance(TimeSpan.FromSeconds(3));
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal([(0, true), (1, false)], attempts);
        Assert.Equal((2, 2), (server.Contents.Count, server.Connections));
    }

    [Fact]
    public async Task A_host_that_is_too_slow_is_left()
    {
        var never = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer
        {
            Before = command =>
            {
                asked.TrySetResult();
                return never.Task;
            },
        };
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { Attempt = TimeSpan.FromSeconds(20) } });
        var delivery = await host.QueueAsync();
        var running = host.Relay.RunOnceAsync(Stop);
        await asked.Task.WaitAsync(Stop);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        await running;

        var row = await host.DeliveryAsync(delivery);
        Assert.Equal((DeliveryState.Queued, "4.4.2"), (row.State, row.LastStatus![..5]));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    /// <summary>Left before its reply, a host that took the message would get it again (RFC 5321, 4.5.3.2.6).</summary>
    [Theory]
    [InlineData("SIZE 52428800")]
    [InlineData("CHUNKING")]
    public async Task The_reply_to_the_content_is_awaited_beyond_the_deadline(string capability)
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Capabilities = [capability], Before = c => c == "." || c.StartsWith("BDAT", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask };
        await using var host = await FlowHost.StartAsync(server.Route, s => s with { Relay = s.Relay with { Attempt = TimeSpan.FromSeconds(20) } });
        var delivery = await host.QueueAsync();
        var running = host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(() => !server.Contents.IsEmpty || server.Commands.Any(command => command.StartsWith("BDAT", StringComparison.Ordinal)), "the content is on its way");
        for (var i = 0; i < 6; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Until.TrueAsync(async () => (await host.DeliveryAsync(delivery)).DueAt >= host.Time.GetUtcNow() + TimeSpan.FromSeconds(15), "the lease is renewed");
        }

        gate.SetResult();
        await running;

        Assert.Equal((DeliveryState.Delivered, 1), ((await host.DeliveryAsync(delivery)).State, server.Contents.Count));
    }

    [Fact]
    public async Task A_long_transmission_keeps_its_lease()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Before = c => c == "." ? gate.Task : Task.CompletedTask };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();
        var running = host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(() => !server.Contents.IsEmpty, "it is on its way");

        for (var i = 0; i < 9; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Until.TrueAsync(async () => (await host.DeliveryAsync(delivery)).DueAt >= host.Time.GetUtcNow() + TimeSpan.FromSeconds(15), "the lease is renewed");
        }
        gate.SetResult();
        await running;

        Assert.Equal((DeliveryState.Delivered, 1), ((await host.DeliveryAsync(delivery)).State, server.Contents.Count));
    }

    [Fact]
    public async Task A_transmission_whose_lease_is_lost_is_dropped_and_writes_nothing()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Before = c => c == "DATA" ? gate.Task : Task.CompletedTask };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();
        host.Flow.Extend = () => false;
        var running = host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(() => server.Commands.Contains("DATA"), "it is on its way");

        host.Time.Advance(TimeSpan.FromSeconds(10));
        await running;
        gate.SetResult();

        Assert.Equal((DeliveryState.Queued, 0), ((await host.DeliveryAsync(delivery)).State, server.Contents.Count(c => c.Length > 0)));
    }

    [Fact]
    public async Task An_outage_after_the_250_does_not_send_twice()
    {
        await using var server = new ScriptedSmtpServer();
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();
        var outages = 3;
        host.Flow.BeforeCompleteRelay = () =>
        {
            if (Interlocked.Decrement(ref outages) >= 0)
                throw new IOException("the storage is away");
        };

        var running = host.Relay.RunOnceAsync(Stop);
        await Until.TrueAsync(
            () =>
            {
                host.Time.Advance(TimeSpan.FromMilliseconds(250));
                return running.IsCompleted;
            },
            "the result is written after the outage");

        Assert.Equal((DeliveryState.Delivered, 1), ((await host.DeliveryAsync(delivery)).State, server.Contents.Count));
    }

    [Fact]
    public async Task A_crash_between_the_maildir_and_the_commit_does_not_double()
    {
        await using var host = await FlowHost.StartAsync();
        var delivery = await host.QueueAsync();
        var crashed = new TaskCompletionSource();
        host.Flow.BeforeCompleteRelay = () =>
        {
            crashed.TrySetResult();
            throw new IOException("the power is gone");
        };
        await host.Relay.StartAsync(Stop);
        await crashed.Task.WaitAsync(Stop);
        await host.Relay.StopAsync(new CancellationToken(canceled: true));
        host.Flow.BeforeCompleteRelay = () => { };
        host.Time.Advance(TimeSpan.FromSeconds(31));

        using var again = host.NewRelay();
        await again.RunOnceAsync(Stop);

        Assert.Equal((DeliveryState.Delivered, 1), ((await host.DeliveryAsync(delivery)).State, host.FilesOf("info@acme.test").Length));
    }

    [Fact]
    public async Task It_wakes_for_a_mail_that_becomes_due()
    {
        await using var host = await FlowHost.StartAsync();
        await host.Relay.StartAsync(Stop);

        await host.QueueAsync();

        await Until.TrueAsync(() => host.FilesOf("info@acme.test").Length == 1, "the mail is delivered");
        await host.Relay.StopAsync(Stop);
    }

    [Fact]
    public async Task A_stop_lets_running_transmissions_finish()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedSmtpServer { Before = c => c == "." ? gate.Task : Task.CompletedTask };
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync();
        await host.Relay.StartAsync(Stop);
        await Until.TrueAsync(() => !server.Contents.IsEmpty, "it is on its way");

        var stopped = host.Relay.StopAsync(Stop);
        gate.SetResult();
        await stopped;

        Assert.Equal(DeliveryState.Delivered, (await host.DeliveryAsync(delivery)).State);
    }

    [Fact]
    public async Task A_release_reaches_exactly_its_recipient()
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Phishing, PolicyAction.Quarantine);
        host.Scanners.Find(VerdictKind.Phishing);
        var mail = await host.AcceptAsync(new Mail { Recipients = ["info@acme.test", "keiri@acme.test"] });
        await host.Scans.RunOnceAsync(Stop);

        await host.Flow.ReleaseAsync(host.Scope, mail.Deliveries[1], Stop);
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal((0, 1), (host.FilesOf("info@acme.test").Length, host.FilesOf("keiri@acme.test").Length));
    }
}
