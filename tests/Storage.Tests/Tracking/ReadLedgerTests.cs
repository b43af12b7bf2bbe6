using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Tracking;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;
using Platform.Storage.Tracking;

namespace Platform.Storage.Tests.Tracking;

public abstract class ReadLedgerContract(IStorageBackend backend) : TrackingContract(backend)
{
    [Fact]
    public async Task A_graded_open_keeps_what_was_made_of_it_and_not_the_request()
    {
        var sent = await SentAsync();
        await CountAsync(sent, OpenGrade.Person);

        var open = Assert.Single(await OpensAsync(sent.Tenant));
        Assert.Equal((OpenGrade.Person, "browser", "JP", null, "Chrome", DeviceKind.Desktop, null, null), (open.Grade, open.Reason, open.Country, open.Region, open.Family, open.Device, open.Facts, open.DueAt));
    }

    [Fact]
    public async Task People_are_counted_with_their_times()
    {
        var sent = await SentAsync();
        await CountAsync(sent, OpenGrade.Machine);
        var first = Now;
        await CountAsync(sent, OpenGrade.Person);
        await CountAsync(sent, OpenGrade.Unknown);
        var last = Now;
        await CountAsync(sent, OpenGrade.Person);

        var row = await TrackedAsync(sent);
        Assert.Equal((2, 1, 1, first, last), (row.People, row.Machines, row.Unknowns, row.FirstAt, row.LastAt));
    }

    [Fact]
    public async Task An_open_counts_once_though_it_is_told_again()
    {
        var sent = await SentAsync();
        var due = await DueAsync(sent);
        for (var i = 0; i < 3; i++)
            await Ledger.CountAsync(sent.Tenant, sent.Message, await VersionAsync(sent), ToCount(due, OpenGrade.Person), Ct);

        Assert.Equal(1, (await TrackedAsync(sent)).People);
    }

    [Fact]
    public async Task Who_knows_an_old_version_counts_nothing()
    {
        var sent = await SentAsync();
        var (one, other) = (await DueAsync(sent), await DueAsync(sent));
        var version = await VersionAsync(sent);
        await Ledger.CountAsync(sent.Tenant, sent.Message, version, ToCount(one, OpenGrade.Person), Ct);

        await Assert.ThrowsAsync<StaleReadsException>(() => Ledger.CountAsync(sent.Tenant, sent.Message, version, ToCount(other, OpenGrade.Person), Ct));
        await Assert.ThrowsAsync<StaleReadsException>(() => Ledger.DropAsync(sent.Tenant, sent.Message, version, other.Id, Ct));
        Assert.Equal(1, (await TrackedAsync(sent)).People);
    }

    [Fact]
    public async Task The_history_is_what_was_counted_lately()
    {
        var sent = await SentAsync();
        await CountAsync(sent, OpenGrade.Person);
        await DueAsync(sent);

        Assert.Equal("n1", Assert.Single((await Ledger.OpenAsync(sent.Tenant, sent.Message, Now.AddHours(-1), Ct))!.Counted).NetworkKey);
    }

    [Fact]
    public async Task Nothing_is_begun_for_what_is_not_tracked()
    {
        var sent = await SentAsync(tracked: false);
        Assert.Null(await Ledger.OpenAsync(sent.Tenant, sent.Message, Now, Ct));
    }

    [Fact]
    public async Task The_first_by_a_person_and_powers_of_ten_are_told()
    {
        var sent = await SentAsync();
        await CountAsync(sent, OpenGrade.Machine);
        for (var i = 0; i < 12; i++)
            await CountAsync(sent, OpenGrade.Person);

        await using var db = Storage.Open(Scope.System(sent.Tenant, "test"));
        var told = await db.Events.Where(row => row.Kind == EventKinds.Read).OrderBy(row => row.Sequence).ToListAsync(Ct);
        Assert.All(told, row => Assert.Equal(sent.Deliveries[0], row.DeliveryId));
        var reads = told.Select(row => JsonDocument.Parse(row.Data).RootElement.GetProperty("read")).ToList();
        Assert.Equal([1, 10], reads.Select(read => read.GetProperty("count").GetInt32()));
        Assert.Equal(("JP", "Chrome", "desktop"), (reads[0].GetProperty("country").GetString(), reads[0].GetProperty("family").GetString(), reads[0].GetProperty("device").GetString()));
    }

    private async Task CountAsync(Sent sent, OpenGrade grade) => await Ledger.CountAsync(sent.Tenant, sent.Message, await VersionAsync(sent), ToCount(await DueAsync(sent), grade), Ct);

    private async Task<long> VersionAsync(Sent sent) => (await Ledger.OpenAsync(sent.Tenant, sent.Message, Now, Ct))!.Version;

    /// <summary>One more open, claimed to be graded.</summary>
    private async Task<DueOpen> DueAsync(Sent sent)
    {
        var at = Now;
        await Store.NoteAsync([Open(sent.Deliveries[0])], Ct);
        Storage.Time.Advance(GradedAfter);
        return (await Store.ClaimAsync(10, TimeSpan.FromDays(1), Ct)).Single(open => open.At == at);
    }
}

public sealed class SqliteReadLedgerTests() : ReadLedgerContract(new SqliteBackend());

public sealed class PostgresReadLedgerTests(PostgresServer server) : ReadLedgerContract(new PostgresBackend(server));
