using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Search;

namespace Platform.Api.Tests.GraphQL;

public sealed class MessagesTests(TestPlatform platform)
{
    private SeededTenant Acme => platform.Seed.Acme;

    [Fact]
    public async Task Pages_of_any_size_give_every_message_once_newest_first()
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await platform.DataAsync("acme-siem", "query($after: String) { messages(first: 7, after: $after) { nodes { id } pageInfo { endCursor hasNextPage hasPreviousPage } totalCount } }", new { after })).GetProperty("messages");
            Assert.Equal(Seed.MessagesEach, page.GetProperty("totalCount").GetInt32());
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            seen.AddRange(page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, Seed.MessagesEach).Select(Acme.GlobalMessage), seen);
    }

    [Fact]
    public async Task A_row_that_comes_in_between_two_pages_neither_repeats_nor_hides_others()
    {
        await using var own = new TestPlatform();
        await own.InitializeAsync();
        const string Query = "query($after: String) { messages(first: 10, after: $after) { nodes { id } pageInfo { endCursor } } }";
        var first = (await own.DataAsync("acme-siem", Query)).GetProperty("messages");
        await using (var db = own.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(own.Seed.Acme.Id, "test")))
        {
            var row = await db.Messages.AsNoTracking().FirstAsync(TestContext.Current.CancellationToken);
            db.Messages.Add(new MessageRow
            {
                Id = Guid.CreateVersion7(), TenantId = row.TenantId, Mode = row.Mode, Direction = row.Direction, ReceivedAt = Seed.Newest.AddHours(1), MailFrom = "", Smtp = "{}",
                Prologue = "", BodyName = "x", Size = 1, Sha256 = "00",
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var second = (await own.DataAsync("acme-siem", Query, new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("messages");

        Assert.Equal(Enumerable.Range(10, 10).Select(own.Seed.Acme.GlobalMessage), second.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_message_tells_who_vouches_for_its_sender()
    {
        const string Query = """
            query($id: ID!) { node(id: $id) { ... on Message { authentication {
                spf { result domain identity } helo { result } dkim { result selector keyBits unsignedOctets } dmarc { result policy domain dkimAligned } arc { result sealers } incoming { serviceId results }
            } } } }
            """;

        var found = (await platform.DataAsync("acme-siem", Query, new { id = Acme.GlobalMessage(0) })).GetProperty("node").GetProperty("authentication");

        Assert.Equal(("SOFT_FAIL", "MAIL_FROM"), (found.GetProperty("spf").GetProperty("result").GetString(), found.GetProperty("spf").GetProperty("identity").GetString()));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("helo").ValueKind);
        Assert.Equal(("PASS", 7), (found.GetProperty("dkim")[0].GetProperty("result").GetString(), found.GetProperty("dkim")[0].GetProperty("unsignedOctets").GetInt32()));
        Assert.Equal(("FAIL", "REJECT"), (found.GetProperty("dmarc").GetProperty("result").GetString(), found.GetProperty("dmarc").GetProperty("policy").GetString()));
        Assert.Equal(Acme.Canary, found.GetProperty("incoming")[0].GetProperty("serviceId").GetString());
    }

    [Theory]
    [InlineData("JA", "マイナンバー(個人番号)")]
    [InlineData("EN", "My Number (individual number of Japan)")]
    public async Task A_message_tells_how_much_personal_data_it_holds_and_where(string language, string name)
    {
        var query = $"query($id: ID!) {{ node(id: $id) {{ ... on Message {{ personalData {{ class name(language: {language}) count places {{ part file count sample }} }} }} }} }}";

        var found = (await platform.DataAsync("acme-api", query, new { id = Acme.GlobalMessage(0) })).GetProperty("node").GetProperty("personalData")[0];

        Assert.Equal(("MY_NUMBER", name, 12), (found.GetProperty("class").GetString(), found.GetProperty("name").GetString(), found.GetProperty("count").GetInt32()));
        Assert.Equal(("ATTACHMENT", Acme.Canary), (found.GetProperty("places")[0].GetProperty("part").GetString(), found.GetProperty("places")[0].GetProperty("file").GetString()));
    }

    [Theory]
    [InlineData("{ verdicts: [PHISHING, MALWARE] }", 8)]
    [InlineData("{ verdicts: [] }", 0)]
    [InlineData("{ direction: OUTBOUND }", 5)]
    [InlineData("{ states: [QUARANTINED] }", 9)]
    [InlineData("{ states: [QUARANTINED, HELD] }", 17)]
    [InlineData("{ states: [REJECTED] }", 0)]
    [InlineData("{ mailbox: \"INFO.ZQacmecanary@acme.test\" }", 25)]
    [InlineData("{ mailbox: \"nobody@acme.test\" }", 0)]
    [InlineData("{ mailbox: \"info.zqacmecanary@acme.test\", states: [DELIVERED] }", 8)]
    [InlineData("{ from: \"FROM.zqacme\" }", 25)]
    [InlineData("{ from: \"%\" }", 0)]
    [InlineData("{ since: \"2026-11-24T04:50:00Z\" }", 11)]
    [InlineData("{ since: \"2026-11-24T13:50:00+09:00\" }", 11)]
    [InlineData("{ until: \"2026-11-24T04:50:00Z\" }", 14)]
    [InlineData("{ since: \"2026-11-24T04:50:00Z\", until: \"2026-11-24T04:55:00Z\", verdicts: [CLEAN] }", 1)]
    public async Task A_filter_narrows_and_the_count_agrees(string filter, int expected)
    {
        var messages = (await platform.DataAsync("acme-siem", $"{{ messages(first: 200, filter: {filter}) {{ nodes {{ id }} totalCount }} }}")).GetProperty("messages");

        Assert.Equal((expected, expected), (messages.GetProperty("totalCount").GetInt32(), messages.GetProperty("nodes").GetArrayLength()));
    }

    [Fact]
    public async Task Search_and_filter_hold_together_and_say_as_of_which_event()
    {
        await IndexedAsync();

        var messages = (await platform.DataAsync("acme-siem", "{ messages(search: \"zqacmecanary\", filter: { states: [QUARANTINED] }) { nodes { id } totalCount asOf } }")).GetProperty("messages");

        Assert.Equal(Enumerable.Range(0, Seed.MessagesEach).Where(i => i % 3 == 0).Select(Acme.GlobalMessage), messages.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()));
        Assert.Equal(9, messages.GetProperty("totalCount").GetInt32());
        Assert.True(messages.GetProperty("asOf").GetInt64() >= 2 * Seed.MessagesEach);
    }

    [Fact]
    public async Task Words_of_another_tenant_are_not_found()
    {
        await IndexedAsync();

        var messages = (await platform.DataAsync("globex-siem", "{ messages(search: \"zqacmecanary\") { totalCount } }")).GetProperty("messages");

        Assert.Equal(0, messages.GetProperty("totalCount").GetInt32());
    }

    [Theory]
    [InlineData("ja-JP,ja;q=0.9,en;q=0.5", null)]
    [InlineData("en-GB", "JA")]
    public async Task A_reason_speaks_the_language_asked_for(string acceptLanguage, string? argument)
    {
        var summary = argument is null ? "summary" : $"summary(language: {argument})";
        var reason = (await platform.DataAsync("acme-siem", $"{{ messages(first: 1) {{ nodes {{ reasons {{ {summary} evidence evidenceDetail {{ kind where value }} }} }} }} }}", null, ("Accept-Language", acceptLanguage)))
            .GetProperty("messages").GetProperty("nodes")[0].GetProperty("reasons")[0];

        Assert.Matches(@"\p{IsHiragana}", reason.GetProperty("summary").GetString()!);
        Assert.Equal("Reply-To: zqacmecanary", reason.GetProperty("evidence").GetString());
        Assert.Equal("HEADER", reason.GetProperty("evidenceDetail").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Content_is_on_the_audit_log_once_however_many_fields_ask()
    {
        await using var own = new TestPlatform();
        await own.InitializeAsync();
        var id = own.Seed.Acme.GlobalMessage(3);

        var message = (await own.DataAsync("acme-api", "query($id: ID!) { message(id: $id) { headers { name value } structure { path mediaType size } preview { html text headers { name } attachments { name type } } rawUrl } }", new { id })).GetProperty("message");
        var log = (await own.DataAsync("acme-api", "{ auditLog(first: 5) { nodes { action actor target } } }")).GetProperty("auditLog").GetProperty("nodes").EnumerateArray()
            .Where(entry => entry.GetProperty("action").GetString() == "message.content.preview").ToList();

        Assert.Contains("zqacmecanary body 3", message.GetProperty("preview").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal($"/v1/messages/{id}/raw", message.GetProperty("rawUrl").GetString());
        Assert.Equal("client:acme-api", Assert.Single(log).GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_message_that_breaks_the_reader_is_told_so_and_the_rest_is_still_shown()
    {
        await using var own = new TestPlatform();
        await own.InitializeAsync();
        own.Scanners.Failure = Scanning.ScannerFailure.Crashed;

        var result = await own.ResultAsync("acme-api", "query($id: ID!) { message(id: $id) { subject } other: message(id: $id) { preview { text } } }", new { id = own.Seed.Acme.GlobalMessage(0) });

        Assert.Equal("CONTENT_UNREADABLE", result.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("zqacmecanary 0", result.GetProperty("data").GetProperty("message").GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task An_unknown_id_is_null(string id)
    {
        var data = await platform.DataAsync("acme-siem", "query($id: ID!) { message(id: $id) { id } node(id: $id) { id } }", new { id });

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (data.GetProperty("message").ValueKind, data.GetProperty("node").ValueKind));
    }

    [Fact]
    public async Task A_node_is_found_again_by_its_id()
    {
        var tenant = (await platform.DataAsync("acme-api", "{ tenant { id domains { id } mailboxes(first: 1) { nodes { id } } } imports(first: 1) { nodes { id } } auditLog(first: 1) { nodes { id } } events(first: 1) { nodes { id } } messages(first: 1) { nodes { id deliveries { id } } } }"));
        var ids = new[]
        {
            (tenant.GetProperty("tenant").GetProperty("id"), "Tenant"),
            (tenant.GetProperty("tenant").GetProperty("domains")[0].GetProperty("id"), "Domain"),
            (tenant.GetProperty("tenant").GetProperty("mailboxes").GetProperty("nodes")[0].GetProperty("id"), "Mailbox"),
            (tenant.GetProperty("imports").GetProperty("nodes")[0].GetProperty("id"), "Import"),
            (tenant.GetProperty("auditLog").GetProperty("nodes")[0].GetProperty("id"), "AuditEntry"),
            (tenant.GetProperty("events").GetProperty("nodes")[0].GetProperty("id"), "Event"),
            (tenant.GetProperty("messages").GetProperty("nodes")[0].GetProperty("id"), "Message"),
            (tenant.GetProperty("messages").GetProperty("nodes")[0].GetProperty("deliveries")[0].GetProperty("id"), "Delivery"),
        };

        foreach (var (id, type) in ids)
        {
            var node = (await platform.DataAsync("acme-api", "query($id: ID!) { node(id: $id) { __typename id } }", new { id = id.GetString() })).GetProperty("node");
            Assert.Equal((type, id.GetString()), (node.GetProperty("__typename").GetString(), node.GetProperty("id").GetString()));
        }
    }

    /// <summary>The projection of the index runs by itself; it is through once it has passed the events of the seed.</summary>
    private async Task IndexedAsync()
    {
        var index = platform.Provider.GetRequiredService<IMessageSearch>();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (await index.PositionAsync(Acme.Id, deadline.Token) < 2 * Seed.MessagesEach)
            await Task.Delay(20, deadline.Token);
    }
}
