using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Holds;
using Platform.Storage.Messages;
using Platform.Storage.Purging;
using Platform.Storage.Retention;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Retention;

public abstract class RetentionRunContract(IStorageBackend backend) : StorageContract(backend)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private IRetentionRuns Runs => Storage.Get<IRetentionRuns>();

    [Fact]
    public async Task Content_goes_first_and_the_rest_when_its_time_comes()
    {
        var (scope, tenant) = await TenantAsync();
        var message = await KeptMail.AddAsync(Storage, tenant, "oldmail", Ct, VerdictKind.Clean, DeliveryState.Inspected);
        Storage.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0), await RunAsync());
        Storage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), await RunAsync());
        await CompleteAsync();

        await using (var db = Storage.Open(scope))
        {
            var row = await db.Messages.SingleAsync(Ct);
            Assert.Null(row.BodyKey);
            Assert.Equal("oldmail", row.Subject);
            var reason = Assert.Single(StoredJson.ReadVerdict(row.VerdictJson!).Reasons);
            Assert.Equal(("reply-to-mismatch", 30, "", 0), (reason.Id, reason.Weight, reason.Evidence.Value, reason.Arguments.Count));
        }

        Assert.False(File.Exists(Path.Combine(Storage.Settings.BodyDirectory, message.Body.Reference.Name)));
        Assert.Equal([message.Id], await Storage.Get<IMessageSearch>().FindAsync(scope, "oldmail", 10, Ct));
        Assert.Empty(await Storage.Get<IMessageSearch>().FindAsync(scope, "\"the text says\"", 10, Ct));

        Storage.Time.Advance(TimeSpan.FromDays(335));
        Assert.Equal((0, 1), await RunAsync());
        await CompleteAsync();
        Assert.Empty(await AllTables.HoldingAsync(Storage, "oldmail", Ct));
        Assert.Empty(await Storage.Get<IMessageSearch>().FindAsync(scope, "oldmail", 10, Ct));
    }

    [Fact]
    public async Task Each_verdict_has_its_own_time()
    {
        var (scope, tenant) = await TenantAsync();
        await SetAsync(scope, tenant, RetentionClass.Unwanted, 5);
        await KeptMail.AddAsync(Storage, tenant, "spam", Ct, VerdictKind.Spam, DeliveryState.Inspected);
        await KeptMail.AddAsync(Storage, tenant, "phish", Ct, VerdictKind.Phishing);
        Storage.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal((0, 1), await RunAsync());
        await using var db = Storage.Open(scope);
        Assert.Equal("phish", (await db.Messages.SingleAsync(Ct)).Subject);
    }

    [Fact]
    public async Task Neither_what_is_held_nor_what_still_works_expires()
    {
        var (scope, tenant) = await TenantAsync();
        await SetAsync(scope, tenant, RetentionClass.Phishing, 1);
        var held = await KeptMail.AddAsync(Storage, tenant, "court", Ct);
        await KeptMail.AddAsync(Storage, tenant, "waits", Ct, to: DeliveryState.Held);
        await KeptMail.AddAsync(Storage, tenant, "queued", Ct, to: DeliveryState.Queued);
        await KeptMail.AddAsync(Storage, tenant, "gone", Ct);
        Assert.Null((await Storage.Get<IHoldCommands>().PlaceAsync(scope, tenant, new NewHold("A", "b") { MessageId = held.Id }, Ct)).Code);
        Storage.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal((0, 1), await RunAsync());
        await using var db = Storage.Open(scope);
        Assert.Equal(["court", "queued", "waits"], await db.Messages.Select(m => m.Subject).OrderBy(s => s).ToListAsync(Ct));
        Assert.Equal((1, 2), await db.RetentionRuns.Select(r => new { r.Messages, r.Held }).SingleAsync(Ct) is var run ? (run.Messages, run.Held) : default);
    }

    [Fact]
    public async Task A_run_goes_in_bounded_steps_and_tells_what_it_took()
    {
        var (scope, tenant) = await TenantAsync();
        await SetAsync(scope, tenant, RetentionClass.Phishing, 1);
        for (var i = 0; i < 5; i++)
            await KeptMail.AddAsync(Storage, tenant, $"mail{i}", Ct);
        Storage.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal((0, 5), await RunAsync(batch: 2));
        var told = (await Storage.Get<IEventFeed>().ReadAsync(scope, FeedId.OfTenant(tenant), null, 1_000, EventFilter.None, Ct)).Events.Single(e => e.Kind == EventKinds.RetentionPurged);
        var data = Encoding.UTF8.GetString(told.Data.Span);
        Assert.Contains("\"messages\":5", data, StringComparison.Ordinal);
        Assert.Contains("{\"day\":\"2026-11-24\",\"content\":0,\"messages\":5}", data, StringComparison.Ordinal);
        Assert.Null(await Runs.ClaimAsync(Lease, Ct));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_takes_nothing()
    {
        var (scope, tenant) = await TenantAsync();
        await SetAsync(scope, tenant, RetentionClass.Phishing, 1);
        await KeptMail.AddAsync(Storage, tenant, "mail", Ct);
        Storage.Time.Advance(TimeSpan.FromDays(2));
        var late = (await Runs.ClaimAsync(Lease, Ct))!;
        Storage.Time.Advance(Lease);
        Assert.NotNull(await Runs.ClaimAsync(Lease, Ct));
        await Assert.ThrowsAsync<RetentionLeaseLostException>(async () =>
        {
            for (var run = late; !run.IsOver;)
                run = (await Runs.StepAsync(run, 10, Lease, Ct))!;
        });
        await using var db = Storage.Open(scope);
        Assert.Equal(1, await db.Messages.CountAsync(Ct));
    }

    private async Task<(Scope Scope, Guid Tenant)> TenantAsync()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        return (Scope.System(tenant, "test"), tenant);
    }

    private async Task SetAsync(Scope scope, Guid tenant, RetentionClass kind, int days)
    {
        var values = new Dictionary<RetentionClass, int> { [kind] = days };
        Assert.Null((await Storage.Get<IRetentionRules>().SetAsync(scope, tenant, new RetentionChange(values, values, null), Ct)).Code);
    }

    private async Task<(int Content, int Messages)> RunAsync(int batch = 100)
    {
        var run = await Runs.ClaimAsync(Lease, Ct);
        Assert.NotNull(run);
        while (!run.IsOver)
            run = (await Runs.StepAsync(run, batch, Lease, Ct))!;
        await Runs.EndAsync(run, TimeSpan.FromMinutes(1), Ct);
        return (run.Content, run.Messages);
    }

    private async Task CompleteAsync()
    {
        await Storage.Get<SearchProjection>().RunOnceAsync(Ct);
        while (await Storage.Get<IPurgeCompletion>().RunOnceAsync(Ct))
            Assert.False(Ct.IsCancellationRequested);
    }
}

public sealed class RetentionRunOnSqlite() : RetentionRunContract(new SqliteBackend());

public sealed class RetentionRunOnPostgres(PostgresServer server) : RetentionRunContract(new PostgresBackend(server));
