using Platform.Storage.Accounts;
using Platform.Storage.Groups;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Sending;

public abstract class SendLedgerContract(IStorageBackend backend) : SendingContract(backend)
{
    [Fact]
    public async Task What_was_accepted_is_counted_by_second()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com", "b@example.com"));
        await AcceptAsync(Submitted(sender, "A@example.com"));
        Storage.Time.Advance(TimeSpan.FromSeconds(5));
        await AcceptAsync(Submitted(sender, "c@example.com"));

        var history = await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct);

        Assert.Equal([new SentCount(Now.AddSeconds(-5), 2, 0, 3, 2), new SentCount(Now, 1, 0, 1, 1)], history.Sent);
    }

    [Fact]
    public async Task Recipients_within_the_tenant_are_counted_apart()
    {
        var sender = await SenderAsync("acme");
        var message = Submitted(sender, "info@acme.test", "b@example.com");
        await AcceptAsync(message with { Deliveries = [message.Deliveries[0] with { MailboxId = sender.Mailbox }, message.Deliveries[1]] });

        var sent = Assert.Single((await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct)).Sent);

        Assert.Equal((1, 1), (sent.Inside, sent.Outside));
    }

    [Fact]
    public async Task Mail_that_came_in_is_not_counted()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Mails.To(sender.Tenant, Now, "info@acme.test"));

        Assert.Empty((await Ledger.OpenAsync(new SendSubject(sender.Tenant, SendSubjectKind.Tenant, sender.Tenant), Now.AddDays(-1), Ct)).Sent);
    }

    [Fact]
    public async Task What_was_before_the_window_is_left_out()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        Storage.Time.Advance(TimeSpan.FromHours(2));

        Assert.Empty((await Ledger.OpenAsync(SubjectOf(sender), Now.AddHours(-1), Ct)).Sent);
    }

    [Fact]
    public async Task A_message_is_accepted_under_the_count_that_let_it_through()
    {
        var sender = await SenderAsync("acme");
        var epoch = (await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct)).Epoch;

        await AcceptAsync(Submitted(sender, "a@example.com") with { Permits = [new SendPermit(sender.Mailbox, epoch)] });

        Assert.Single(await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task Nothing_is_accepted_under_a_count_that_was_begun_anew()
    {
        var sender = await SenderAsync("acme");
        var epoch = (await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct)).Epoch;
        await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct);

        var refused = await Assert.ThrowsAsync<SendPermitException>(() => AcceptAsync(Submitted(sender, "a@example.com") with { Permits = [new SendPermit(sender.Mailbox, epoch)] }));

        Assert.Equal(sender.Mailbox, refused.SubjectId);
        Assert.Empty(await StatesAsync(sender.Tenant));
    }

    [Fact]
    public async Task Only_addresses_that_were_never_written_to_are_new()
    {
        var sender = await SenderAsync("acme");
        var other = await SenderAsync("globex");
        await AcceptAsync(Submitted(sender, "a@example.com"));
        await AcceptAsync(Submitted(other, "b@example.com"));

        Assert.Equal(1, await Ledger.CountNewAsync(sender.Mailbox, ["A@Example.com", "b@example.com", "B@example.com"], Ct));
    }

    [Fact]
    public async Task What_a_server_hands_over_is_the_mailboxs_where_it_is_for_one_and_else_its_own()
    {
        var sender = await SenderAsync("acme");
        var server = Guid.NewGuid();
        await AcceptAsync(Submitted(sender, "a@example.com") with { ConnectorId = server });
        await AcceptAsync(Submitted(sender, "b@example.com", "c@example.com") with { ConnectorId = server, SenderMailboxId = null });

        Assert.Equal([new SentCount(Now, 1, 0, 1, 1)], (await Ledger.OpenAsync(SubjectOf(sender), Now.AddDays(-1), Ct)).Sent);
        Assert.Equal([new SentCount(Now, 1, 0, 2, 2)], (await Ledger.OpenAsync(new SendSubject(sender.Tenant, SendSubjectKind.Connector, server), Now.AddDays(-1), Ct)).Sent);
        Assert.Equal([new SentCount(Now, 2, 0, 3, 3)], (await Ledger.OpenAsync(new SendSubject(sender.Tenant, SendSubjectKind.Tenant, sender.Tenant), Now.AddDays(-1), Ct)).Sent);
    }

    [Fact]
    public async Task Nothing_of_a_server_is_accepted_under_a_count_that_was_begun_anew()
    {
        var sender = await SenderAsync("acme");
        var server = new SendSubject(sender.Tenant, SendSubjectKind.Connector, Guid.NewGuid());
        var epoch = (await Ledger.OpenAsync(server, Now.AddDays(-1), Ct)).Epoch;
        await Ledger.OpenAsync(server, Now.AddDays(-1), Ct);

        await Assert.ThrowsAsync<SendPermitException>(
            () => AcceptAsync(Submitted(sender, "a@example.com") with { ConnectorId = server.Id, SenderMailboxId = null, Permits = [new SendPermit(server.Id, epoch)] }));
    }

    [Fact]
    public async Task A_group_counts_the_mailboxes_of_accounts_that_are_its_members()
    {
        var sender = await SenderAsync("acme");
        var scope = Scope.System(sender.Tenant, "test");
        var account = await Storage.Get<IAccountCommands>().CreateAsync(scope, AccountOwner.Tenant(sender.Tenant), new NewAccount("info@acme.test", "Info", [BuiltInRoles.Employee.Id], "en"), Ct);
        var group = (await Storage.Get<IGroupCommands>().CreateAsync(scope, sender.Tenant, new NewGroup("Sales"), Ct)).Value;
        Assert.Null((await Storage.Get<IGroupCommands>().ChangeMembersAsync(scope, group, [new GroupMember(GroupMemberKind.Account, account.Value)], [], Ct)).Code);
        await AcceptAsync(Submitted(sender, "a@example.com"));

        Assert.Equal([new SentCount(Now, 1, 0, 1, 1)], (await Ledger.OpenAsync(new SendSubject(sender.Tenant, SendSubjectKind.Group, group), Now.AddDays(-1), Ct)).Sent);
    }

    [Fact]
    public async Task Many_recipients_are_asked_in_pages()
    {
        var sender = await SenderAsync("acme");
        await AcceptAsync(Submitted(sender, [.. Enumerable.Range(0, 300).Select(i => $"p{i}@example.com")]));

        Assert.Equal(150, await Ledger.CountNewAsync(sender.Mailbox, [.. Enumerable.Range(150, 300).Select(i => $"p{i}@example.com")], Ct));
    }
}

public sealed class SqliteSendLedgerTests() : SendLedgerContract(new SqliteBackend());

public sealed class PostgresSendLedgerTests(PostgresServer server) : SendLedgerContract(new PostgresBackend(server));
