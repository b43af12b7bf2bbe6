using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Audit;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Submission;

public abstract class AppPasswordsContract(IStorageBackend backend) : StorageContract(backend)
{
    private IAppPasswords Passwords => Storage.Get<IAppPasswords>();

    [Fact]
    public async Task One_is_made_told_of_used_and_removed()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var scope = Scope.System(tenant, "test");
        var made = await Passwords.CreateAsync(scope, mailbox, "Scanner", 30, Keys("a"), Ct);
        var kept = Assert.Single(await Passwords.OfMailboxAsync(mailbox, Ct));
        await Passwords.NoteUseAsync(kept, new AccessSource(IPAddress.Parse("192.0.2.1"), "JP"), Ct);
        var used = Assert.Single(await Passwords.OfMailboxAsync(mailbox, Ct));

        Assert.Equal((made.Value, "192.0.2.1", Storage.Time.GetUtcNow()), (used.Id, used.LastUsedFrom, used.LastUsedAt!.Value));
        Assert.Equal(Keys("a").StoredKey, kept.Keys.StoredKey);
        Assert.Null((await Passwords.RemoveAsync(scope, made.Value, Ct)).Code);
        Assert.Empty(await Passwords.OfMailboxAsync(mailbox, Ct));
        await using var db = Storage.Open(scope);
        Assert.Equal(2, await db.Events.CountAsync(row => row.Kind == EventKinds.AppPasswordChanged, Ct));
        Assert.Equal(1, await db.Events.CountAsync(row => row.Kind == EventKinds.AppPasswordUsed, Ct));
        Assert.Equal(["app-password.create", "app-password.remove"], await db.Audit.Where(row => row.Action.StartsWith("app-password")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Ct));
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(scope, tenant, Ct)).Holds);
    }

    [Fact]
    public async Task One_that_has_ended_is_worth_nothing()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        await Passwords.CreateAsync(Scope.System(tenant, "test"), mailbox, "Scanner", 30, Keys("a"), Ct);
        Storage.Time.Advance(TimeSpan.FromDays(30));

        Assert.Empty(await Passwords.OfMailboxAsync(mailbox, Ct));
    }

    [Fact]
    public async Task A_mailbox_of_another_tenant_or_owner_is_out_of_reach()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var (other, _) = await MailboxAsync("globex");
        var made = (await Passwords.CreateAsync(Scope.System(tenant, "test"), mailbox, "Scanner", 30, Keys("a"), Ct)).Value;
        var stranger = new Scope(new HashSet<Guid> { tenant }, new HashSet<string> { Permissions.SubmissionWrite }, "user:x", null, new HashSet<Guid> { Guid.NewGuid() });
        foreach (var scope in new[] { Scope.System(other, "test"), stranger })
        {
            Assert.Equal("NOT_FOUND", (await Passwords.CreateAsync(scope, mailbox, "Scanner", 30, Keys("b"), Ct)).Code);
            Assert.Equal("NOT_FOUND", (await Passwords.RemoveAsync(scope, made, Ct)).Code);
            await using var db = Storage.Open(scope);
            Assert.Empty(await db.AppPasswords.ToListAsync(Ct));
        }

        var owner = stranger with { Mailboxes = new HashSet<Guid> { mailbox } };
        Assert.Null((await Passwords.CreateAsync(owner, mailbox, "Phone", 30, Keys("b"), Ct)).Code);
        await using var own = Storage.Open(owner);
        Assert.Equal(2, await own.AppPasswords.CountAsync(Ct));
    }

    [Theory]
    [InlineData("", 30, "INVALID_NAME")]
    [InlineData("Scanner", 0, "INVALID_DURATION")]
    [InlineData("Scanner", 731, "INVALID_DURATION")]
    public async Task What_will_not_do_is_refused(string name, int days, string code)
    {
        var (tenant, mailbox) = await MailboxAsync("acme");

        Assert.Equal(code, (await Passwords.CreateAsync(Scope.System(tenant, "test"), mailbox, name, days, Keys("a"), Ct)).Code);
    }

    [Fact]
    public async Task A_mailbox_has_at_most_twenty_and_takes_them_along_when_it_goes()
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var scope = Scope.System(tenant, "test");
        for (var i = 0; i < 20; i++)
            Assert.Null((await Passwords.CreateAsync(scope, mailbox, "Scanner", 30, Keys("a"), Ct)).Code);

        Assert.Equal("APP_PASSWORD_LIMIT", (await Passwords.CreateAsync(scope, mailbox, "Scanner", 30, Keys("a"), Ct)).Code);
        await Storage.Commands.RemoveMailboxAsync(scope, tenant, mailbox, Ct);
        Assert.Empty(await Passwords.OfMailboxAsync(mailbox, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_leaves_takes_along_what_it_made_for_its_own_mailbox(bool removed)
    {
        var (tenant, mailbox) = await MailboxAsync("acme");
        var accounts = Storage.Get<IAccountCommands>();
        var scope = Scope.System(tenant, "test");
        await accounts.CreateAsync(scope, AccountOwner.Tenant(tenant), new NewAccount("other@acme.test", "Other", [BuiltInRoles.Administrator.Id]), Ct);
        var account = (await accounts.CreateAsync(scope, AccountOwner.Tenant(tenant), new NewAccount("info@acme.test", "Info", [BuiltInRoles.Employee.Id]), Ct)).Value;
        var own = new Scope(new HashSet<Guid> { tenant }, Permissions.OfMailbox, Scope.PersonPrefix + account, null, new HashSet<Guid> { mailbox });
        var phone = (await Passwords.CreateAsync(own, mailbox, "Phone", 30, Keys("a"), Ct)).Value;
        var scanner = (await Passwords.CreateAsync(scope, mailbox, "Scanner", 30, Keys("b"), Ct)).Value;

        Assert.Null((removed ? await accounts.RemoveAsync(scope, account, Ct) : await accounts.DisableAsync(scope, account, Ct)).Code);

        Assert.Equal((false, true), (await Passwords.IsLiveAsync(phone, Ct), await Passwords.IsLiveAsync(scanner, Ct)));
    }

    [Fact]
    public void The_salt_is_the_addresss_whether_or_not_there_is_such_a_mailbox()
    {
        Assert.Equal(Passwords.SaltOf("x@acme.test"), Passwords.SaltOf("X@ACME.test"));
        Assert.NotEqual(Passwords.SaltOf("x@acme.test"), Passwords.SaltOf("y@acme.test"));
    }

    private async Task<(Guid Tenant, Guid Mailbox)> MailboxAsync(string slug)
    {
        var tenant = await Storage.AddTenantAsync(slug, Ct);
        return (tenant, (await Storage.Directory.FindAsync("info", slug + ".test", Ct)).Mailbox!.Id);
    }

    private static AppPasswordKeys Keys(string seed) => new([1, 2, 3], 4_096, System.Text.Encoding.UTF8.GetBytes(seed.PadRight(32)), new byte[32]);
}

public sealed class AppPasswordsOnSqlite() : AppPasswordsContract(new SqliteBackend());

public sealed class AppPasswordsOnPostgres(PostgresServer server) : AppPasswordsContract(new PostgresBackend(server));
