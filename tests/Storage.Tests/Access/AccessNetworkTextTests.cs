using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Access;

namespace Platform.Storage.Tests.Access;

/// <summary>Networks as people write them, brought into their one form.</summary>
public sealed class AccessNetworkTextTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData(" 192.0.2.7/24 ", "192.0.2.0/24")]
    [InlineData("192.0.2.255/25", "192.0.2.128/25")]
    [InlineData("10.1.2.3/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("2001:db8:ffff::1/33", "2001:db8:8000::/33")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7/32")]
    [InlineData("::ffff:192.0.2.7/120", "192.0.2.0/24")]
    [InlineData("::/0", "::/0")]
    public void What_is_meant_has_one_form(string text, string network) => Assert.Equal(network, AccessRuleChecks.Network(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2")]
    [InlineData("10.1/16")]
    [InlineData("192.0.2.7/33")]
    [InlineData("192.0.2.7/-1")]
    [InlineData("192.0.2.7/")]
    [InlineData("192.0.2.7/24/8")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:192.0.2.7/90")]
    [InlineData("acme.test")]
    [InlineData("192.0.2.7 - 192.0.2.9")]
    public void What_is_no_network_is_refused(string text) => Assert.Null(AccessRuleChecks.Network(text));

    [Fact]
    public void The_form_names_the_address_that_was_given_and_stays_as_it_is() => Prop.ForAll(
        Gen.Choose(0, 255).ArrayOf(4).ToArbitrary(),
        Gen.Choose(0, 32).ToArbitrary(),
        (bytes, prefix) =>
        {
            var address = new IPAddress([.. bytes.Select(number => (byte)number)]);
            var network = AccessRuleChecks.Network($"{address}/{prefix}");
            return network is { } range && range.Contains(address) && range.PrefixLength == prefix && AccessRuleChecks.Network(range.ToString()) == range;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_written_it_is_a_network_or_none() =>
        Prop.ForAll<NonNull<string>>(text => AccessRuleChecks.Network(text.Get) is null or { PrefixLength: >= 0 }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void Attempts_are_counted_by_what_one_holder_has(string address, string key) => Assert.Equal(key, AccessNetworks.KeyOf(IPAddress.Parse(address)));
}
