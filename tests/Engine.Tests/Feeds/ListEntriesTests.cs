using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Feeds;

namespace Platform.Engine.Tests.Feeds;

/// <summary>Which entries of lists a message meets (DET8).</summary>
public sealed class ListEntriesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ListEntryKind.Address, "who@a.example", false, true)]
    [InlineData(ListEntryKind.Address, "other@a.example", false, false)]
    [InlineData(ListEntryKind.Domain, "a.example", false, true)]
    [InlineData(ListEntryKind.Domain, "a.example", true, true)]
    [InlineData(ListEntryKind.Domain, "example", false, true)]
    [InlineData(ListEntryKind.Domain, "example", true, false)]
    [InlineData(ListEntryKind.Domain, "xa.example", false, false)]
    [InlineData(ListEntryKind.Host, "shop.example", false, true)]
    [InlineData(ListEntryKind.Host, "shop.example", true, false)]
    [InlineData(ListEntryKind.Host, "www.shop.example", true, true)]
    [InlineData(ListEntryKind.Host, "a.example", false, false)]
    [InlineData(ListEntryKind.Url, "www.shop.example/a", false, true)]
    [InlineData(ListEntryKind.Url, "www.shop.example", false, false)]
    [InlineData(ListEntryKind.File, "sha1", false, true)]
    [InlineData(ListEntryKind.File, "none", false, false)]
    [InlineData(ListEntryKind.Network, "192.0.2.0/24", false, true)]
    [InlineData(ListEntryKind.Network, "192.0.2.7/32", false, true)]
    [InlineData(ListEntryKind.Network, "192.0.2.0/29", false, true)]
    [InlineData(ListEntryKind.Network, "192.0.2.8/29", false, false)]
    [InlineData(ListEntryKind.Network, "2001:db8::/32", false, false)]
    public void An_entry_meets_what_it_names(ListEntryKind kind, string value, bool exact, bool met)
    {
        Assert.Equal(met, Match([Entry(kind, value) with { IsExact = exact }]).Count == 1);
    }

    [Theory]
    [InlineData("2001:db8:1::9", "2001:db8::/32", true)]
    [InlineData("2001:db8:1::9", "2001:db8::/47", true)]
    [InlineData("2001:db8:1::9", "2001:db8:2::/48", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.0/24", true)]
    [InlineData("no address", "192.0.2.0/24", false)]
    public void A_network_holds_addresses_of_its_kind(string origin, string network, bool met)
    {
        Assert.Equal(met, Match([Entry(ListEntryKind.Network, network)], Questions with { Origin = origin }).Count == 1);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void An_entry_holds_until_its_end(int seconds, int met)
    {
        Assert.Equal(met, Match([Entry(ListEntryKind.Domain, "a.example") with { Expires = s_now.AddSeconds(seconds) }]).Count);
    }

    [Theory]
    [InlineData("www.shop.example/allow/tenant", "shop.example/block/tenant", "www.shop.example")]
    [InlineData("www.shop.example/block/tenant", "shop.example/allow/tenant", "www.shop.example")]
    [InlineData("www.shop.example/allow/msp", "shop.example/block/tenant", "shop.example")]
    [InlineData("shop.example/allow/tenant", "shop.example/block/msp", "shop.example")]
    [InlineData("www.shop.example/block/msp", "shop.example/allow/tenant", "shop.example")]
    public void Of_a_link_the_tenants_entry_decides_then_the_narrower(string one, string other, string decides)
    {
        ListEntry[] entries = [Parse(one), Parse(other)];

        Assert.Equal(decides, Assert.Single(Match(entries)).Value);
        Assert.Equal(decides, Assert.Single(Match([.. entries.Reverse()])).Value);
    }

    [Fact]
    public void Of_equals_the_block_decides()
    {
        ListEntry[] entries = [Entry(ListEntryKind.Url, "www.shop.example/a") with { Action = ListAction.Allow, Id = "1" }, Entry(ListEntryKind.Url, "www.shop.example/a") with { Id = "2" }];

        Assert.Equal(ListAction.Block, Assert.Single(Match(entries)).Action);
    }

    [Fact]
    public void One_links_exception_leaves_another_link_blocked()
    {
        var entries = Match([Parse("good.shop.example/allow/tenant"), Parse("shop.example/block/tenant")], Questions with { Hosts = ["good.shop.example", "bad.shop.example"] });

        Assert.Equal(["good.shop.example", "shop.example"], entries.Select(entry => entry.Value));
    }

    [Fact]
    public void Of_senders_all_entries_are_told_the_tenants_first()
    {
        var own = new ListEntries([Entry(ListEntryKind.Domain, "a.example")]);
        var inherited = new ListEntries([Entry(ListEntryKind.Domain, "a.example") with { Owner = ListEntry.OfMsp }]);

        Assert.Equal([ListEntry.OfTenant, ListEntry.OfMsp], own.Over(inherited).Match(Questions, s_now).Select(entry => entry.Owner));
        Assert.Equal([ListEntry.OfMsp], new ListEntries([]).Over(inherited).Match(Questions, s_now).Select(entry => entry.Owner));
    }

    [Fact]
    public void A_prefix_of_any_length_meets_its_own_addresses_and_no_others()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<uint, byte>((address, length) =>
        {
            var prefix = 1 + length % 32;
            var own = new System.Net.IPAddress(BitConverter.GetBytes(address));
            var octets = own.GetAddressBytes();
            octets[(prefix - 1) / 8] ^= (byte)(0x80 >> ((prefix - 1) % 8));
            var network = new System.Net.IPNetwork(Masked(own.GetAddressBytes(), prefix), prefix).ToString();
            var entries = new ListEntries([Entry(ListEntryKind.Network, network)]);
            return entries.Match(Questions with { Origin = own.ToString() }, s_now).Count == 1
                && entries.Match(Questions with { Origin = new System.Net.IPAddress(octets).ToString() }, s_now).Count == 0;
        }));

        static System.Net.IPAddress Masked(byte[] octets, int length)
        {
            for (var bit = length; bit < 32; bit++)
                octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            return new System.Net.IPAddress(octets);
        }
    }

    private static FeedQuestions Questions => new([new FileFingerprint("a.txt", "md5", "sha1", "sha256")], ["www.shop.example/a"], ["www.shop.example"], ["who@a.example"], "192.0.2.7");

    private static IReadOnlyList<ListEntry> Match(ListEntry[] entries, FeedQuestions? questions = null) => new ListEntries(entries).Match(questions ?? Questions, s_now);

    private static ListEntry Entry(ListEntryKind kind, string value) => new(ListAction.Block, kind, value, [], null, "", ListEntry.OfTenant);

    /// <summary><c>host/action/owner</c>.</summary>
    private static ListEntry Parse(string text) => text.Split('/') is [var host, var action, var owner]
        ? Entry(ListEntryKind.Host, host) with { Action = action == "allow" ? ListAction.Allow : ListAction.Block, Owner = owner }
        : throw new FormatException(text);
}
