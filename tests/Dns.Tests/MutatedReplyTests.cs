using Platform.Dns.Tests.Support;
using Platform.Engine.Authentication.Dns;

namespace Platform.Dns.Tests;

/// <summary>Against a server whose replies are damaged at random; the same seed damages in the same way.</summary>
public sealed class MutatedReplyTests
{
    private const int Rounds = 300;

    private static readonly byte[][] Answers =
    [
        UdpResponder.Record(1, [192, 0, 2, 1]),
        UdpResponder.Record(5, [3, .. "foo"u8, 0xC0, 12]),
        UdpResponder.Record(15, [0, 10, 4, .. "mail"u8, 0xC0, 12]),
        UdpResponder.Record(16, [5, .. "v=spf"u8, 3, .. "1 a"u8]),
        UdpResponder.Record(16, [8, .. "xn--\\123"u8]),
        UdpResponder.Record(12, [8, .. "xn--zzz9"u8, 0]),
    ];

    private static readonly DnsType[] Types = [DnsType.A, DnsType.Mx, DnsType.Txt, DnsType.Reverse, DnsType.Cname, DnsType.Soa, DnsType.Tlsa, DnsType.Caa];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_damaged_reply_gives_an_answer(int seed)
    {
        var random = new Random(seed);
        await using var server = new UdpResponder((question, _) => Damage(question, random));
        var settings = new DnsSettings { Servers = [server.EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(250), Retries = 0, Deadline = TimeSpan.FromSeconds(1) };
        var resolver = new DnsClientResolver(settings, TimeProvider.System);

        for (var round = 0; round < Rounds; round++)
        {
            var answer = await resolver.QueryAsync("a.test", Types[round % Types.Length], TestContext.Current.CancellationToken);
            Assert.True(answer.Status == DnsStatus.Found == answer.Records.Count > 0, $"seed {seed}, round {round}: {answer}");
            Assert.True(answer.Ttl >= TimeSpan.Zero, $"seed {seed}, round {round}: a time to live below zero");
        }
    }

    // The identifier stays: a reply with another is no reply, and the question would wait for its time-out.
    private static byte[] Damage(byte[] question, Random random)
    {
        List<byte> reply = [.. UdpResponder.Reply(question, 0x0480, Answers[random.Next(Answers.Length)], random.Next(3) == 0 ? UdpResponder.Record(6, [0, 0, .. new byte[20]]) : null)];
        // The type of the question, often, so that the answer is to it.
        var type = Array.IndexOf<byte>(question, 0, 12) + 5 + 3;
        if (random.Next(2) == 0)
            reply[type] = question[Array.IndexOf<byte>(question, 0, 12) + 2];
        for (var changes = random.Next(5); changes > 0; changes--)
        {
            var at = random.Next(2, reply.Count);
            switch (random.Next(3))
            {
                case 0:
                    reply[at] = (byte)random.Next(256);
                    break;
                case 1:
                    reply.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    reply.RemoveAt(at);
                    break;
            }
        }

        return [.. reply];
    }
}
