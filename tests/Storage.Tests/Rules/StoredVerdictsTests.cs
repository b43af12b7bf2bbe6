using System.Text.Json;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Rules;

public abstract class StoredVerdictsContract(IStorageBackend backend) : FlowContract(backend)
{
    private static readonly DecisionRecord Why = new(VerdictKind.Phishing, PolicyAction.Deliver, PolicyAction.Quarantine, new RuleRevisions(3, 1))
    {
        Rule = new RuleHit(Guid.Parse("0194a0c0-1111-7000-8000-000000000001"), "請求書", 4, FromMsp: true, "subject contains \"請求書\""),
        Withheld = [new RuleHit(Guid.Parse("0194a0c0-1111-7000-8000-000000000002"), "eases", 1, FromMsp: false, "attack")],
    };

    private IStoredVerdicts Verdicts => Storage.Get<IStoredVerdicts>();

    [Fact]
    public async Task A_decision_is_kept_with_its_delivery_and_told_by_its_event()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, new ScanOutcome(Mails.Verdict(), Mails.Outcome(lease, DeliveryState.Queued).Context, [new DeliveryDecision(message.Deliveries[0].Id, DeliveryState.Quarantined, "quarantine", null) { Why = Why }]), Ct);

        var kept = RuleJson.ReadDecision((await DeliveryAsync(tenant, message.Deliveries[0].Id)).DecisionJson!);
        var told = JsonDocument.Parse((await EventsAsync(tenant)).Single(e => e.Kind == EventKinds.Quarantined).Data).RootElement.GetProperty("rule");
        Assert.Equivalent(Why, kept, strict: true);
        Assert.Equal(("請求書", 4, "msp"), (told.GetProperty("name").GetString(), told.GetProperty("revision").GetInt32(), told.GetProperty("from").GetString()));
    }

    [Fact]
    public async Task Verdicts_are_read_newest_first_page_by_page_within_their_period()
    {
        var tenant = await TenantAsync();
        var start = Storage.Time.GetUtcNow();
        List<Guid> ids = [];
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await ScannedAsync(tenant));
            Storage.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await AcceptAsync(tenant);
        var period = new VerdictPeriod(start.AddMinutes(1), start.AddMinutes(6));
        var first = await ReadAsync(tenant, period, null, 3);
        var second = await ReadAsync(tenant, period, first[^1].Place, 3);
        var third = await ReadAsync(tenant, period, second[^1].Place, 3);

        Assert.Equal([ids[5], ids[4], ids[3], ids[2], ids[1]], first.Concat(second).Concat(third).Select(found => found.Place.MessageId));
        Assert.Equal((5, 2), (await Verdicts.CountAsync(Scope.System(tenant, "test"), tenant, period, 100, Ct), await Verdicts.CountAsync(Scope.System(tenant, "test"), tenant, period, 2, Ct)));
    }

    [Fact]
    public async Task Mails_of_one_moment_are_each_read_once()
    {
        var tenant = await TenantAsync();
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await ScannedAsync(tenant));

        List<Guid> read = [];
        VerdictPlace? place = null;
        while (await ReadAsync(tenant, Always, place, 2) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(found => found.Place.MessageId));
            place = page[^1].Place;
        }

        Assert.Equal(ids.Order(), read.Order());
    }

    [Fact]
    public async Task What_a_condition_may_ask_is_as_it_was_at_the_scan()
    {
        var tenant = await TenantAsync();
        var message = await AcceptAsync(tenant, "info@acme.test", "sales@acme.test");
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined), Ct);
        await Flow.ReleaseAsync(Scope.System(tenant, "admin"), message.Deliveries[1].Id, Ct);

        var found = Assert.Single(await ReadAsync(tenant, Always, null, 10));
        Assert.Equivalent(lease.Envelope with { Recipients = [] }, found.Envelope with { Recipients = [] });
        Assert.Equal(message.Body.Size, found.Size);
        Assert.Equal(
            [("info@acme.test", DeliveryState.Quarantined, false), ("sales@acme.test", DeliveryState.Released, true)],
            found.Deliveries.OrderBy(fate => fate.Recipient, StringComparer.Ordinal).Select(fate => (fate.Recipient, fate.State, fate.Released)));
        Assert.Equal(StoredJson.Write(Mails.Verdict()), StoredJson.Write(found.Verdict));
    }

    [Theory]
    [InlineData(true, "Please pay.")]
    [InlineData(false, "")]
    public async Task The_text_is_read_only_where_it_is_asked_for(bool withText, string text)
    {
        var tenant = await TenantAsync();
        await ScannedAsync(tenant, "Please pay.");

        var found = Assert.Single(await Verdicts.ReadAsync(Scope.System(tenant, "test"), tenant, Always, null, 10, withText, Ct));
        Assert.Equal((text, false), (found.Verdict.Facts.Text, found.TextGone));
    }

    [Theory]
    [InlineData("Please pay.", "機密\tK-20417")]
    [InlineData("", "機密")]
    public async Task The_text_of_the_files_is_kept_beside_that_of_the_body(string text, string files)
    {
        var tenant = await TenantAsync();
        await ScannedAsync(tenant, text, files);

        var facts = Assert.Single(await Verdicts.ReadAsync(Scope.System(tenant, "test"), tenant, Always, null, 10, withText: true, Ct)).Verdict.Facts;
        Assert.Equal((text, files), (facts.Text, facts.FilesText));
    }

    [Fact]
    public async Task Another_tenants_verdicts_are_out_of_reach()
    {
        var tenant = await TenantAsync();
        await ScannedAsync(tenant);
        var other = Scope.System(await Storage.AddTenantAsync("globex", Ct), "test");

        await Assert.ThrowsAsync<ScopeViolationException>(() => Verdicts.ReadAsync(other, tenant, Always, null, 10, withText: false, Ct));
        await Assert.ThrowsAsync<ScopeViolationException>(() => Verdicts.CountAsync(other, tenant, Always, 10, Ct));
        Assert.Empty(await Verdicts.ReadAsync(other, other.Tenants.Single(), Always, null, 10, withText: false, Ct));
    }

    private static VerdictPeriod Always => new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));

    private async Task<Guid> ScannedAsync(Guid tenant, string text = "", string files = "")
    {
        var message = await Mails.SealedAsync(Storage, tenant, "Subject: x\r\n\r\n", Ct);
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        var verdict = Mails.Verdict(text: text);
        Assert.True(await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Queued, verdict with { Facts = verdict.Facts with { FilesText = files } }), Ct));
        return message.Id;
    }

    private Task<IReadOnlyList<StoredVerdict>> ReadAsync(Guid tenant, VerdictPeriod period, VerdictPlace? after, int max) =>
        Verdicts.ReadAsync(Scope.System(tenant, "test"), tenant, period, after, max, withText: false, Ct);
}

public sealed class StoredVerdictsOnSqlite() : StoredVerdictsContract(new SqliteBackend());

public sealed class StoredVerdictsOnPostgres(PostgresServer server) : StoredVerdictsContract(new PostgresBackend(server));
