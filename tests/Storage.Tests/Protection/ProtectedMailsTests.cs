using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Holds;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Protection;

public abstract class ProtectedMailsContract(IStorageBackend backend) : ProtectionContract(backend)
{
    [Fact]
    public async Task A_withdrawal_ends_what_is_read_at_this_moment()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        var secret = await EnterAsync(mail);
        var code = await Desk.MakeCodeAsync(mail, Ct);

        var done = await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: false, Ct);

        Assert.Equal(2, done.Value);
        Assert.Equal(ReaderState.Withdrawn, (await FindAsync(sample)).State);
        Assert.False(await Desk.ContinueAsync(mail, secret, isUse: true, Ct));
        Assert.Null(await Desk.EnterAsync(mail, code.Id, code.Code!, Ct));
        Assert.Equal(ReadingOutcome.Closed, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Assert.False(await Desk.DownloadedAsync(mail, Place, Ct));
    }

    [Fact]
    public async Task It_may_be_of_one_recipient_alone()
    {
        var sample = await ProtectAsync();
        await Protected.WithdrawAsync(Sender(sample), sample.Message, [sample.Deliveries[0]], destroy: false, Ct);

        Assert.Equal((ReaderState.Withdrawn, ReaderState.Open), ((await FindAsync(sample)).State, (await FindAsync(sample, recipient: 1)).State));
    }

    [Fact]
    public async Task It_can_be_undone_and_old_sessions_stay_out()
    {
        var sample = await ProtectAsync();
        var secret = await EnterAsync(await FindAsync(sample));
        await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: false, Ct);
        await Protected.RestoreAsync(Sender(sample), sample.Message, null, Ct);

        var mail = await FindAsync(sample);
        Assert.Equal(ReaderState.Open, mail.State);
        Assert.False(await Desk.ContinueAsync(mail, secret, isUse: true, Ct));
        Assert.True(await Desk.ContinueAsync(mail, await EnterAsync(mail), isUse: true, Ct));
    }

    [Fact]
    public async Task A_destroyed_key_opens_the_mail_for_nobody()
    {
        var sample = await ProtectAsync();
        var body = (await FindAsync(sample)).Body;
        await using (await Storage.Get<IBodyStore>().OpenReadAsync(sample.Tenant, body, Ct))
        {
            // It opens before.
        }

        await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: true, Ct);

        await Assert.ThrowsAsync<BodyMissingException>(() => Storage.Get<IBodyStore>().OpenReadAsync(sample.Tenant, body, Ct).AsTask());
        Assert.Equal(ReaderState.Gone, (await FindAsync(sample)).State);
        Assert.Equal("DESTROYED", (await Protected.RestoreAsync(Sender(sample), sample.Message, null, Ct)).Code);
        Assert.Null(await Protected.SubjectAsync(Sender(sample), sample.Message, Ct));
    }

    [Fact]
    public async Task A_key_is_destroyed_for_all_or_for_none()
    {
        var sample = await ProtectAsync();

        Assert.Equal("NOT_ALL", (await Protected.WithdrawAsync(Sender(sample), sample.Message, [sample.Deliveries[0]], destroy: true, Ct)).Code);
        Assert.Equal(ReaderState.Open, (await FindAsync(sample)).State);
    }

    [Fact]
    public async Task What_may_be_done_with_it_changes_at_once()
    {
        var sample = await ProtectAsync(form: Whole with { ViewOnly = true });
        var until = Now.AddDays(100);
        await Protected.ChangeAsync(Scope.System(sample.Tenant, "test"), sample.Message, null, viewOnly: false, until, Ct);

        var mail = await FindAsync(sample);
        Assert.Equal((false, until), (mail.Delivery.ViewOnly, mail.Delivery.ExpiresAt));
        Assert.True(await Desk.DownloadedAsync(mail, Place, Ct));
    }

    [Theory]
    [InlineData(null, 31, "NOT_ALLOWED_BY_RULE")]
    [InlineData(false, null, "NOT_ALLOWED_BY_RULE")]
    [InlineData(null, 29, null)]
    [InlineData(true, 30, null)]
    public async Task Its_sender_loosens_nothing_that_a_rule_asked_for(bool? viewOnly, int? days, string? code)
    {
        var sample = await ProtectAsync(form: Whole with { ViewOnly = true });
        var until = days is { } some ? Now.AddDays(some) : (DateTimeOffset?)null;

        Assert.Equal(code, (await Protected.ChangeAsync(Sender(sample), sample.Message, null, viewOnly, until, Ct)).Code);
    }

    [Fact]
    public async Task Its_sender_takes_back_what_it_tightened_itself()
    {
        var sample = await ProtectAsync();
        await Protected.ChangeAsync(Sender(sample), sample.Message, null, viewOnly: true, Now.AddDays(1), Ct);

        Assert.Equal(2, (await Protected.ChangeAsync(Sender(sample), sample.Message, null, viewOnly: false, Now.AddDays(30), Ct)).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("words that no index knows of it")]
    public async Task Under_a_legal_hold_its_key_stays(string? words)
    {
        var sample = await ProtectAsync();
        var hold = new NewHold("Case", "court order") { Search = words };
        Assert.Null((await Storage.Get<IHoldCommands>().PlaceAsync(Scope.System(sample.Tenant, "test"), sample.Tenant, hold, Ct)).Code);

        Assert.Equal("LEGAL_HOLD", (await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: true, Ct)).Code);
        Assert.Equal(ReaderState.Open, (await FindAsync(sample)).State);
        Assert.Equal(2, (await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: false, Ct)).Value);
    }

    [Fact]
    public async Task A_hold_on_another_mail_does_not_keep_its_key()
    {
        var (sample, other) = (await ProtectAsync(), Guid.NewGuid());
        var hold = new NewHold("Case", "court order") { Sender = $"nobody-{other:N}" };
        Assert.Null((await Storage.Get<IHoldCommands>().PlaceAsync(Scope.System(sample.Tenant, "test"), sample.Tenant, hold, Ct)).Code);

        Assert.Null((await Protected.WithdrawAsync(Sender(sample), sample.Message, null, destroy: true, Ct)).Code);
    }

    [Fact]
    public async Task The_audit_log_has_what_held_before_and_after()
    {
        var sample = await ProtectAsync();
        await Protected.ChangeAsync(Sender(sample), sample.Message, [sample.Deliveries[0]], viewOnly: true, null, Ct);

        await using var db = Storage.Open(Scope.System(sample.Tenant, "test"));
        var detail = await db.Audit.Where(row => row.Action == "protection.changed").Select(row => row.Detail).SingleAsync(Ct);
        Assert.StartsWith("{\"before\":{\"viewOnly\":false,\"expiresAt\":\"", detail, StringComparison.Ordinal);
        Assert.Contains("\"after\":{\"viewOnly\":true,\"expiresAt\":\"", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(367)]
    public async Task It_can_be_read_until_a_moment_of_the_next_year(int days)
    {
        var sample = await ProtectAsync();

        Assert.Equal("INVALID_EXPIRY", (await Protected.ChangeAsync(Sender(sample), sample.Message, null, null, Now.AddDays(days), Ct)).Code);
    }

    [Fact]
    public async Task Each_change_is_told_and_on_the_audit_log()
    {
        var sample = await ProtectAsync();
        await Protected.WithdrawAsync(Sender(sample), sample.Message, [sample.Deliveries[0]], destroy: false, Ct);
        await Protected.WithdrawAsync(Sender(sample), sample.Message, [sample.Deliveries[0]], destroy: false, Ct);

        Assert.Contains("\"change\":\"withdrawn\"", Assert.Single(await EventsAsync(sample, "protection.changed")), StringComparison.Ordinal);
        await using var db = Storage.Open(Scope.System(sample.Tenant, "test"));
        Assert.Equal(1, await db.Audit.CountAsync(row => row.Action == "protection.withdrawn", Ct));
    }

    [Fact]
    public async Task Who_did_not_send_it_finds_nothing_to_withdraw()
    {
        var sample = await ProtectAsync();
        var colleague = Sender(sample with { Mailbox = Guid.NewGuid() });

        Assert.Equal("NOT_FOUND", (await Protected.WithdrawAsync(colleague, sample.Message, null, destroy: false, Ct)).Code);
        Assert.Null(await Protected.SubjectAsync(colleague, sample.Message, Ct));
    }

    [Fact]
    public async Task The_sender_sees_the_subject()
    {
        var sample = await ProtectAsync();

        Assert.Equal(Word, await Protected.SubjectAsync(Sender(sample), sample.Message, Ct));
    }

    [Fact]
    public async Task A_mail_that_is_not_protected_says_so()
    {
        var sender = await SenderAsync("acme");
        var message = Submitted(sender, "a@partner.test");
        await AcceptAsync(message);

        Assert.Equal("NOT_PROTECTED", (await Protected.WithdrawAsync(Scope.System(sender.Tenant, "test"), message.Id, null, destroy: false, Ct)).Code);
    }
}

public sealed class SqliteProtectedMailsTests() : ProtectedMailsContract(new SqliteBackend());

public sealed class PostgresProtectedMailsTests(PostgresServer server) : ProtectedMailsContract(new PostgresBackend(server));
