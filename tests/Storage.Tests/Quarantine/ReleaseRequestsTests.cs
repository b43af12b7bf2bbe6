using Microsoft.EntityFrameworkCore;
using Platform.Engine.Verdicts;
using Platform.Storage.Accounts;
using Platform.Storage.Events;
using Platform.Storage.Messages;
using Platform.Storage.Quarantine;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Quarantine;

public abstract class ReleaseRequestsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IReleaseRequests Requests => Storage.Get<IReleaseRequests>();

    [Fact]
    public async Task A_request_goes_to_those_who_may_release_and_its_approval_delivers_to_the_one_mailbox()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        await AddAsync(held, "admin@acme.test", BuiltInRoles.Administrator);
        await AddAsync(held, "audit@acme.test", BuiltInRoles.Auditor);
        await AddAsync(held, "info@acme.test", BuiltInRoles.Employee);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);

        var id = (await Requests.RequestAsync(held.OwnerOfInfo, info, "a partner", Ct)).Value;

        Assert.Equal([("admin@acme.test", MailOrderKinds.ReleaseRequested)], await OrdersAsync());
        Assert.Null((await Requests.DecideAsync(held.Whole, id, approve: true, "fine", Ct)).Code);
        Assert.Equal((DeliveryState.Released, DeliveryState.Quarantined), (await held.StateAsync(info, Ct), await held.StateAsync(sales, Ct)));
        Assert.Contains(("info@acme.test", MailOrderKinds.ReleaseDecided), await OrdersAsync());
        await using var db = Storage.Open(held.Whole);
        Assert.Equal([EventKinds.ReleaseRequested, EventKinds.ReleaseApproved], await db.Events.Where(row => EF.Functions.Like(row.Kind, "release.%")).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync(Ct));
        var request = await db.ReleaseRequests.SingleAsync(Ct);
        Assert.Equal((RequestState.Approved, "fine", "system:admin"), (request.State, request.DecisionNote, request.DecidedBy));
    }

    [Fact]
    public async Task A_refusal_leaves_the_mail_held_and_is_the_last_word()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        var id = (await Requests.RequestAsync(held.OwnerOfInfo, info, "", Ct)).Value;

        Assert.Null((await Requests.DecideAsync(held.Whole, id, approve: false, "", Ct)).Code);

        Assert.Equal(DeliveryState.Quarantined, await held.StateAsync(info, Ct));
        Assert.Equal("ALREADY_DECIDED", (await Requests.DecideAsync(held.Whole, id, approve: true, "", Ct)).Code);
        Assert.Equal("ALREADY_REQUESTED", (await Requests.RequestAsync(held.OwnerOfInfo, info, "", Ct)).Code);
    }

    [Fact]
    public async Task An_administrator_who_releases_the_mail_answers_the_request_too()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        await Requests.RequestAsync(held.OwnerOfInfo, info, "", Ct);

        await Storage.Get<IMessageFlow>().ReleaseAsync(held.Whole, info, Ct);

        await using var db = Storage.Open(held.Whole);
        Assert.Equal(RequestState.Approved, (await db.ReleaseRequests.SingleAsync(Ct)).State);
    }

    [Fact]
    public async Task The_owner_of_a_mailbox_asks_for_its_own_mail_alone_and_decides_over_nothing()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (info, sales, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);

        Assert.Equal("NOT_FOUND", (await Requests.RequestAsync(held.OwnerOfInfo, sales, "", Ct)).Code);
        var id = (await Requests.RequestAsync(held.OwnerOfInfo, info, "", Ct)).Value;
        Assert.Equal("NOT_FOUND", (await Requests.DecideAsync(held.OwnerOfInfo, id, approve: true, "", Ct)).Code);
    }

    [Fact]
    public async Task An_owner_releases_only_what_the_policy_lets_the_owner_release()
    {
        var held = await HeldMail.StartAsync(Storage, Ct);
        var (phish, _, _) = await held.ComeAsync(VerdictKind.Phishing, DeliveryState.Quarantined, Ct);
        var (spam, _, _) = await held.ComeAsync(VerdictKind.Spam, DeliveryState.Quarantined, Ct);
        var flow = Storage.Get<IMessageFlow>();

        Assert.Equal(MoveStatus.NotPermitted, (await flow.ReleaseAsync(held.OwnerOfInfo, phish, Ct)).Status);
        Assert.Equal(MoveStatus.Moved, (await flow.ReleaseAsync(held.OwnerOfInfo, spam, Ct)).Status);
    }

    private async Task AddAsync(HeldMail held, string address, Role role) =>
        Assert.Null((await Storage.Get<IAccountCommands>().CreateAsync(held.Whole, AccountOwner.Tenant(held.Tenant), new NewAccount(address, address, [role.Id]), Ct)).Code);

    private async Task<IReadOnlyList<(string, string)>> OrdersAsync() => [.. (await Storage.Get<IMailOrders>().WaitingAsync(100, 60, Ct)).Select(order => (order.Recipient, order.Kind))];
}

public sealed class ReleaseRequestsOnSqlite() : ReleaseRequestsContract(new SqliteBackend());

public sealed class ReleaseRequestsOnPostgres(PostgresServer server) : ReleaseRequestsContract(new PostgresBackend(server));
