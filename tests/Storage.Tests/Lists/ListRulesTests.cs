using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Storage.Tests.Lists;

public sealed class ListRulesTests
{
    [Theory]
    [InlineData(ListEntryKind.Address, " Who@Bücher.example ", "who@xn--bcher-kva.example")]
    [InlineData(ListEntryKind.Domain, "*.Partner.Example.", "partner.example")]
    [InlineData(ListEntryKind.Domain, "@例え.jp", "xn--r8jz45g.jp")]
    [InlineData(ListEntryKind.Host, "WWW.Shop_1.example", "www.shop_1.example")]
    [InlineData(ListEntryKind.Host, "192.0.2.7", "192.0.2.7")]
    [InlineData(ListEntryKind.Host, "[2001:DB8::1]", "2001:db8::1")]
    [InlineData(ListEntryKind.Url, "HTTPS://Shop.example:443/A?b#c", "shop.example/A?b")]
    [InlineData(ListEntryKind.Url, "shop.example/資料", "shop.example/%E8%B3%87%E6%96%99")]
    [InlineData(ListEntryKind.File, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(ListEntryKind.Network, "192.0.2.7", "192.0.2.7/32")]
    [InlineData(ListEntryKind.Network, "::ffff:192.0.2.7", "192.0.2.7/32")]
    [InlineData(ListEntryKind.Network, "2001:0DB8::/32", "2001:db8::/32")]
    [InlineData(ListEntryKind.Network, "10.0.0.0/8", "10.0.0.0/8")]
    public void A_value_is_kept_as_mail_is_compared_with_it(ListEntryKind kind, string given, string kept)
    {
        Assert.Equal(kept, ListRules.Check(Block(given) with { Kind = kind }, []).Entry?.Value);
    }

    [Theory]
    [InlineData(ListEntryKind.Address, "nobody")]
    [InlineData(ListEntryKind.Address, "\"a b\"@a.example")]
    [InlineData(ListEntryKind.Domain, "no dots")]
    [InlineData(ListEntryKind.Domain, "jp")]
    [InlineData(ListEntryKind.Domain, "192.0.2.1")]
    [InlineData(ListEntryKind.Domain, "")]
    [InlineData(ListEntryKind.Host, "a..example")]
    [InlineData(ListEntryKind.Host, "a.example/x")]
    [InlineData(ListEntryKind.Url, "mailto:x@a.example")]
    [InlineData(ListEntryKind.Url, "https://")]
    [InlineData(ListEntryKind.File, "abc")]
    [InlineData(ListEntryKind.File, "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(ListEntryKind.Network, "192.0.2.1/24")]
    [InlineData(ListEntryKind.Network, "0.0.0.0/0")]
    [InlineData(ListEntryKind.Network, "2000::/3")]
    [InlineData(ListEntryKind.Network, "1")]
    [InlineData(ListEntryKind.Network, "a.example/24")]
    public void What_is_no_value_of_its_kind_is_refused(ListEntryKind kind, string given)
    {
        Assert.Equal("INVALID_LIST_VALUE", ListRules.Check(Block(given) with { Kind = kind }, []).Refusal?.Code);
    }

    [Theory]
    [InlineData("co.jp", "INVALID_LIST_VALUE")]
    [InlineData("github.io", "INVALID_LIST_VALUE")]
    [InlineData("gmail.com", "INVALID_LIST_VALUE")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "INVALID_LIST_VALUE")]
    [InlineData("acme.test", "INVALID_LIST_NETWORKS")]
    [InlineData("mail.acme.test", "INVALID_LIST_NETWORKS")]
    [InlineData("boss@acme.test", "INVALID_LIST_NETWORKS")]
    [InlineData("someone@gmail.com", null)]
    [InlineData("partner.co.jp", null)]
    [InlineData("pacme.test", null)]
    public void What_would_let_in_anybody_is_not_allowed(string value, string? code)
    {
        Assert.Equal(code, ListRules.Check(Block(value) with { Action = ListAction.Allow }, ["acme.test"]).Refusal?.Code);
    }

    [Theory]
    [InlineData("co.jp")]
    [InlineData("gmail.com")]
    [InlineData("acme.test")]
    public void What_may_not_be_allowed_may_be_blocked(string value)
    {
        Assert.Null(ListRules.Check(Block(value), ["acme.test"]).Refusal);
    }

    [Theory]
    [InlineData(ListAction.Block, "partner.example", "198.51.100.0/24", "INVALID_LIST_NETWORKS")]
    [InlineData(ListAction.Allow, "https://partner.example/x", "198.51.100.0/24", "INVALID_LIST_NETWORKS")]
    [InlineData(ListAction.Allow, "partner.example", "198.51.100.1/24", "INVALID_LIST_NETWORKS")]
    [InlineData(ListAction.Allow, "partner.example", "everywhere", "INVALID_LIST_NETWORKS")]
    [InlineData(ListAction.Allow, "partner.example", "198.51.100.7", null)]
    [InlineData(ListAction.Allow, "acme.test", "198.51.100.7", null)]
    public void Only_an_allowed_name_is_bound_to_networks(ListAction action, string value, string network, string? code)
    {
        Assert.Equal(code, ListRules.Check(Block(value) with { Action = action, Networks = [network] }, ["acme.test"]).Refusal?.Code);
    }

    [Fact]
    public void An_entry_is_bound_to_some_networks_not_to_many()
    {
        string[] networks = [.. Enumerable.Range(0, ListRules.MaxNetworks + 1).Select(i => $"192.0.2.{i}")];

        Assert.Equal("INVALID_LIST_NETWORKS", ListRules.Check(Block("a.example") with { Action = ListAction.Allow, Networks = networks }, []).Refusal?.Code);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("long")]
    public void A_note_is_short_and_plain(string note)
    {
        Assert.Equal("INVALID_LIST_NOTE", ListRules.Check(Block("a.example") with { Note = note == "long" ? new string('x', ListRules.MaxNote + 1) : note }, []).Refusal?.Code);
    }

    private static NewListEntry Block(string value) => new(ListAction.Block, null, value, IsExact: false, [], "", null);
}
