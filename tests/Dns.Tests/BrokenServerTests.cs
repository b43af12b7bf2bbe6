using System.Net;
using System.Net.Sockets;
using Platform.Dns.Tests.Support;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns.Tests;

/// <summary>Against servers that fail, lie or are silent.</summary>
public sealed class BrokenServerTests
{
    private const int NoError = 0x0080, Authoritative = 0x0400, Truncated = 0x0280, RecursionAvailable = 0x0080;

    private static readonly byte[] Address = [192, 0, 2, 1];
    private static readonly byte[] OtherName = [5, .. "other"u8, 4, .. "test"u8, 0];

    public static TheoryData<string, Func<byte[], byte[]?>, DnsStatus> Replies => new()
    {
        { "an address", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address)), DnsStatus.Found },
        { "FORMERR", question => UdpResponder.Reply(question, RecursionAvailable | 1), DnsStatus.ServerFailure },
        { "SERVFAIL", question => UdpResponder.Reply(question, RecursionAvailable | 2), DnsStatus.ServerFailure },
        { "NXDOMAIN", question => UdpResponder.Reply(question, RecursionAvailable | 3), DnsStatus.NoDomain },
        { "NOTIMP", question => UdpResponder.Reply(question, RecursionAvailable | 4), DnsStatus.ServerFailure },
        { "REFUSED", question => UdpResponder.Reply(question, RecursionAvailable | 5), DnsStatus.ServerFailure },
        { "nothing, of a resolver", question => UdpResponder.Reply(question, RecursionAvailable), DnsStatus.NoData },
        { "nothing, of an authority", question => UdpResponder.Reply(question, Authoritative), DnsStatus.NoData },
        { "nothing, of neither", question => UdpResponder.Reply(question, 0), DnsStatus.ServerFailure },
        { "a referral", question => UdpResponder.Reply(question, RecursionAvailable, authority: UdpResponder.Record(2, OtherName)), DnsStatus.ServerFailure },
        { "an address of another name", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address, OtherName)), DnsStatus.NoData },
        { "an address too short", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, [192, 0])), DnsStatus.ServerFailure },
        { "a name that points at itself", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address, [0xC0, (byte)Question(question)])), DnsStatus.ServerFailure },
        { "the end in the middle", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address))[..^3], DnsStatus.ServerFailure },
        { "TC, and no TCP", question => UdpResponder.Reply(question, Truncated), DnsStatus.ServerFailure },
        { "an alias of itself", question => UdpResponder.Reply(question, NoError, UdpResponder.Record(5, [0xC0, 12])), DnsStatus.ServerFailure },
        { "silence", _ => null, DnsStatus.TimedOut },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task A_reply_gives_an_answer_and_never_throws(string name, Func<byte[], byte[]?> reply, DnsStatus expected)
    {
        Assert.NotEmpty(name);
        await using var server = new UdpResponder((question, _) => reply(question));

        var answer = await AskAsync(Resolver(server));

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again()
    {
        await using var server = new UdpResponder((question, count) => count == 1 ? null : UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address)));

        var answer = await AskAsync(Resolver(new DnsSettings { Servers = [server.EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(200), Retries = 1 }));

        Assert.Equal((DnsStatus.Found, 2), (answer.Status, server.Asked));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_server_is_asked_when_the_first_fails(bool isSilent)
    {
        await using var first = new UdpResponder((question, _) => isSilent ? null : UdpResponder.Reply(question, RecursionAvailable | 2));
        await using var second = new UdpResponder((question, _) => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address)));

        var answer = await AskAsync(Resolver(first, second));

        Assert.Equal(DnsStatus.Found, answer.Status);
    }

    [Theory]
    [InlineData(RecursionAvailable | 3)]
    [InlineData(RecursionAvailable)]
    public async Task That_there_is_nothing_is_an_answer_and_no_reason_to_ask_the_next_server(int flags)
    {
        await using var first = new UdpResponder((question, _) => UdpResponder.Reply(question, flags));
        await using var second = new UdpResponder((question, _) => UdpResponder.Reply(question, NoError, UdpResponder.Record(1, Address)));

        var answer = await AskAsync(Resolver(first, second));

        Assert.True(answer.IsVoid);
        Assert.Equal(0, second.Asked);
    }

    [Fact]
    public async Task A_question_has_a_deadline_over_all_attempts()
    {
        await using var server = new UdpResponder((_, _) => null);
        var settings = new DnsSettings { Servers = [server.EndPoint], AttemptTimeout = TimeSpan.FromSeconds(30), Deadline = TimeSpan.FromMilliseconds(200) };

        var answer = await AskAsync(Resolver(settings));

        Assert.Equal(DnsStatus.TimedOut, answer.Status);
    }

    [Fact]
    public async Task A_cancelled_question_ends_by_its_token()
    {
        await using var server = new UdpResponder((_, _) => null);
        using var source = new CancellationTokenSource();
        var asked = Resolver(new DnsSettings { Servers = [server.EndPoint] }).QueryAsync("a.test", DnsType.A, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_failure()
    {
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = (IPEndPoint)unused.LocalEndPoint!;
        unused.Close();

        var answer = await AskAsync(Resolver(new DnsSettings { Servers = [port], AttemptTimeout = TimeSpan.FromMilliseconds(200), Retries = 0 }));

        Assert.True(answer.IsTemporary);
    }

    // Where the record begins: after the header and the question.
    private static int Question(byte[] question) => Array.IndexOf<byte>(question, 0, 12) + 5;

    private static DnsClientResolver Resolver(params UdpResponder[] servers) =>
        Resolver(new DnsSettings { Servers = [.. servers.Select(server => server.EndPoint)], AttemptTimeout = TimeSpan.FromMilliseconds(300), Retries = 0 });

    private static DnsClientResolver Resolver(DnsSettings settings) => new(settings, TimeProvider.System);

    private static ValueTask<DnsAnswer> AskAsync(DnsClientResolver resolver) => resolver.QueryAsync("a.test", DnsType.A, TestContext.Current.CancellationToken);
}
