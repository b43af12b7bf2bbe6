using Microsoft.EntityFrameworkCore;
using Platform.Storage.Messages;
using Platform.Storage.Notices;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Notices;

public abstract class NoticeQueueContract(IStorageBackend backend) : StorageContract(backend)
{
    private INoticeQueue Queue => Storage.Get<INoticeQueue>();

    [Fact]
    public async Task A_system_mail_waits_for_the_relay_without_inspection()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        Assert.True(await Queue.QueueAsync(Notice(tenant), "alert", 3, Ct));

        await using var db = Storage.Open(Scope.System(tenant, "test"));
        Assert.Equal((DeliveryState.Queued, IntakeMode.Notice), (await db.Deliveries.Select(d => d.State).SingleAsync(Ct), await db.Messages.Select(m => m.Mode).SingleAsync(Ct)));
        Assert.Empty(await Storage.Get<IMessageFlow>().ClaimScansAsync(10, TimeSpan.FromMinutes(1), Ct));
        Assert.Single(await Storage.Get<IMessageFlow>().ClaimRelaysAsync(10, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task An_address_gets_so_many_within_an_hour_and_then_again()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);

        Assert.Equal([true, true, true, false, false], await SendAsync(tenant, 5));
        Storage.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], await SendAsync(tenant, 4));
    }

    [Fact]
    public async Task One_address_or_tenant_does_not_use_up_the_share_of_another()
    {
        var acme = await Storage.AddTenantAsync("acme", Ct);
        var globex = await Storage.AddTenantAsync("globex", Ct);
        await SendAsync(acme, 3);

        Assert.True(await Queue.QueueAsync(Notice(acme, "sales@acme.test"), "alert", 3, Ct));
        Assert.True(await Queue.QueueAsync(Notice(globex), "alert", 3, Ct));
        Assert.False(await Queue.QueueAsync(Notice(acme, "INFO@acme.test"), "alert", 3, Ct));
    }

    [Fact]
    public async Task A_flood_of_one_kind_does_not_use_up_the_share_of_another()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        await SendAsync(tenant, 4);

        Assert.True(await Queue.QueueAsync(Notice(tenant), "password", 3, Ct));
    }

    private async Task<List<bool>> SendAsync(Guid tenant, int mails)
    {
        var sent = new List<bool>();
        for (var i = 0; i < mails; i++)
            sent.Add(await Queue.QueueAsync(Notice(tenant), "alert", 3, Ct));
        return sent;
    }

    private NewMessage Notice(Guid tenant, string recipient = "info@acme.test") => Mails.To(tenant, Storage.Time.GetUtcNow(), recipient) with { Mode = IntakeMode.Notice };
}

public sealed class NoticeQueueOnSqlite() : NoticeQueueContract(new SqliteBackend());

public sealed class NoticeQueueOnPostgres(PostgresServer server) : NoticeQueueContract(new PostgresBackend(server));
