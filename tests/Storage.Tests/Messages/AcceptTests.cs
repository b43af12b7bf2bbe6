using System.Text.Json;
using Platform.Engine;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

public abstract class AcceptContract(IStorageBackend backend) : FlowContract(backend)
{
    [Fact]
    public async Task A_message_becomes_a_row_a_delivery_and_an_event_for_each_recipient()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var row = await MessageAsync(tenant, message.Id);
        Assert.Equal((ScanState.Pending, 0, "sender@outside.test", 1234), (row.ScanState, row.ScanAttempts, row.MailFrom, row.Size));
        foreach (var delivery in message.Deliveries)
            Assert.Equal(DeliveryState.Received, (await DeliveryAsync(tenant, delivery.Id)).State);
        Assert.Equal([EventKinds.Received, EventKinds.Received], await KindsAsync(tenant));
    }

    [Fact]
    public async Task The_event_tells_recipient_sender_and_size()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        using var data = JsonDocument.Parse(Assert.Single(await EventsAsync(tenant)).Data);
        Assert.Equal("info@acme.test", data.RootElement.GetProperty("recipient").GetString());
        Assert.Equal("sender@outside.test", data.RootElement.GetProperty("sender").GetString());
        Assert.Equal(1234, data.RootElement.GetProperty("size").GetInt64());
        Assert.Equal("RECEIVED", data.RootElement.GetProperty("state").GetString());
        Assert.Equal("inbound", data.RootElement.GetProperty("direction").GetString());
    }

    [Fact]
    public async Task A_session_that_scans_at_once_holds_the_first_lease()
    {
        var tenant = await TenantAsync();
        var message = Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test") with { ScanLease = Lease };
        var lease = Assert.Single(await Flow.AcceptAsync([message], Ct));
        Assert.NotNull(lease);
        Assert.Equal(1, lease.Attempt);
        Assert.Empty(await Flow.ClaimScansAsync(10, Lease, Ct));
        Assert.True(await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Queued), Ct));
    }

    [Fact]
    public async Task Messages_of_two_tenants_are_accepted_together_or_not_at_all()
    {
        var acme = await TenantAsync();
        var globex = await Storage.AddTenantAsync("globex", Ct);
        var now = Storage.Time.GetUtcNow();
        var good = Mails.To(acme, now, "info@acme.test");
        var bad = Mails.To(globex, now, "info@globex.test") with { Id = good.Id };
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Flow.AcceptAsync([good, bad], Ct));
        Assert.Empty(await EventsAsync(acme));
        Assert.All(await Flow.AcceptAsync([good, bad with { Id = Guid.CreateVersion7() }], Ct), Assert.Null);
        Assert.Single(await EventsAsync(acme));
        Assert.Single(await EventsAsync(globex));
    }

    [Fact]
    public async Task A_notice_of_ours_is_queued_without_a_scan()
    {
        var tenant = await TenantAsync();
        await Flow.AcceptAsync([Mails.To(tenant, Storage.Time.GetUtcNow(), "sender@outside.test") with { Mode = IntakeMode.Bounce }], Ct);
        Assert.Empty(await Flow.ClaimScansAsync(1, Lease, Ct));
        Assert.Equal(IntakeMode.Bounce, Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct)).Mode);
        Assert.Equal([EventKinds.Queued], await KindsAsync(tenant));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("half \ud83d pair")]
    [InlineData("\udc00")]
    public async Task Text_that_a_database_cannot_hold_does_not_stop_a_mail(string hostile)
    {
        var tenant = await TenantAsync();
        var message = Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test");
        await Flow.AcceptAsync([message with { Envelope = message.Envelope with { Helo = hostile, MailFrom = hostile + "@x.test" } }], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var verdict = Mails.Verdict(subject: hostile);
        verdict = verdict with { Facts = verdict.Facts with { Links = [hostile], FromName = hostile }, Reasons = [verdict.Reasons[0] with { Arguments = new Dictionary<string, string> { ["x"] = hostile } }] };
        Assert.True(await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined, verdict), Ct));
        Assert.Contains('\uFFFD', (await MessageAsync(tenant, message.Id)).Subject!);
    }

    [Fact]
    public async Task An_imported_file_has_no_envelope_sender_and_a_null_reverse_path_is_empty()
    {
        var tenant = await TenantAsync();
        var file = Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test") with { Mode = IntakeMode.Import, Envelope = Envelope.None };
        var bounce = Mails.To(tenant, Storage.Time.GetUtcNow(), "info@acme.test");
        bounce = bounce with { Envelope = bounce.Envelope with { MailFrom = "" } };
        await Flow.AcceptAsync([file, bounce], Ct);
        var leases = (await Flow.ClaimScansAsync(2, Lease, Ct)).ToDictionary(l => l.MessageId);
        Assert.Null(leases[file.Id].Envelope.MailFrom);
        Assert.Equal("", leases[bounce.Id].Envelope.MailFrom);
    }

    [Fact]
    public async Task Work_waits_for_no_poll_when_a_mail_was_accepted()
    {
        var tenant = await TenantAsync();
        var waiting = Storage.Get<IWorkSignal>().WaitScansAsync(TimeSpan.FromHours(1), Ct);
        Assert.False(waiting.IsCompleted);
        await AcceptAsync(tenant);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }
}

public sealed class AcceptOnSqlite() : AcceptContract(new SqliteBackend());

public sealed class AcceptOnPostgres(PostgresServer server) : AcceptContract(new PostgresBackend(server));
