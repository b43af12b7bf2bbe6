using Microsoft.EntityFrameworkCore;
using Platform.Storage.Directory;
using Platform.Storage.Holds;
using Platform.Storage.Messages;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Holds;

public abstract class HoldContract(IStorageBackend backend) : StorageContract(backend)
{
    private IHoldCommands Holds => Storage.Get<IHoldCommands>();

    public static TheoryData<string, bool> Criteria() => new()
    {
        { "nothing", true },
        { "message", true },
        { "other message", false },
        { "mailbox", true },
        { "other mailbox", false },
        { "sender", true },
        { "other sender", false },
        { "words", true },
        { "other words", false },
        { "period", true },
        { "other period", false },
        { "sender and other words", false },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public async Task A_hold_keeps_what_meets_all_its_criteria(string criteria, bool kept)
    {
        var (scope, tenant, mailbox) = await TenantAsync();
        var message = await KeptMail.AddAsync(Storage, tenant, "needle", Ct, mailbox: mailbox);
        var stranger = await KeptMail.AddAsync(Storage, tenant, "haystack", Ct);
        await PlaceAsync(scope, tenant, Hold(criteria, message, stranger, mailbox));
        Assert.Equal(kept ? "LEGAL_HOLD" : null, (await PurgeAsync(scope, tenant, message.Id)).Code);
    }

    [Fact]
    public async Task A_hold_of_a_mailbox_keeps_what_it_sent_under_whatever_address()
    {
        var (scope, tenant, mailbox) = await TenantAsync();
        var sent = await KeptMail.AddAsync(Storage, tenant, "needle", Ct, sender: mailbox);
        await PlaceAsync(scope, tenant, new NewHold("A", "b") { MailboxId = mailbox });

        Assert.Equal("LEGAL_HOLD", (await PurgeAsync(scope, tenant, sent.Id)).Code);
    }

    [Fact]
    public async Task A_hold_by_words_keeps_everything_while_the_index_is_behind()
    {
        var (scope, tenant, _) = await TenantAsync();
        var message = await KeptMail.AddAsync(Storage, tenant, "needle", Ct);
        await PlaceAsync(scope, tenant, new NewHold("A", "b") { Search = "haystack" });
        await Storage.Get<IMessageSearch>().ResetAsync(Ct);
        Assert.Equal("LEGAL_HOLD", (await PurgeAsync(scope, tenant, message.Id)).Code);
    }

    [Fact]
    public async Task A_hold_ends_by_its_release_or_by_its_time()
    {
        var (scope, tenant, _) = await TenantAsync();
        var one = await KeptMail.AddAsync(Storage, tenant, "one", Ct);
        var two = await KeptMail.AddAsync(Storage, tenant, "two", Ct);
        var hold = await PlaceAsync(scope, tenant, new NewHold("A", "b") { MessageId = one.Id });
        await PlaceAsync(scope, tenant, new NewHold("B", "b") { MessageId = two.Id, EndsAt = Storage.Time.GetUtcNow().AddDays(1) });
        Assert.Null((await Holds.ReleaseAsync(scope, hold, "settled", Ct)).Code);
        Assert.Null((await Holds.ReleaseAsync(scope, hold, "settled", Ct)).Code);
        Assert.Null((await PurgeAsync(scope, tenant, one.Id)).Code);
        Assert.Equal("LEGAL_HOLD", (await PurgeAsync(scope, tenant, two.Id)).Code);
        Storage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await PurgeAsync(scope, tenant, two.Id)).Code);
    }

    [Fact]
    public async Task Holds_are_told_in_feed_and_audit_log()
    {
        var (scope, tenant, _) = await TenantAsync();
        var hold = await PlaceAsync(scope, tenant, new NewHold("Case 7", "court order"));
        await Holds.ReleaseAsync(scope, hold, "settled", Ct);
        await using var db = Storage.Open(scope);
        Assert.Equal(["hold.place", "hold.release"], await db.Audit.Where(a => a.Action.StartsWith("hold.")).OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Ct));
        Assert.Equal(2, await db.Events.CountAsync(e => e.Kind == "hold.changed", Ct));
    }

    [Fact]
    public async Task A_hold_of_another_tenant_or_without_the_permission_cannot_be_touched()
    {
        var (scope, tenant, _) = await TenantAsync();
        var hold = await PlaceAsync(scope, tenant, new NewHold("A", "b"));
        var other = Scope.System(await Storage.AddTenantAsync("globex", Ct), "test");
        Assert.Equal("NOT_FOUND", (await Holds.ReleaseAsync(other, hold, "x", Ct)).Code);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Holds.ReleaseAsync(scope with { Permissions = Permissions.ReadOnly }, hold, "x", Ct));
        await Assert.ThrowsAsync<ScopeViolationException>(() => Holds.PlaceAsync(other, tenant, new NewHold("A", "b"), Ct));
    }

    private static NewHold Hold(string criteria, NewMessage message, NewMessage stranger, Guid mailbox)
    {
        var plain = new NewHold("Case", "court order");
        return criteria switch
        {
            "nothing" => plain,
            "message" => plain with { MessageId = message.Id },
            "other message" => plain with { MessageId = stranger.Id },
            "mailbox" => plain with { MailboxId = mailbox },
            "other mailbox" => plain with { MailboxId = mailbox, Sender = "haystack" },
            "sender" => plain with { Sender = "NEEDLE@out" },
            "other sender" => plain with { Sender = "haystack" },
            "words" => plain with { Search = "says needle" },
            "other words" => plain with { Search = "haystack" },
            "period" => plain with { ReceivedSince = message.ReceivedAt, ReceivedUntil = message.ReceivedAt.AddSeconds(1) },
            "other period" => plain with { ReceivedUntil = message.ReceivedAt },
            _ => plain with { Sender = "needle", Search = "haystack" },
        };
    }

    private async Task<(Scope Scope, Guid Tenant, Guid Mailbox)> TenantAsync()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Scope.System(tenant, "test");
        await using var db = Storage.Open(scope);
        return (scope, tenant, (await db.Mailboxes.SingleAsync(Ct)).Id);
    }

    private async Task<Guid> PlaceAsync(Scope scope, Guid tenant, NewHold hold)
    {
        var placed = await Holds.PlaceAsync(scope, tenant, hold, Ct);
        Assert.Null(placed.Code);
        await Storage.Get<SearchProjection>().RunOnceAsync(Ct);
        return placed.Value;
    }

    private Task<CommandResult<Guid>> PurgeAsync(Scope scope, Guid tenant, Guid message) => Storage.Get<IPurges>().PurgeMessagesAsync(scope, tenant, [message], "because", Ct);
}

public sealed class HoldOnSqlite() : HoldContract(new SqliteBackend());

public sealed class HoldOnPostgres(PostgresServer server) : HoldContract(new PostgresBackend(server));
