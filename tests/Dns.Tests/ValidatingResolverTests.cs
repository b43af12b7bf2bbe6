using Platform.Dns.Tests.Support;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns.Tests;

/// <summary>The AD bit of a resolver is believed where the operator says that it may be (RFC 6840, 5.7).</summary>
public sealed class ValidatingResolverTests
{
    private const int Recursive = 0x0180;
    private const int Authentic = 0x0020;

    [Theory]
    [InlineData(true, Recursive | Authentic, true)]
    [InlineData(true, Recursive, false)]
    [InlineData(false, Recursive | Authentic, false)]
    public async Task Only_a_validating_resolver_proves_an_answer(bool isValidating, int flags, bool isProven)
    {
        await using var server = new UdpResponder((question, _) => UdpResponder.Reply(question, flags, UdpResponder.Record((int)DnsType.A, [192, 0, 2, 1])));

        var answer = await QueryAsync(server, isValidating);

        Assert.Equal((DnsStatus.Found, isProven), (answer.Status, answer.IsAuthenticated));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_asked_for_proof_where_that_is_believed(bool isValidating)
    {
        var asked = Array.Empty<byte>();
        await using var server = new UdpResponder((question, _) =>
        {
            asked = question;
            return UdpResponder.Reply(question, Recursive, UdpResponder.Record((int)DnsType.A, [192, 0, 2, 1]));
        });

        await QueryAsync(server, isValidating);

        // OPT is the last record: root, type 41, size, extended code and version, then the flags with DO first (RFC 6891, 6.1.3).
        Assert.Equal(isValidating, asked[^4] >= 0x80);
    }

    private static async Task<DnsAnswer> QueryAsync(UdpResponder server, bool isValidating) =>
        await new DnsClientResolver(new DnsSettings { Servers = [server.EndPoint], IsValidating = isValidating }, TimeProvider.System).QueryAsync("a.test", DnsType.A, TestContext.Current.CancellationToken);
}
