using Platform.Engine.Feeds;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Feeds;

/// <summary>Allow and block lists of a tenant (DET8, DET10).</summary>
public sealed class SenderEntryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ListEntryKind.Address, "who@partner.example", "block-listed-sender")]
    [InlineData(ListEntryKind.Domain, "partner.example", "block-listed-sender")]
    [InlineData(ListEntryKind.Domain, "other.example", null)]
    [InlineData(ListEntryKind.Host, "shop.example", "domain-listed")]
    [InlineData(ListEntryKind.Url, "www.shop.example/a", "url-listed")]
    [InlineData(ListEntryKind.File, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "hash-listed")]
    public async Task A_block_entry_gives_its_reason(ListEntryKind kind, string value, string? reason)
    {
        var verdict = await ScanAsync([Entry(ListAction.Block, kind, value)]);

        Assert.Equal(reason, verdict.Reasons.Select(item => item.Id).FirstOrDefault(id => id.EndsWith("-listed", StringComparison.Ordinal) || id == "block-listed-sender"));
    }

    [Fact]
    public async Task A_blocked_sender_is_unwanted_and_no_attack()
    {
        Assert.Equal(VerdictKind.Spam, (await ScanAsync([Entry(ListAction.Block, ListEntryKind.Address, "who@partner.example")])).Kind);
    }

    [Fact]
    public async Task An_expired_entry_is_as_if_it_were_not_there()
    {
        Assert.Equal(VerdictKind.Clean, (await ScanAsync([Entry(ListAction.Block, ListEntryKind.Address, "who@partner.example") with { Expires = TestMail.Now }])).Kind);
    }

    [Theory]
    [InlineData("", "198.51.100.9", true)]
    [InlineData("198.51.100.0/24", "198.51.100.9", true)]
    [InlineData("198.51.100.0/24", "203.0.113.9", false)]
    [InlineData("198.51.100.0/24", null, false)]
    public async Task An_allowed_name_is_believed_from_its_networks_alone(string network, string? client, bool believed)
    {
        var entry = Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example") with { Networks = network.Length > 0 ? [network] : [] };

        var verdict = await ScanAsync([entry], client: client);

        Assert.Equal((believed, believed ? "allow-listed-sender" : "allow-listed-name-forged"), (verdict.AllowListed, verdict.Reasons.Select(reason => reason.Id).First(id => id.StartsWith("allow-listed", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_allowed_reply_address_lets_nobody_in()
    {
        Assert.False((await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "replies.example")], headers: ["Reply-To: a@replies.example"])).AllowListed);
    }

    [Fact]
    public async Task An_author_that_a_mail_claims_to_speak_for_lets_nobody_in()
    {
        var entry = Entry(ListAction.Allow, ListEntryKind.Domain, "replies.example");

        var verdict = await ScanAsync([entry], headers: ["Reply-To: boss@replies.example"], from: "Boss via List <x@partner.example>");

        Assert.False(verdict.AllowListed);
    }

    [Theory]
    [InlineData("From: x@other.example")]
    [InlineData("From: x@partner.example")]
    public async Task Of_several_From_fields_none_lets_anybody_in(string second)
    {
        Assert.False((await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example")], headers: [second])).AllowListed);
    }

    [Fact]
    public async Task Several_authors_are_no_allowed_sender()
    {
        Assert.False((await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example")], from: "a@partner.example, b@partner.example")).AllowListed);
    }

    [Theory]
    [InlineData("Urgent: your account is suspended. Verify your password within 24 hours or it will be deleted.")]
    [InlineData("Please buy five gift cards and send me the codes. Keep this between us.")]
    [InlineData("Limited time offer, click here to order now, 100% free, best price.")]
    public async Task An_allowed_sender_has_the_score_of_any_other(string text)
    {
        var listed = await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example")], text: text);
        var other = await ScanAsync([], text: text);

        Assert.Equal((true, other.Score, other.Kind), (listed.AllowListed, listed.Score, listed.Kind));
    }

    [Theory]
    [InlineData("partner.example", false)]
    [InlineData("other.example", true)]
    public async Task A_broken_signature_of_the_authors_domain_disproves_him(string domain, bool believed)
    {
        using var key = System.Security.Cryptography.RSA.Create(2_048);
        var zone = new TextZone(($"sel._domainkey.{domain}", $"v=DKIM1; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}"));
        var header = $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=sel; h=from; bh={Convert.ToBase64String(new byte[32])}; b={Convert.ToBase64String(new byte[256])}";

        var verdict = await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example")], headers: [header], zone: zone);

        Assert.Equal(believed, verdict.AllowListed);
    }

    [Theory]
    [InlineData("a:who@partner.example:tenant", "b:partner.example:tenant", false)]
    [InlineData("a:partner.example:tenant", "b:who@partner.example:tenant", true)]
    [InlineData("a:partner.example:tenant", "b:partner.example:tenant", true)]
    [InlineData("a:partner.example:tenant", "b:who@partner.example:msp", false)]
    [InlineData("a:who@partner.example:msp", "b:partner.example:tenant", true)]
    [InlineData("a:who@partner.example:msp", "b:partner.example:msp", false)]
    [InlineData("a:partner.example:tenant", "b:198.51.100.0/24:tenant", false)]
    [InlineData("a:198.51.100.0/24:tenant", "b:partner.example:tenant", true)]
    [InlineData("a:198.51.100.0/28:tenant", "b:198.51.100.0/24:tenant", false)]
    public async Task The_tenants_entry_goes_first_then_the_narrower_then_the_block(string allow, string block, bool blocked)
    {
        var verdict = await ScanAsync([Parse(allow), Parse(block)], client: "198.51.100.9");

        Assert.Equal((blocked, !blocked), (verdict.BlockListed, verdict.AllowListed));
    }

    [Theory]
    [InlineData("Reply-To: x@blocked.example", ListEntry.OfTenant, true)]
    [InlineData("Reply-To: x@blocked.example", ListEntry.OfMsp, false)]
    public async Task A_blocked_address_beside_the_author_is_no_lesser_name_of_his(string header, string owner, bool blocked)
    {
        var verdict = await ScanAsync(
            [Entry(ListAction.Allow, ListEntryKind.Address, "who@partner.example"), Entry(ListAction.Block, ListEntryKind.Domain, "blocked.example") with { Owner = owner }], headers: [header]);

        Assert.Equal(blocked, verdict.BlockListed);
    }

    [Fact]
    public async Task An_allowed_name_that_is_not_believed_overrules_no_block()
    {
        var verdict = await ScanAsync(
            [
                Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example") with { Networks = ["198.51.100.0/24"] },
                Entry(ListAction.Block, ListEntryKind.Domain, "partner.example") with { Owner = ListEntry.OfMsp },
            ],
            client: "203.0.113.9");

        Assert.Equal((true, false), (verdict.BlockListed, verdict.AllowListed));
    }

    [Theory]
    [InlineData("", "allow-listed-name-forged")]
    [InlineData("198.51.100.0/24", "allow-listed-unproven")]
    public async Task An_allowed_name_that_fails_authentication_is_not_let_in(string network, string reason)
    {
        var entry = Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example") with { Networks = network.Length > 0 ? [network] : [] };
        var zone = new TextZone(("partner.example", "v=spf1 ip4:192.0.2.1 -all"), ("_dmarc.partner.example", "v=DMARC1; p=none"));

        var verdict = await ScanAsync([entry], client: "198.51.100.9", zone: zone);

        Assert.Equal((false, reason), (verdict.AllowListed, verdict.Reasons.Select(item => item.Id).First(id => id.StartsWith("allow-listed", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.1 -all", false)]
    [InlineData("v=spf1 ip4:192.0.2.1 ~all", true)]
    [InlineData("v=spf1 ip4:198.51.100.9 -all", true)]
    public async Task Without_a_policy_of_its_owner_SPF_alone_tells_a_forged_name(string spf, bool believed)
    {
        var verdict = await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example")], client: "198.51.100.9", zone: new TextZone(("partner.example", spf)));

        Assert.Equal(believed, verdict.AllowListed);
    }

    [Theory]
    [InlineData(ListEntryKind.Address, "who@partner.example")]
    [InlineData(ListEntryKind.Network, "198.51.100.0/24")]
    [InlineData(ListEntryKind.Host, "shop.example")]
    public async Task What_is_blocked_is_at_least_spam_also_where_it_is_sent_to_many(ListEntryKind kind, string value)
    {
        var verdict = await ScanAsync([Entry(ListAction.Block, kind, value)], client: "198.51.100.9", headers: ["List-Unsubscribe: <https://partner.example/u>", "Precedence: bulk"]);

        Assert.Equal((true, false), (verdict.BlockListed, verdict.Kind is VerdictKind.Clean or VerdictKind.Bulk));
    }

    [Fact]
    public async Task A_blocked_sender_stays_blocked_however_well_known()
    {
        var verdict = await ScanAsync(
            [Entry(ListAction.Block, ListEntryKind.Address, "who@partner.example")], history: new History(Known: true, 50, 50, ["JP"], [64_500], ["partner.example"]));

        Assert.Equal(VerdictKind.Spam, verdict.Kind);
    }

    [Theory]
    [InlineData(ListAction.Block, "block-listed-sender")]
    [InlineData(ListAction.Allow, "allow-listed-sender")]
    public async Task The_reason_names_entry_list_and_note(ListAction action, string id)
    {
        var verdict = await ScanAsync([Entry(action, ListEntryKind.Domain, "partner.example") with { Id = "the-entry", Note = "as agreed" }]);

        var reason = Assert.Single(verdict.Reasons, reason => reason.Id == id);
        Assert.Equal(("the-entry", "partner.example (tenant: as agreed)"), (reason.Arguments["entry"], reason.Evidence.Value));
    }

    [Fact]
    public async Task A_scan_over_what_the_lists_said_gives_the_same()
    {
        var first = await ScanAsync([Entry(ListAction.Block, ListEntryKind.Domain, "partner.example")]);
        var again = await ScanAsync([], feeds: first.Feeds);

        Assert.Equal((first.Kind, first.Score, first.BlockListed), (again.Kind, again.Score, again.BlockListed));
    }

    [Fact]
    public async Task An_allowed_sender_is_inspected_all_the_same()
    {
        var verdict = await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example"), Entry(ListAction.Block, ListEntryKind.Url, "www.shop.example/a")]);

        Assert.Equal((true, VerdictKind.Malware), (verdict.AllowListed, verdict.Kind));
    }

    private static ListEntry Entry(ListAction action, ListEntryKind kind, string value) => new(action, kind, value, [], null, "", ListEntry.OfTenant);

    /// <summary><c>a:value:owner</c> allows, <c>b:value:owner</c> blocks.</summary>
    private static ListEntry Parse(string text)
    {
        var value = text[2..text.LastIndexOf(':')];
        var kind = value.Contains('/', StringComparison.Ordinal) ? ListEntryKind.Network : value.Contains('@', StringComparison.Ordinal) ? ListEntryKind.Address : ListEntryKind.Domain;
        return Entry(text[0] == 'a' ? ListAction.Allow : ListAction.Block, kind, value) with { Owner = text[(text.LastIndexOf(':') + 1)..] };
    }

    private static async Task<Verdict> ScanAsync(
        ListEntry[] entries, string? client = null, string[]? headers = null, string from = "Someone <who@partner.example>", TextZone? zone = null, History? history = null, FeedAnswers? feeds = null, string? text = null)
    {
        var mail = new TestMail { From = from, Text = text, Html = "<a href=\"https://www.shop.example/a\">x</a>", Files = [("a.txt", "abc"u8.ToArray())], Headers = headers ?? [] };
        var envelope = new Envelope(client, null, null, "who@partner.example", ["info@acme.test"]);
        var context = ScanContext.Offline(TestMail.Now, "acme.test") with { History = history ?? History.Unknown, Feeds = feeds };
        return await Scanner.Create(resolver: zone).ScanAsync(new ScanRequest(mail.ToBytes(), envelope, context) { Entries = new ListEntries(entries) }, Cancel);
    }
}
