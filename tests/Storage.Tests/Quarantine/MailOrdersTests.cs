using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Quarantine;

public abstract class MailOrdersContract(IStorageBackend backend) : StorageContract(backend)
{
    private IMailOrders Orders => Storage.Get<IMailOrders>();

    [Fact]
    public async Task An_order_beyond_the_share_of_its_recipient_waits_for_the_next_hour()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await OrderAsync(held, "first");
        await OrderAsync(held, "second");
        var orders = await Orders.WaitingAsync(10, 1, Ct);

        Assert.Equal(MailOrderOutcome.Queued, await Orders.CompleteAsync(orders[0], Notice(held), 1, Ct));
        Assert.Equal(MailOrderOutcome.PutOff, await Orders.CompleteAsync(orders[1], Notice(held), 1, Ct));

        Assert.Empty(await Orders.WaitingAsync(10, 1, Ct));
        Storage.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(orders[1].Id, Assert.Single(await Orders.WaitingAsync(10, 1, Ct)).Id);
    }

    /// <summary>Somebody is told what became of a report.</summary>
    private async Task OrderAsync(HeldMail held, string subject)
    {
        var (info, _, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct, subject: subject);
        var report = (await Storage.Get<IReports>().ReportAsync(held.OwnerOfInfo, info, ReportKind.Missed, "", Ct)).Value;
        Assert.Null((await Storage.Get<IReports>().DecideAsync(held.Whole, report, confirm: false, list: false, "", Ct)).Code);
    }

    private NewMessage Notice(HeldMail held) => Mails.To(held.Tenant, Storage.Time.GetUtcNow(), "info@acme.test") with { Mode = IntakeMode.Notice };
}

public sealed class MailOrdersOnSqlite() : MailOrdersContract(new SqliteBackend());

public sealed class MailOrdersOnPostgres(PostgresServer server) : MailOrdersContract(new PostgresBackend(server));
