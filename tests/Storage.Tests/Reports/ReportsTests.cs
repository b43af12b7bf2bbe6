using Microsoft.EntityFrameworkCore;
using Platform.Engine.Learning;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Tests.Quarantine;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Reports;

public abstract class ReportsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IReports Reports => Storage.Get<IReports>();

    private IReportMails Kept => Storage.Get<IReportMails>();

    [Fact]
    public async Task A_confirmed_attack_is_stopped_for_the_others_and_its_sender_blocked()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, message) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct, but: Proven);
        var (again, _, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct);
        var (other, _, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct, subject: "another", from: "else@outside.test");
        var id = (await Reports.ReportAsync(held.OwnerOfInfo, info, ReportKind.Missed, "asks for my password", Ct)).Value;

        Assert.Null((await Reports.DecideAsync(held.Whole, id, confirm: true, list: true, "thank you", Ct)).Code);

        Assert.Equal(
            [DeliveryState.Quarantined, DeliveryState.Quarantined, DeliveryState.Quarantined, DeliveryState.Queued],
            [await held.StateAsync(info, Ct), await held.StateAsync(sales, Ct), await held.StateAsync(again, Ct), await held.StateAsync(other, Ct)]);
        await using var db = Storage.Open(held.Whole);
        var report = await db.Reports.SingleAsync(Ct);
        Assert.Equal((ReportState.Confirmed, 4, true), (report.State, report.Held, report.Listed));
        Assert.Equal("boss@outside.test", (await db.ListEntries.SingleAsync(Ct)).Value);
        var label = Assert.Single(await Storage.Get<ILearningLabels>().OfAsync(held.Tenant, Ct));
        Assert.Equal((message, MailLabel.Phishing), (label.MessageId, label.Label));
        Assert.Equal([("info@acme.test", MailOrderKinds.ReportDecided)], (await Storage.Get<IMailOrders>().WaitingAsync(10, 60, Ct)).Select(order => (order.Recipient, order.Kind)));
        Assert.Equal([EventKinds.ReportReceived, EventKinds.ReportConfirmed], await db.Events.Where(row => EF.Functions.Like(row.Kind, "report.%")).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_confirmed_false_positive_is_released_to_those_who_asked()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        var id = (await Reports.ReportAsync(held.OwnerOfInfo, info, ReportKind.FalsePositive, "", Ct)).Value;

        Assert.Null((await Reports.DecideAsync(held.Whole, id, confirm: true, list: false, "", Ct)).Code);

        Assert.Equal((DeliveryState.Released, DeliveryState.Quarantined), (await held.StateAsync(info, Ct), await held.StateAsync(sales, Ct)));
        Assert.Equal(MailLabel.Honest, Assert.Single(await Storage.Get<ILearningLabels>().OfAsync(held.Tenant, Ct)).Label);
    }

    [Fact]
    public async Task A_confirmed_attack_is_not_released_by_those_it_was_for()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct);
        await ConfirmAsync(held, sales, ReportKind.Missed);

        Assert.Equal(MoveStatus.NotPermitted, (await Storage.Get<IMessageFlow>().ReleaseAsync(held.OwnerOfInfo, info, Ct)).Status);
    }

    [Fact]
    public async Task What_was_held_as_unwanted_before_it_was_found_an_attack_is_not_released_either()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        await ConfirmAsync(held, sales, ReportKind.Missed);

        Assert.Equal(MoveStatus.NotPermitted, (await Storage.Get<IMessageFlow>().ReleaseAsync(held.OwnerOfInfo, info, Ct)).Status);
    }

    [Fact]
    public async Task The_same_mail_in_other_bytes_of_the_same_proven_author_is_released_with_it()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (_, looked, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct, but: Proven);
        var (other, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct, text: "Dear Info", but: Proven);
        await Reports.ReportAsync(held.OwnerOfInfo, other, ReportKind.FalsePositive, "", Ct);

        await ConfirmAsync(held, looked, ReportKind.FalsePositive);

        Assert.Equal(DeliveryState.Released, await held.StateAsync(other, Ct));
    }

    [Theory]
    [InlineData("worse")]
    [InlineData("unproven")]
    [InlineData("other link")]
    [InlineData("other file")]
    [InlineData("other text")]
    public async Task A_mail_that_was_made_to_look_the_same_waits_on(string difference)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (_, looked, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct, but: Proven);
        var (other, _, _) = await held.ComeAsync(
            difference == "worse" ? VerdictKind.Malware : VerdictKind.Phishing, DeliveryState.Quarantined, Ct, text: "Give me your password", but: verdict => Other(Proven(verdict), difference));
        var waiting = (await Reports.ReportAsync(held.OwnerOfInfo, other, ReportKind.FalsePositive, "", Ct)).Value;

        await ConfirmAsync(held, looked, ReportKind.FalsePositive);

        await using var db = Storage.Open(held.Whole);
        Assert.Equal((DeliveryState.Quarantined, ReportState.Waiting), (await held.StateAsync(other, Ct), (await db.Reports.SingleAsync(row => row.Id == waiting, Ct)).State));
    }

    [Theory]
    [InlineData(ReportKind.Missed, VerdictKind.Clean)]
    [InlineData(ReportKind.FalsePositive, VerdictKind.Spam)]
    public async Task Nobody_is_listed_for_a_mail_that_anybody_could_have_sent_in_his_name(ReportKind kind, VerdictKind verdict)
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(verdict, DeliveryState.Quarantined, Ct);

        await ConfirmAsync(held, info, kind);

        await using var db = Storage.Open(held.Whole);
        Assert.False((await db.Reports.SingleAsync(Ct)).Listed);
        Assert.Empty(await db.ListEntries.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_refused_report_changes_nothing_but_is_answered()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        var id = (await Reports.ReportAsync(held.OwnerOfInfo, info, ReportKind.FalsePositive, "", Ct)).Value;

        Assert.Null((await Reports.DecideAsync(held.Whole, id, confirm: false, list: true, "", Ct)).Code);

        Assert.Equal(DeliveryState.Quarantined, await held.StateAsync(info, Ct));
        Assert.Empty(await Storage.Get<ILearningLabels>().OfAsync(held.Tenant, Ct));
        Assert.Single(await Storage.Get<IMailOrders>().WaitingAsync(10, 60, Ct));
        Assert.Equal("ALREADY_DECIDED", (await Reports.DecideAsync(held.Whole, id, confirm: true, list: true, "", Ct)).Code);
    }

    [Fact]
    public async Task People_report_their_own_mail_once_and_decide_over_nothing()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct);

        Assert.Equal("NOT_FOUND", (await Reports.ReportAsync(held.OwnerOfInfo, sales, ReportKind.Missed, "", Ct)).Code);
        var id = (await Reports.ReportAsync(held.OwnerOfInfo, info, ReportKind.Missed, "", Ct)).Value;
        Assert.Equal("ALREADY_REPORTED", (await Reports.ReportAsync(held.OwnerOfInfo, info, ReportKind.Missed, "", Ct)).Code);
        Assert.Equal("NOT_FOUND", (await Reports.DecideAsync(held.OwnerOfInfo, id, confirm: true, list: true, "", Ct)).Code);
    }

    [Fact]
    public async Task A_report_button_finds_the_own_mail_by_its_message_id()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct);

        Assert.Equal(info, await Reports.FindAsync(held.OwnerOfInfo, "<id@outside.test>", null, Ct));
        Assert.Equal(sales, await Reports.FindAsync(held.Whole, "id@outside.test", "Sales@acme.test", Ct));
        Assert.Null(await Reports.FindAsync(held.OwnerOfInfo, "id@outside.test", "sales@acme.test", Ct));
        Assert.Null(await Reports.FindAsync(held.OwnerOfInfo, "<>", null, Ct));
    }

    [Fact]
    public async Task Of_several_mails_with_one_message_id_the_worst_is_meant()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (attack, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct, text: "a decoy");

        Assert.Equal(attack, await Reports.FindAsync(held.OwnerOfInfo, "id@outside.test", null, Ct));
        Assert.Equal(attack, (await Kept.MatchAsync(held.Tenant, held.Info, ["id@outside.test"], "", null, Ct))!.DeliveryId);
    }

    [Fact]
    public async Task Of_several_mails_with_one_message_id_the_one_with_the_content_of_the_attached_is_meant()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (forwarded, _, _) = await held.ComeAsync(VerdictKind.Clean, DeliveryState.Queued, Ct);
        await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct, subject: "another", text: "a decoy");
        var original = Mails.Verdict().Facts with { FromAddress = "boss@outside.test" };

        Assert.Equal(forwarded, (await Kept.MatchAsync(held.Tenant, held.Info, ["id@outside.test"], "", original, Ct))!.DeliveryId);
    }

    private static Verdict Proven(Verdict verdict) => verdict with { Authentication = Mails.Proven("outside.test") };

    private static Verdict Other(Verdict verdict, string difference) => difference switch
    {
        "unproven" => verdict with { Authentication = Mails.Authentication() },
        "other link" => verdict with { Facts = verdict.Facts with { Links = ["https://y.test/give", .. verdict.Facts.Links.Skip(1)] } },
        "other file" => verdict with { Facts = verdict.Facts with { Attachments = [verdict.Facts.Attachments[0] with { Sha256 = new string('c', 64) }] } },
        "other text" => verdict with { Facts = verdict.Facts with { Text = "Our bank account has changed." } },
        _ => verdict,
    };

    private async Task ConfirmAsync(HeldMail held, Guid delivery, ReportKind kind)
    {
        var id = (await Reports.ReportAsync(held.Whole, delivery, kind, "", Ct)).Value;
        Assert.Null((await Reports.DecideAsync(held.Whole, id, confirm: true, list: true, "", Ct)).Code);
    }
}

public sealed class ReportsOnSqlite() : ReportsContract(new SqliteBackend());

public sealed class ReportsOnPostgres(PostgresServer server) : ReportsContract(new PostgresBackend(server));
