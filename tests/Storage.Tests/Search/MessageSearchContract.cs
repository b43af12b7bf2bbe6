using Platform.Storage.Scopes;
using Platform.Storage.Search;

namespace Platform.Storage.Tests.Search;

/// <summary>What every search promises, whatever stands behind it.</summary>
public abstract class MessageSearchContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid _tenant = Guid.NewGuid();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IMessageSearch Search { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Theory]
    [InlineData("invoice", "Your invoice is ready", true)]
    [InlineData("INVOICE", "your invoice", true)]
    [InlineData("voic", "Your invoice", true)]
    [InlineData("invoice ready", "Ready is the invoice", true)]
    [InlineData("\"invoice ready\"", "Ready is the invoice", false)]
    [InlineData("\"invoice is\"", "Your invoice is ready", true)]
    [InlineData("\"invoice  is\"", "Your invoice\r\n is ready", true)]
    [InlineData("receipt", "Your invoice", false)]
    [InlineData("請求書", "本日の請求書を送付します", true)]
    [InlineData("請求", "本日の請求書を送付します", true)]
    [InlineData("請", "本日の請求書を送付します", true)]
    [InlineData("す", "本日の請求書を送付します", true)]
    [InlineData("求請", "本日の請求書を送付します", false)]
    [InlineData("至急 振込", "至急、お振込みください", true)]
    [InlineData("パスワード", "パスワードの再設定", true)]
    [InlineData("ﾊﾟｽﾜｰﾄﾞ", "パスワードの再設定", true)]
    [InlineData("ＡＢＣ", "abc", true)]
    [InlineData("計정", "계정 확인", false)]
    [InlineData("계정", "계정 확인", true)]
    [InlineData("𠮷野", "𠮷野家", true)]
    [InlineData("𠮷", "𠮷野家", true)]
    [InlineData("ab cd", "cd ab", true)]
    [InlineData("ab", "a b", false)]
    [InlineData("\"a b\"", "a b", true)]
    [InlineData("50%", "50% off", true)]
    [InlineData("a_c", "abc", false)]
    public async Task Words_of_any_length_and_phrases_are_found(string query, string body, bool found)
    {
        var id = await IndexAsync(body);
        Assert.Equal(found ? [id] : [], await FindAsync(query));
    }

    [Theory]
    [InlineData("subject")]
    [InlineData("sender")]
    [InlineData("recipient")]
    [InlineData("content")]
    [InlineData("attachment")]
    [InlineData("subject attachment")]
    public async Task Every_field_is_searched(string query)
    {
        var document = new SearchDocument(_tenant, Guid.NewGuid(), 1, Noon, "the subject", "the sender", "the recipient", "the content", "the attachment");
        await Search.IndexAsync([document], Ct);
        Assert.Equal([document.MessageId], await FindAsync(query));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("\"open phrase")]
    [InlineData("a\" OR b")]
    [InlineData("body:nothing")]
    [InlineData("NEAR(a b)")]
    [InlineData("* ^ - + ( ) { } : ,")]
    [InlineData("NOT")]
    [InlineData("'; DROP TABLE documents; --")]
    [InlineData("nul\0nul")]
    [InlineData("\ud83d")]
    public async Task What_is_typed_is_text_and_no_syntax(string query)
    {
        await IndexAsync("some mail");
        Assert.Empty(await FindAsync(query));
        Assert.Single(await FindAsync("some"));
    }

    [Fact]
    public async Task An_endless_query_is_cut()
    {
        var id = await IndexAsync(string.Join(' ', Enumerable.Range(100, 500)));
        Assert.Equal([id], await FindAsync(string.Join(' ', Enumerable.Range(100, 5_000))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_empty_query_finds_nothing(string query)
    {
        await IndexAsync("some mail");
        Assert.Empty(await FindAsync(query));
    }

    [Fact]
    public async Task Newest_come_first_and_no_more_than_asked()
    {
        var old = await IndexAsync("invoice", Noon);
        var newest = await IndexAsync("invoice", Noon.AddHours(2));
        var middle = await IndexAsync("invoice", Noon.AddHours(1));
        Assert.Equal([newest, middle, old], await FindAsync("invoice"));
        Assert.Equal([newest, middle], await Search.FindAsync(Reader(_tenant), "invoice", 2, Ct));
    }

    [Fact]
    public async Task Only_the_scopes_tenants_are_searched()
    {
        await IndexAsync("invoice");
        Assert.Empty(await Search.FindAsync(Reader(Guid.NewGuid()), "invoice", 10, Ct));
        Assert.Empty(await Search.FindAsync(new Scope(new HashSet<Guid>(), Permissions.All, "test"), "invoice", 10, Ct));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Search.FindAsync(new Scope(new HashSet<Guid> { _tenant }, new HashSet<string>(), "test"), "invoice", 10, Ct));
    }

    [Fact]
    public async Task The_same_message_of_two_tenants_stays_apart()
    {
        var other = Guid.NewGuid();
        var message = Guid.NewGuid();
        await Search.IndexAsync([Document(message, "invoice"), Document(message, "receipt") with { TenantId = other }], Ct);
        Assert.Empty(await FindAsync("receipt"));
        await Search.DeleteAsync(other, [message], Ct);
        Assert.Equal([message], await FindAsync("invoice"));
    }

    [Fact]
    public async Task A_document_indexed_again_replaces_the_one_before()
    {
        var message = Guid.NewGuid();
        await Search.IndexAsync([Document(message, "draft")], Ct);
        await Search.IndexAsync([Document(message, "final") with { Sequence = 2 }], Ct);
        Assert.Empty(await FindAsync("draft"));
        Assert.Equal([message], await FindAsync("final"));
    }

    [Fact]
    public async Task An_older_state_does_not_come_back()
    {
        var message = Guid.NewGuid();
        await Search.IndexAsync([Document(message, "final") with { Sequence = 2 }], Ct);
        await Search.IndexAsync([Document(message, "draft")], Ct);
        Assert.Equal([message], await FindAsync("final"));
    }

    [Fact]
    public async Task A_deleted_document_is_found_no_more()
    {
        var message = await IndexAsync("請求 invoice");
        await Search.DeleteAsync(_tenant, [message, Guid.NewGuid()], Ct);
        Assert.Empty(await FindAsync("invoice"));
        Assert.Empty(await FindAsync("請求"));
    }

    [Fact]
    public async Task The_position_of_a_tenant_only_grows()
    {
        Assert.Equal(0, await Search.PositionAsync(_tenant, Ct));
        await Search.AdvanceAsync(_tenant, 7, Ct);
        await Search.AdvanceAsync(_tenant, 5, Ct);
        Assert.Equal((7, 0), (await Search.PositionAsync(_tenant, Ct), await Search.PositionAsync(Guid.NewGuid(), Ct)));
    }

    [Fact]
    public async Task A_reset_forgets_documents_and_positions()
    {
        await IndexAsync("invoice");
        await Search.AdvanceAsync(_tenant, 7, Ct);
        await Search.ResetAsync(Ct);
        Assert.Equal(0, await Search.PositionAsync(_tenant, Ct));
        Assert.Empty(await FindAsync("invoice"));
    }

    private static Scope Reader(Guid tenant) => new(new HashSet<Guid> { tenant }, Permissions.ReadOnly, "test");

    private SearchDocument Document(Guid message, string body) => new(_tenant, message, 1, Noon, "", "", "", body, "");

    private async Task<Guid> IndexAsync(string body, DateTimeOffset? received = null)
    {
        var message = Guid.NewGuid();
        await Search.IndexAsync([Document(message, body) with { ReceivedAt = received ?? Noon }], Ct);
        return message;
    }

    private Task<IReadOnlyList<Guid>> FindAsync(string query) => Search.FindAsync(Reader(_tenant), query, 10, Ct);
}
