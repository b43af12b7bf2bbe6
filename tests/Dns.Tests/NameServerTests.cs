using System.Net;
using Platform.Dns.Tests.Support;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns.Tests;

/// <summary>Against a name server as they are in the field.</summary>
public sealed class NameServerTests(NsdServer server) : IClassFixture<NsdServer>
{
    [Theory]
    [InlineData("host.example.test", DnsType.A, DnsStatus.Found)]
    [InlineData("HOST.Example.Test.", DnsType.A, DnsStatus.Found)]
    [InlineData("host.example.test", DnsType.Aaaa, DnsStatus.NoData)]
    [InlineData("absent.example.test", DnsType.A, DnsStatus.NoDomain)]
    [InlineData("dangling.example.test", DnsType.A, DnsStatus.NoDomain)]
    [InlineData("empty.example.test", DnsType.Mx, DnsStatus.NoData)]
    [InlineData("host.nowhere.test", DnsType.A, DnsStatus.ServerFailure)]
    [InlineData("loop1.example.test", DnsType.A, DnsStatus.ServerFailure)]
    [InlineData("there.example.test", DnsType.A, DnsStatus.ServerFailure)]
    [InlineData("", DnsType.A, DnsStatus.NoDomain)]
    [InlineData("a..example.test", DnsType.A, DnsStatus.NoDomain)]
    [InlineData("b\u00fccher.example.test", DnsType.Mx, DnsStatus.NoDomain)]
    public async Task The_ways_in_which_a_question_ends_are_told_apart(string name, DnsType type, DnsStatus expected)
    {
        var answer = await AskAsync(name, type);

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == DnsStatus.Found, answer.Records.Count > 0);
    }

    [Theory]
    [InlineData("host.example.test", "192.0.2.7", 60)]
    [InlineData("alias.example.test", "192.0.2.7", 30)]
    [InlineData("chain.example.test", "192.0.2.7", 30)]
    [InlineData("away.example.test", "192.0.2.99", 300)]
    [InlineData("a%b c%20d.example.test", "192.0.2.8", 300)]
    [InlineData("foo:bar/baz.example.test", "192.0.2.9", 300)]
    public async Task An_address_is_found_behind_aliases_and_lives_as_long_as_the_shortest_of_them(string name, string address, int seconds)
    {
        var answer = await AskAsync(name, DnsType.A);

        Assert.Equal([new DnsRecord.Address(IPAddress.Parse(address))], answer.Records);
        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Ttl);
    }

    [Theory]
    [InlineData("host.example.test", DnsType.Txt)]
    [InlineData("absent.example.test", DnsType.Txt)]
    public async Task That_there_is_nothing_lives_as_long_as_the_zone_says(string name, DnsType type)
    {
        var answer = await AskAsync(name, type);

        Assert.Equal(TimeSpan.FromSeconds(120), answer.Ttl);
    }

    [Fact]
    public async Task An_alias_itself_can_be_asked_for()
    {
        var answer = await AskAsync("chain.example.test", DnsType.Cname);

        Assert.Equal([new DnsRecord.Name("alias.example.test")], answer.Records);
    }

    [Fact]
    public async Task Exchangers_come_with_their_preference()
    {
        var answer = await AskAsync("example.test", DnsType.Mx);

        Assert.Equal(
            [new DnsRecord.Exchanger(10, "mail.example.test"), new DnsRecord.Exchanger(20, "backup.other.test")],
            answer.Records.OrderBy(record => ((DnsRecord.Exchanger)record).Preference));
    }

    [Theory]
    [InlineData("null.example.test", "")]
    [InlineData("xn--bcher-kva.example.test", "xn--bcher-kva.example.test")]
    public async Task A_host_is_given_in_A_labels_without_the_last_dot(string name, string host)
    {
        var answer = await AskAsync(name, DnsType.Mx);

        Assert.Equal(host, Assert.IsType<DnsRecord.Exchanger>(Assert.Single(answer.Records)).Host);
    }

    [Fact]
    public async Task A_client_may_have_many_names()
    {
        var answer = await AskAsync("7.2.0.192.in-addr.arpa", DnsType.Reverse);

        Assert.Equal(["alias.example.test", "host.example.test"], answer.Records.Select(record => ((DnsRecord.Name)record).Host.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_text_too_long_for_a_datagram_comes_by_TCP()
    {
        var answer = await AskAsync("long.example.test", DnsType.Txt);

        Assert.Equal(4_000, Assert.IsType<DnsRecord.Text>(Assert.Single(answer.Records)).Value.Length);
    }

    [Fact]
    public async Task A_text_keeps_its_octets()
    {
        var answer = await AskAsync("octets.example.test", DnsType.Txt);

        Assert.Equal("\u00c3\u00bc\0\u00ffa;b\"c\\123", Assert.IsType<DnsRecord.Text>(Assert.Single(answer.Records)).Value);
    }

    [Theory]
    [InlineData("_25._tcp.example.test", DnsType.Tlsa, "0301010123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("example.test", DnsType.Caa, "0005697373756563612E74657374")]
    [InlineData("example.test", DnsType.Soa, "026E73076578616D706C6504746573740" + "00A686F73746D6173746572076578616D706C65047465737400" + "0000000100000E10000002580001518000000078")]
    public async Task Other_types_come_as_their_data(string name, DnsType type, string data)
    {
        var answer = await AskAsync(name, type);

        Assert.Equal(data, Convert.ToHexString(Assert.IsType<DnsRecord.Other>(Assert.Single(answer.Records)).Data.Span));
    }

    private ValueTask<DnsAnswer> AskAsync(string name, DnsType type) => server.Resolver().QueryAsync(name, type, TestContext.Current.CancellationToken);
}
