using System.Text.Json;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Messages;

public abstract class ScanContract(IStorageBackend backend) : FlowContract(backend)
{
    [Fact]
    public async Task A_claim_gives_what_the_scan_needs()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var lease = Assert.Single(await Flow.ClaimScansAsync(10, Lease, Ct));
        Assert.Equal((message.Id, tenant, 1), (lease.MessageId, lease.TenantId, lease.Attempt));
        Assert.Equivalent(message.Envelope, lease.Envelope);
        Assert.Equal(message.Body.Reference.Name, lease.Body.Name);
        Assert.Equal(message.Deliveries.Select(d => d.Id).Order(), lease.Deliveries.Select(d => d.Id).Order());
    }

    [Fact]
    public async Task A_claimed_message_is_not_claimed_again_until_its_lease_ends()
    {
        await AcceptAsync(await TenantAsync());
        Assert.Single(await Flow.ClaimScansAsync(10, Lease, Ct));
        Storage.Time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Flow.ClaimScansAsync(10, Lease, Ct));
        Storage.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, Assert.Single(await Flow.ClaimScansAsync(10, Lease, Ct)).Attempt);
    }

    [Fact]
    public async Task Oldest_due_is_claimed_first_and_no_more_than_asked()
    {
        var tenant = await TenantAsync();
        var first = await AcceptAsync(tenant);
        Storage.Time.Advance(TimeSpan.FromSeconds(1));
        await AcceptAsync(tenant);
        Assert.Equal(first.Id, Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct)).MessageId);
    }

    [Theory]
    [InlineData(DeliveryState.Queued, EventKinds.Queued)]
    [InlineData(DeliveryState.Quarantined, EventKinds.Quarantined)]
    [InlineData(DeliveryState.Held, EventKinds.Held)]
    [InlineData(DeliveryState.Rejected, EventKinds.Rejected)]
    [InlineData(DeliveryState.Inspected, EventKinds.Inspected)]
    public async Task A_verdict_moves_each_delivery_with_one_event(DeliveryState to, string kind)
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, to);
        Assert.Equal(to, (await DeliveryAsync(tenant, delivery)).State);
        Assert.Equal([EventKinds.Received, kind], await KindsAsync(tenant));
    }

    [Fact]
    public async Task The_verdict_is_kept_whole_without_its_text()
    {
        var tenant = await TenantAsync();
        var message = await Mails.SealedAsync(Storage, tenant, "body", Ct);
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var verdict = Mails.Verdict(text: "secret text");
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined, verdict), Ct);
        var row = await MessageAsync(tenant, message.Id);
        Assert.Equivalent(verdict with { Facts = verdict.Facts with { Text = "" } }, StoredJson.ReadVerdict(row.VerdictJson!));
        Assert.DoesNotContain("secret text", row.VerdictJson, StringComparison.Ordinal);
        Assert.Equal((VerdictKind.Phishing, AttackType.CredentialPhishing, 80, "NL"), (row.Verdict, row.AttackType, row.Score, row.OriginCountry));
        Assert.Equal(lease.ReceivedAt, StoredJson.ReadContext(row.ContextJson!).Now);
    }

    [Fact]
    public async Task The_event_of_a_verdict_tells_it_with_lists_cut_to_their_true_total()
    {
        var tenant = await TenantAsync();
        await DeliveryInAsync(tenant, DeliveryState.Quarantined);
        using var data = JsonDocument.Parse((await EventsAsync(tenant))[^1].Data);
        var root = data.RootElement;
        Assert.Equal("phishing", root.GetProperty("verdict").GetString());
        Assert.Equal("credential-phishing", root.GetProperty("attackType").GetString());
        Assert.Equal(80, root.GetProperty("score").GetInt32());
        Assert.Equal("NL", root.GetProperty("origin").GetProperty("country").GetString());
        Assert.Equal("quarantine", root.GetProperty("action").GetString());
        Assert.Equal("id@outside.test", root.GetProperty("messageIdHeader").GetString());
        var links = root.GetProperty("links");
        Assert.Equal((25, true, 10), (links.GetProperty("total").GetInt32(), links.GetProperty("truncated").GetBoolean(), links.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task The_event_of_a_verdict_tells_who_vouches_for_the_sender()
    {
        var tenant = await TenantAsync();
        var lease = await ClaimedAsync(tenant);
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined, Mails.Verdict() with { Authentication = Mails.Authentication() }), Ct);

        using var data = JsonDocument.Parse((await EventsAsync(tenant))[^1].Data);

        Assert.Equal(
            """{"spf":"softfail","spfDomain":"outside.test","dkim":"pass","dkimDomain":"signer.test","dmarc":"fail","dmarcDomain":"outside.test","dmarcPolicy":"reject","arc":"none"}""",
            data.RootElement.GetProperty("authentication").GetRawText());
    }

    [Fact]
    public async Task What_was_found_of_the_sender_comes_with_the_claimed_delivery()
    {
        var tenant = await TenantAsync();
        var lease = await ClaimedAsync(tenant);
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Queued, Mails.Verdict() with { Authentication = Mails.Authentication() }), Ct);

        var claimed = Assert.Single(await Flow.ClaimRelaysAsync(1, Lease, Ct));

        Assert.Equivalent(Mails.Authentication().Results, claimed.Results, strict: true);
    }

    [Fact]
    public async Task The_answers_of_DNS_are_kept_with_the_context_alone()
    {
        var tenant = await TenantAsync();
        var lease = await ClaimedAsync(tenant);
        var dns = new DnsSnapshot([new DnsExchange("outside.test", DnsType.Txt, DnsStatus.Found, ["v=spf1 -all"])]);
        var outcome = Mails.Outcome(lease, DeliveryState.Queued, Mails.Verdict() with { Dns = dns });
        await Flow.CompleteScanAsync(lease, outcome with { Context = outcome.Context with { Dns = dns } }, Ct);

        var row = await MessageAsync(tenant, lease.MessageId);

        Assert.Equivalent(dns, StoredJson.ReadContext(row.ContextJson!).Dns, strict: true);
        Assert.DoesNotContain("spf1", row.VerdictJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_writes_nothing()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        var frozen = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        Storage.Time.Advance(Lease);
        var second = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        Assert.False(await Flow.CompleteScanAsync(frozen, Mails.Outcome(frozen, DeliveryState.Queued), Ct));
        Assert.False(await Flow.FailScanAsync(frozen, "late", Storage.Time.GetUtcNow(), Ct));
        Assert.False(await Flow.ReturnScanAsync(frozen, Storage.Time.GetUtcNow(), Ct));
        Assert.Equal([EventKinds.Received], await KindsAsync(tenant));
        Assert.True(await Flow.CompleteScanAsync(second, Mails.Outcome(second, DeliveryState.Quarantined), Ct));
        Assert.False(await Flow.CompleteScanAsync(second, Mails.Outcome(second, DeliveryState.Quarantined), Ct));
    }

    [Fact]
    public async Task An_outcome_that_forgets_a_delivery_is_refused_whole()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var outcome = Mails.Outcome(lease, DeliveryState.Queued);
        await Assert.ThrowsAsync<ArgumentException>(() => Flow.CompleteScanAsync(lease, outcome with { Decisions = [outcome.Decisions[0]] }, Ct));
        Assert.Equal([EventKinds.Received, EventKinds.Received], await KindsAsync(tenant));
        Assert.True(await Flow.CompleteScanAsync(lease, outcome, Ct));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Released)]
    [InlineData(DeliveryState.Received)]
    public async Task A_verdict_cannot_move_where_the_table_of_moves_forbids(DeliveryState to)
    {
        await AcceptAsync(await TenantAsync());
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Flow.CompleteScanAsync(lease, Mails.Outcome(lease, to), Ct));
    }

    [Fact]
    public async Task A_lost_attempt_is_due_again_when_told()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        Assert.True(await Flow.FailScanAsync(lease, "crashed", Storage.Time.GetUtcNow() + TimeSpan.FromSeconds(5), Ct));
        Assert.Empty(await Flow.ClaimScansAsync(1, Lease, Ct));
        Storage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct)).Attempt);
    }

    [Fact]
    public async Task A_message_given_back_costs_no_attempt_and_no_event()
    {
        var tenant = await TenantAsync();
        await AcceptAsync(tenant);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        Assert.True(await Flow.ReturnScanAsync(lease, Storage.Time.GetUtcNow(), Ct));
        Assert.Equal(1, Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct)).Attempt);
        Assert.Equal([EventKinds.Received], await KindsAsync(tenant));
    }

    [Fact]
    public async Task The_third_lost_attempt_holds_the_message_for_a_person()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant);
        for (var attempt = 1; attempt <= ScanLease.MaxAttempts; attempt++)
        {
            var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
            Assert.True(await Flow.FailScanAsync(lease, "crashed", Storage.Time.GetUtcNow(), Ct));
        }

        await AssertHeldAsync(tenant, message);
    }

    [Fact]
    public async Task A_message_whose_scanners_never_came_back_is_held_and_not_handed_out_again()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant);
        for (var attempt = 1; attempt <= ScanLease.MaxAttempts; attempt++)
        {
            Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
            Storage.Time.Advance(Lease);
        }

        Assert.Empty(await Flow.ClaimScansAsync(1, Lease, Ct));
        await AssertHeldAsync(tenant, message);
    }

    [Fact]
    public async Task A_held_message_can_be_scanned_again_with_fresh_attempts()
    {
        var tenant = await TenantAsync();
        var delivery = await DeliveryInAsync(tenant, DeliveryState.Held);
        var outcome = await Flow.RescanAsync(Scope.System(tenant, "test"), delivery, Ct);
        Assert.Equal(new MoveOutcome(MoveStatus.Moved, DeliveryState.Received), outcome);
        Assert.Equal(1, Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct)).Attempt);
        Assert.Equal(EventKinds.Requeued, (await KindsAsync(tenant))[^1]);
    }

    [Fact]
    public async Task A_delivery_sent_back_during_a_scan_is_not_forgotten()
    {
        var tenant = await TenantAsync();
        var scope = Scope.System(tenant, "test");
        var message = await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Held), Ct);
        await Flow.RescanAsync(scope, message.Deliveries[0].Id, Ct);
        var early = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.RescanAsync(scope, message.Deliveries[1].Id, Ct);
        Assert.False(await Flow.CompleteScanAsync(early, Mails.Outcome(early, DeliveryState.Queued), Ct));
        Assert.Equal(2, Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct)).Deliveries.Count);
    }

    private async Task AssertHeldAsync(Guid tenant, NewMessage message)
    {
        var delivery = await DeliveryAsync(tenant, message.Deliveries[0].Id);
        Assert.Equal(DeliveryState.Held, delivery.State);
        Assert.StartsWith("could-not-inspect", delivery.LastStatus, StringComparison.Ordinal);
        Assert.Equal(ScanState.Abandoned, (await MessageAsync(tenant, message.Id)).ScanState);
        using var data = JsonDocument.Parse((await EventsAsync(tenant))[^1].Data);
        Assert.Equal("could-not-inspect", data.RootElement.GetProperty("reason").GetString());
        Storage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Flow.ClaimScansAsync(10, Lease, Ct));
    }

    private async Task<ScanLease> ClaimedAsync(Guid tenant)
    {
        await AcceptAsync(tenant);
        return Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
    }
}

public sealed class ScanOnSqlite() : ScanContract(new SqliteBackend());

public sealed class ScanOnPostgres(PostgresServer server) : ScanContract(new PostgresBackend(server));
