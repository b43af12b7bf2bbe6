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
    public async Task An_allowed_sender_is_inspected_all_the_same()
    {
        var verdict = await ScanAsync([Entry(ListAction.Allow, ListEntryKind.Domain, "partner.example"), Entry(ListAction.Block, ListEntryKind.Url, "www.shop.example/a")]);

        Assert.Equal((true, VerdictKind.Malware), (verdict.AllowListed, verdict.Kind));
    }

    private static ListEntry Entry(ListAction action, ListEntryKind kind, string value) => new(action, kind, value, [], null, "", "tenant");

    private static async Task<Verdict> ScanAsync(ListEntry[] entries, string? client = null, string[]? headers = null)
    {
        var mail = new TestMail { From = "Someone <who@partner.example>", Html = "<a href=\"https://www.shop.example/a\">x</a>", Files = [("a.txt", "abc"u8.ToArray())], Headers = headers ?? [] };
        var envelope = new Envelope(client, null, null, "who@partner.example", ["info@acme.test"]);
        return await Scanner.Create().ScanAsync(new ScanRequest(mail.ToBytes(), envelope, ScanContext.Offline(TestMail.Now, "acme.test")) { Entries = new ListEntries(entries) }, Cancel);
    }
}
