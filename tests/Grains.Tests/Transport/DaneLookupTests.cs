using Platform.Engine.Authentication.Dns;
using Platform.Grains.Transport.Dane;

namespace Platform.Grains.Tests.Transport;

/// <summary>TLSA records of mail hosts (RFC 7672, 2.2).</summary>
public sealed class DaneLookupTests
{
    private const string Host = "mx.b.test";
    private static readonly DnsRecord Record = new DnsRecord.Other((byte[])[3, 1, 1, .. new byte[32]]);

    [Fact]
    public async Task Records_that_dnssec_proves_are_found() =>
        Assert.Equal(Host, Assert.IsType<DaneAnswer.Found>(await FindAsync(new NamesTable().Set($"_25._tcp.{Host}", DnsType.Tlsa, true, Record))).Name);

    [Fact]
    public async Task Records_that_dnssec_does_not_prove_are_nothing() =>
        Assert.IsType<DaneAnswer.Nothing>(await FindAsync(new NamesTable().Set($"_25._tcp.{Host}", DnsType.Tlsa, false, Record)));

    [Fact]
    public async Task Where_there_are_none_dane_says_nothing() => Assert.IsType<DaneAnswer.Nothing>(await FindAsync(new NamesTable()));

    [Theory]
    [InlineData("_25._tcp.mx.b.test", DnsType.Tlsa)]
    [InlineData("mx.b.test", DnsType.Cname)]
    public async Task No_answer_is_not_taken_for_none(string name, DnsType type) => Assert.IsType<DaneAnswer.Broken>(await FindAsync(new NamesTable().Fail(name, type)));

    [Fact]
    public async Task The_name_behind_an_alias_goes_first()
    {
        var dns = new NamesTable().Set(Host, DnsType.Cname, true, new DnsRecord.Name("host.c.test"))
            .Set("_25._tcp.host.c.test", DnsType.Tlsa, true, Record).Set($"_25._tcp.{Host}", DnsType.Tlsa, true, Record);

        Assert.Equal("host.c.test", Assert.IsType<DaneAnswer.Found>(await FindAsync(dns)).Name);
    }

    [Fact]
    public async Task The_alias_itself_comes_second()
    {
        var dns = new NamesTable().Set(Host, DnsType.Cname, true, new DnsRecord.Name("host.c.test")).Set($"_25._tcp.{Host}", DnsType.Tlsa, true, Record);

        Assert.Equal(Host, Assert.IsType<DaneAnswer.Found>(await FindAsync(dns)).Name);
    }

    [Fact]
    public async Task Aliases_in_a_circle_end()
    {
        var dns = new NamesTable().Set(Host, DnsType.Cname, true, new DnsRecord.Name("c.test")).Set("c.test", DnsType.Cname, true, new DnsRecord.Name(Host));

        Assert.IsType<DaneAnswer.Broken>(await FindAsync(dns));
    }

    private static Task<DaneAnswer> FindAsync(NamesTable dns) => new DaneLookup(dns, new FlowSettings { DataDirectory = "." }).FindAsync(Host, TestContext.Current.CancellationToken);
}
