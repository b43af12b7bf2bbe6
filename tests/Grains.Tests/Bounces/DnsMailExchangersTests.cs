using System.Net;
using Platform.Engine.Authentication.Dns;
using Platform.Grains.Bounces;

namespace Platform.Grains.Tests.Bounces;

public sealed class DnsMailExchangersTests
{
    [Fact]
    public async Task Exchangers_are_those_of_the_domain()
    {
        var found = await Find(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Exchanger(10, "mx.other.test"), new DnsRecord.Exchanger(0, "")]));

        Assert.True(found.DomainExists);
        Assert.Equal([(10, "mx.other.test"), (0, "")], found.Records);
    }

    [Theory]
    [InlineData(DnsStatus.NoData, true)]
    [InlineData(DnsStatus.NoDomain, false)]
    public async Task A_domain_without_exchangers_may_exist(DnsStatus status, bool exists)
    {
        var found = await Find(new DnsAnswer(status, []));

        Assert.Equal(exists, found.DomainExists);
        Assert.Empty(found.Records);
    }

    [Theory]
    [InlineData(DnsStatus.ServerFailure)]
    [InlineData(DnsStatus.TimedOut)]
    [InlineData(DnsStatus.NotAsked)]
    public async Task No_answer_is_no_empty_answer(DnsStatus status)
    {
        await Assert.ThrowsAsync<MailExchangerLookupException>(() => Find(new DnsAnswer(status, [])));
    }

    [Fact]
    public async Task Addresses_of_both_families_are_bounded()
    {
        var answer = new DnsAnswer(DnsStatus.Found, [.. Enumerable.Range(1, 6).Select(i => new DnsRecord.Address(new IPAddress([192, 0, 2, (byte)i])))]);

        var (addresses, _) = await new DnsMailExchangers(new OneAnswer(answer)).AddressesAsync("mx.other.test", TestContext.Current.CancellationToken);

        Assert.Equal(8, addresses.Count);
    }

    private static Task<MailExchangers> Find(DnsAnswer answer) => new DnsMailExchangers(new OneAnswer(answer)).FindAsync("other.test", TestContext.Current.CancellationToken);

    private sealed class OneAnswer(DnsAnswer answer) : IDnsResolver
    {
        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => ValueTask.FromResult(answer);
    }
}
