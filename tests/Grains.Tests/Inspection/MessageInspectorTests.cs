using System.Text;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;
using Platform.Grains.Inspection;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Inspection;

public sealed class MessageInspectorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clean_mail_is_queued_for_the_relay()
    {
        await using var host = await FlowHost.StartAsync();
        var mail = await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Equal(
            (InspectionStatus.Completed, VerdictKind.Clean, DeliveryState.Queued),
            (outcome.Status, outcome.Verdict!.Kind, (await host.DeliveryAsync(mail.Deliveries[0])).State));
    }

    [Theory]
    [InlineData(true, DeliveryState.Rejected)]
    [InlineData(false, DeliveryState.Quarantined)]
    public async Task A_rejection_is_for_the_session_alone(bool rejectionPossible, DeliveryState state)
    {
        await using var host = await FlowHost.StartAsync();
        await host.SetPolicyAsync(VerdictKind.Malware, PolicyAction.Reject);
        host.Scanners.Find(VerdictKind.Malware);
        var mail = await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible, Stop);

        Assert.Equal((rejectionPossible, state), (outcome.IsRejected, (await host.DeliveryAsync(mail.Deliveries[0])).State));
    }

    [Theory]
    [InlineData(IntakeMode.Journal)]
    [InlineData(IntakeMode.Import)]
    public async Task A_copy_is_only_inspected(IntakeMode mode)
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Malware);
        var mail = await host.AcceptAsync(new Mail { Mode = mode });

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: true, Stop);

        Assert.Equal(DeliveryState.Inspected, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Fact]
    public async Task A_journal_report_is_opened_and_its_mail_scanned()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Journal = _ => ScannerResult.Ok(new JournalReport(IsReport: true, "real@partner.test", ["keiri@acme.test"], "inner"u8.ToArray()));
        await host.AcceptAsync(new Mail { Mode = IntakeMode.Journal });

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        var request = host.Scanners.Requests.Single();
        Assert.Equal(("inner", "real@partner.test", "keiri@acme.test"), (Encoding.ASCII.GetString(request.Message.Span), request.Envelope.MailFrom, request.Envelope.Recipients.Single()));
    }

    [Fact]
    public async Task A_message_that_no_scanner_could_take_keeps_its_attempts()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Fail(ScannerFailure.Unavailable);
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);
        host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await ClaimAsync(host)).Attempt);
    }

    [Fact]
    public async Task The_scanner_sees_the_whole_message()
    {
        await using var host = await FlowHost.StartAsync();
        var body = Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray();
        await host.AcceptAsync(new Mail { Body = body });

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.True(host.Scanners.Requests.Single().Message.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task The_context_tells_of_the_tenant_its_people_and_the_sender()
    {
        await using var host = await FlowHost.StartAsync();
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        var context = host.Scanners.Requests.Single().Context;
        Assert.Equal(
            (host.Time.GetUtcNow(), "acme.test", "192.0.2.0/24", 7, "Information <info@acme.test>, 経理部 <keiri@acme.test>"),
            (context.Now, context.TenantDomains.Single(), context.TrustedHops.Single(), context.History.MessagesFromSender,
             string.Join(", ", context.People.Select(p => $"{p.Name} <{p.Address}>"))));
    }

    [Fact]
    public async Task The_scanner_is_given_the_lists_of_the_tenant()
    {
        await using var host = await FlowHost.StartAsync();
        await host.BlockAsync("bob@partner.test");
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        var request = host.Scanners.Requests.Single();
        var met = request.Entries!.Match(new FeedQuestions([], [], [], ["bob@partner.test"], null), request.Context.Now);
        Assert.Equal((ListAction.Block, "bob@partner.test", ListEntry.OfTenant), (met.Single().Action, met.Single().Value, met.Single().Owner));
    }

    [Fact]
    public async Task Where_nothing_is_listed_the_scanner_is_given_no_lists()
    {
        await using var host = await FlowHost.StartAsync();
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Null(host.Scanners.Requests.Single().Entries);
    }

    [Fact]
    public async Task What_the_lists_said_is_kept_with_the_verdict()
    {
        await using var host = await FlowHost.StartAsync();
        var scanner = Scanner.Create();
        host.Scanners.Scan = async (request, cancel) => ScannerResult.Ok(await scanner.ScanAsync(request, cancel));
        await host.BlockAsync("partner.test");
        var mail = await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        var row = (await host.RowsAsync(db => db.Messages)).Single();
        Assert.Equal((DeliveryState.Quarantined, VerdictKind.Spam), ((await host.DeliveryAsync(mail.Deliveries[0])).State, outcome.Verdict!.Kind));
        Assert.Equal(["partner.test"], StoredJson.ReadContext(row.ContextJson!).Feeds!.Entries.Select(entry => entry.Value));
    }

    [Fact]
    public async Task The_people_of_a_context_are_bounded()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Inspection = s.Inspection with { MaxPeople = 1 } });
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Single(host.Scanners.Requests.Single().Context.People);
    }

    [Fact]
    public async Task A_history_that_does_not_answer_holds_nothing_up()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Inspection = s.Inspection with { HistoryWait = TimeSpan.Zero } });
        host.History.Answer = () => new TaskCompletionSource<History>().Task;
        await host.AcceptAsync();

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.False(host.Scanners.Requests.Single().Context.History.Known);
    }

    [Fact]
    public async Task A_history_that_fails_holds_nothing_up()
    {
        await using var host = await FlowHost.StartAsync();
        host.History.Answer = () => throw new InvalidOperationException("no grain");
        await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Equal((InspectionStatus.Completed, false), (outcome.Status, host.Scanners.Requests.Single().Context.History.Known));
    }

    [Fact]
    public async Task The_verdict_is_told_to_the_history_of_each_mailbox()
    {
        await using var host = await FlowHost.StartAsync();
        var recorder = host.Get<HistoryRecorder>();
        await recorder.StartAsync(Stop);
        var mail = await host.AcceptAsync(new Mail { Recipients = ["info@acme.test", "keiri@acme.test"] });

        await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        SenderSighting[] seen = [await host.History.Recorded.Reader.ReadAsync(Stop), await host.History.Recorded.Reader.ReadAsync(Stop)];
        Assert.Equal(
            mail.Message.Deliveries.Select(d => new SenderSighting(host.Tenant, d.MailboxId!.Value, mail.Id, "bob@partner.test", "JP", 64_500, VerdictKind.Clean, host.Time.GetUtcNow())).ToHashSet(),
            seen.ToHashSet());
        await recorder.StopAsync(Stop);
    }

    [Fact]
    public async Task Failures_are_tried_again_after_5_and_30_seconds_and_then_held_for_a_person()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Fail(ScannerFailure.Crashed);
        var mail = await host.AcceptAsync();
        List<(int, int, int)> claimed = [];

        foreach (var seconds in new[] { 5, 30 })
        {
            var now = await host.Scans.RunOnceAsync(Stop);
            host.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            var early = await host.Scans.RunOnceAsync(Stop);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            claimed.Add((seconds, now, early));
        }
        await host.Scans.RunOnceAsync(Stop);

        Assert.Equal([(5, 1, 0), (30, 1, 0)], claimed);
        Assert.Equal(DeliveryState.Held, (await host.DeliveryAsync(mail.Deliveries[0])).State);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_not_read()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Inspection = s.Inspection with { MaxMessageBytes = 10 } });
        await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Equal((InspectionStatus.Failed, 0), (outcome.Status, host.Scanners.Requests.Count));
    }

    [Fact]
    public async Task A_body_that_is_gone_costs_an_attempt()
    {
        await using var host = await FlowHost.StartAsync();
        var mail = await host.AcceptAsync();
        await host.Get<IBodyStore>().DeleteAsync(mail.Message.Body.Reference, Stop);

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: false, Stop);

        Assert.Equal((InspectionStatus.Failed, "The body is not in the store."), (outcome.Status, outcome.Detail));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_writes_nothing()
    {
        await using var host = await FlowHost.StartAsync();
        host.Scanners.Find(VerdictKind.Malware);
        var mail = await host.AcceptAsync();
        var frozen = await ClaimAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await ClaimAsync(host);

        var outcome = await host.Inspector.InspectAsync(frozen, rejectionPossible: false, Stop);

        Assert.Equal((InspectionStatus.LeaseLost, DeliveryState.Received), (outcome.Status, (await host.DeliveryAsync(mail.Deliveries[0])).State));
    }

    [Fact]
    public async Task An_interrupted_scan_is_due_again_at_once()
    {
        await using var host = await FlowHost.StartAsync();
        using var interrupt = new CancellationTokenSource();
        host.Scanners.Scan = async (_, token) =>
        {
            await interrupt.CancelAsync();
            return await Task.FromCanceled<ScannerResult<Verdict>>(token);
        };
        await host.AcceptAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: true, interrupt.Token));

        Assert.Equal(2, (await ClaimAsync(host)).Attempt);
    }

    [Fact]
    public async Task A_verdict_that_is_there_is_written_even_if_nobody_waits_any_more()
    {
        await using var host = await FlowHost.StartAsync();
        using var interrupt = new CancellationTokenSource();
        host.Scanners.Scan = async (_, _) =>
        {
            await interrupt.CancelAsync();
            return ScannerResult.Ok(FakeScanners.Verdict(VerdictKind.Clean));
        };
        await host.AcceptAsync();

        var outcome = await host.Inspector.InspectAsync(await ClaimAsync(host), rejectionPossible: true, interrupt.Token);

        Assert.Equal(InspectionStatus.Completed, outcome.Status);
    }

    private static async Task<ScanLease> ClaimAsync(FlowHost host) => (await host.Flow.ClaimScansAsync(1, TimeSpan.FromMinutes(1), Stop)).Single();
}
