using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Search;

public abstract class SearchProjectionContract(IStorageBackend backend) : FlowContract(backend)
{
    private SearchProjection Projection => Storage.Get<SearchProjection>();

    private IMessageSearch Search => Storage.Get<IMessageSearch>();

    [Fact]
    public async Task A_scanned_message_is_found_by_its_subject_text_and_recipient()
    {
        var tenant = await TenantAsync();
        var message = await ScanAsync(tenant, "至急ご確認ください", "口座番号が変わりました");
        await Projection.RunOnceAsync(Ct);
        foreach (var query in (string[])["至急", "口座番号", "info@acme.test", "boss", "請求書.pdf"])
            Assert.Equal([message], await FindAsync(tenant, query));
    }

    [Fact]
    public async Task A_message_scanned_later_is_indexed_by_the_next_run()
    {
        var tenant = await TenantAsync();
        await Projection.RunOnceAsync(Ct);
        var message = await ScanAsync(tenant, "later", "");
        Assert.Equal(1, await Projection.RunOnceAsync(Ct));
        Assert.Equal([message], await FindAsync(tenant, "later"));
        Assert.Equal(0, await Projection.RunOnceAsync(Ct));
    }

    [Fact]
    public async Task The_position_is_the_last_event()
    {
        var tenant = await TenantAsync();
        await ScanAsync(tenant, "x", "");
        await Projection.RunOnceAsync(Ct);
        Assert.Equal(5, await Search.PositionAsync(tenant, Ct));
    }

    [Fact]
    public async Task A_rebuilt_index_is_whole_also_when_old_events_are_gone()
    {
        var tenant = await TenantAsync();
        var message = await ScanAsync(tenant, "old mail", "");
        await Projection.RunOnceAsync(Ct);
        await using (var db = Storage.Open(Scope.System(tenant, "test")))
            await db.Events.ExecuteDeleteAsync(Ct);
        await Projection.RebuildAsync(Ct);
        Assert.Empty(await FindAsync(tenant, "old mail"));
        await Projection.RunOnceAsync(Ct);
        Assert.Equal([message], await FindAsync(tenant, "old mail"));
    }

    [Fact]
    public async Task A_message_whose_key_was_deleted_is_indexed_without_its_text()
    {
        var tenant = await TenantAsync();
        await ScanAsync(tenant, "subject", "purged text");
        await using (var db = Storage.Open(Scope.System(tenant, "test")))
            await db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.BodyKey, (byte[]?)null), Ct);
        await Projection.RunOnceAsync(Ct);
        Assert.Single(await FindAsync(tenant, "subject"));
        Assert.Empty(await FindAsync(tenant, "purged text"));
    }

    private async Task<Guid> ScanAsync(Guid tenant, string subject, string text)
    {
        var message = await Mails.SealedAsync(Storage, tenant, "body", Ct);
        await Flow.AcceptAsync([message], Ct);
        var lease = Assert.Single(await Flow.ClaimScansAsync(1, Lease, Ct));
        await Flow.CompleteScanAsync(lease, Mails.Outcome(lease, DeliveryState.Quarantined, Mails.Verdict(subject: subject, text: text)), Ct);
        return message.Id;
    }

    private Task<IReadOnlyList<Guid>> FindAsync(Guid tenant, string query) => Search.FindAsync(Scope.System(tenant, "test"), query, 10, Ct);
}

public sealed class SearchProjectionOnSqlite() : SearchProjectionContract(new SqliteBackend());

public sealed class SearchProjectionOnPostgres(PostgresServer server) : SearchProjectionContract(new PostgresBackend(server));
