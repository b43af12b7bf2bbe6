using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Messages;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Purging;

public abstract class PurgeContract(IStorageBackend backend) : StorageContract(backend)
{
    private const string Word = "zwvxmarker";
    private const string Reason = "asked for by its author";

    [Fact]
    public async Task Nothing_of_a_purged_message_is_left_in_any_table_file_or_index()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Person(tenant);
        var message = await KeptMail.AddAsync(Storage, tenant, Word, Ct);
        await Storage.Get<IMessageFlow>().DeleteAsync(scope, message.Deliveries[0].Id, Ct);
        await Storage.Get<IAuditLog>().AppendAsync(scope, new NewAudit(tenant, "message.content.preview", "message:" + message.Id, $$"""{"reason":"{{Word}}"}""") { MessageId = message.Id }, Ct);
        Assert.NotEmpty(await TablesWithAsync(Word));
        Assert.Equal([message.Id], await FindAsync(scope));

        var purge = await PurgeAsync(scope, tenant, message.Id);
        Assert.Null(purge.Code);
        await CompleteAsync();

        Assert.Empty(await TablesWithAsync(Word));
        Assert.Empty(await FindAsync(scope));
        Assert.False(File.Exists(Path.Combine(Storage.Settings.BodyDirectory, message.Body.Reference.Name)));
        Assert.Empty(FilesWith(Word));
    }

    [Fact]
    public async Task The_feed_keeps_its_numbers_and_the_audit_chain_holds()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Person(tenant);
        var message = await KeptMail.AddAsync(Storage, tenant, Word, Ct);
        var before = await EventsAsync(scope, tenant);
        await PurgeAsync(scope, tenant, message.Id);
        await CompleteAsync();

        var after = await EventsAsync(scope, tenant);
        Assert.Equal(Enumerable.Range(1, after.Count).Select(i => (long)i), after.Select(e => e.Sequence));
        Assert.Equal(before.Select(e => (e.Id, e.Kind)), after.Take(before.Count).Select(e => (e.Id, e.Kind)));
        Assert.All(after.Where(e => e.MessageId == message.Id), e => Assert.Contains("\"redacted\":true", DataOf(e), StringComparison.Ordinal));
        Assert.Contains("\"verdict\":\"phishing\"", DataOf(after.Last(e => e.Kind == EventKinds.Quarantined)), StringComparison.Ordinal);
        Assert.Equal([EventKinds.MessagePurged, EventKinds.PurgeCompleted], after.Skip(before.Count).Select(e => e.Kind));
        Assert.True((await Storage.Get<IAuditLog>().VerifyAsync(scope, tenant, Ct)).Holds);
    }

    [Fact]
    public async Task The_receipt_is_signed_and_names_what_went_by_hash()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var scope = Person(tenant);
        var message = await KeptMail.AddAsync(Storage, tenant, Word, Ct);
        var id = (await PurgeAsync(scope, tenant, message.Id)).Value;
        await CompleteAsync();

        await using var db = Storage.Open(scope);
        var row = await db.Purges.SingleAsync(Ct);
        Assert.Equal((id, PurgeStates.Done, Reason, "user:ann"), (row.Id, row.State, row.Reason, row.RequestedBy));
        Assert.True(PurgeItems.Include(row, message.Id));
        Assert.False(PurgeItems.Include(row, Guid.NewGuid()));
        var signer = Storage.Get<IReceiptSigner>();
        var receipt = signer.Open("purge-receipt", row.Receipt!);
        Assert.Contains(PurgeCommands.HashOf(message.Id), receipt, StringComparison.Ordinal);
        Assert.Contains("\"audit\":{\"owner\"", receipt, StringComparison.Ordinal);
        Assert.Null(signer.Open("audit-head", row.Receipt!));
        Assert.Null(signer.Open("purge-receipt", row.Receipt![..^4] + "AAAA"));
    }

    [Theory]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Queued)]
    public async Task A_message_that_still_works_is_not_purged(DeliveryState state)
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var message = await KeptMail.AddAsync(Storage, tenant, Word, Ct, to: state);
        Assert.Equal("MESSAGE_IN_PROGRESS", (await PurgeAsync(Person(tenant), tenant, message.Id)).Code);
        Assert.NotEmpty(await TablesWithAsync(Word));
    }

    [Fact]
    public async Task A_purge_takes_all_its_messages_or_none()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var other = await Storage.AddTenantAsync("globex", Ct);
        var mine = await KeptMail.AddAsync(Storage, tenant, Word, Ct);
        var theirs = await KeptMail.AddAsync(Storage, other, Word, Ct);
        Assert.Equal("NOT_FOUND", (await PurgeAsync(Person(tenant), tenant, mine.Id, theirs.Id)).Code);
        await using var db = Storage.Open(Person(tenant));
        Assert.Equal(1, await db.Messages.CountAsync(Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => PurgeAsync(Person(tenant) with { Permissions = Permissions.ReadOnly }, tenant, mine.Id));
    }

    [Fact]
    public async Task What_a_crash_left_undone_is_done_later()
    {
        var tenant = await Storage.AddTenantAsync("acme", Ct);
        var message = await KeptMail.AddAsync(Storage, tenant, Word, Ct);
        await PurgeAsync(Person(tenant), tenant, message.Id);
        await using var again = await Storage.OpenAgainAsync(Ct);
        while (await again.Get<IPurgeCompletion>().RunOnceAsync(Ct))
            Assert.False(Ct.IsCancellationRequested);
        await using var db = again.Open(Person(tenant));
        Assert.Equal(PurgeStates.Done, (await db.Purges.SingleAsync(Ct)).State);
    }

    private static Scope Person(Guid tenant) => new(new HashSet<Guid> { tenant }, Permissions.All, "user:ann");

    private Task<CommandResult<Guid>> PurgeAsync(Scope scope, Guid tenant, params Guid[] messages) =>
        Storage.Get<IPurges>().PurgeMessagesAsync(scope, tenant, messages, Reason, Ct);

    private async Task CompleteAsync()
    {
        await Storage.Get<SearchProjection>().RunOnceAsync(Ct);
        while (await Storage.Get<IPurgeCompletion>().RunOnceAsync(Ct))
            Assert.False(Ct.IsCancellationRequested);
    }

    private Task<IReadOnlyList<Guid>> FindAsync(Scope scope) => Storage.Get<IMessageSearch>().FindAsync(scope, Word, 10, Ct);

    private async Task<List<FeedEvent>> EventsAsync(Scope scope, Guid tenant) => [.. (await Storage.Get<IEventFeed>().ReadAsync(scope, FeedId.OfTenant(tenant), null, 100, EventFilter.None, Ct)).Events];

    private static string DataOf(FeedEvent told) => Encoding.UTF8.GetString(told.Data.Span);

    /// <summary>Every table whose rows, written as text, hold the word.</summary>
    private Task<IReadOnlyList<string>> TablesWithAsync(string word) => AllTables.HoldingAsync(Storage, word, Ct);

    /// <summary>Files of the data folder that hold the word, in the clear or as UTF-16.</summary>
    private IReadOnlyList<string> FilesWith(string word) => AllFiles.Holding(Storage.Settings.DataDirectory, word);
}

public sealed class PurgeOnSqlite() : PurgeContract(new SqliteBackend());

public sealed class PurgeOnPostgres(PostgresServer server) : PurgeContract(new PostgresBackend(server));
