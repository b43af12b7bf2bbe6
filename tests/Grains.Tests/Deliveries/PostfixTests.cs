using System.Text;
using Platform.Grains.Tests.Support;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Deliveries;

/// <summary>The relay into a real server of another make.</summary>
public sealed class PostfixTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["plain"] = Encoding.ASCII.GetBytes(FlowHost.Body),
        ["dots"] = "Subject: x\r\n\r\n.\r\n..\r\n.x\r\n\r\n.\r\n"u8.ToArray(),
        ["eight bits without a word about it"] = [.. "Subject: \xE9\r\nX: "u8, 0xFF, 0x80, .. "\r\n\r\n日本語 "u8, 0xC3, .. "\r\n"u8],
        ["japanese in iso-2022-jp"] = [.. "Subject: =?iso-2022-jp?B?GyRCN29MPhsoQg==?=\r\n\r\n"u8, 0x1B, 0x24, 0x42, 0x37, 0x6F, 0x4C, 0x3E, 0x1B, 0x28, 0x42, .. "\r\n"u8],
        ["a line of 5,000 octets"] = Encoding.ASCII.GetBytes($"Subject: x\r\n\r\n{new string('a', 5_000)}\r\n"),
        ["a header that is folded strangely"] = "Subject: x\r\n\t\r\n y\r\n\r\nbody\r\n"u8.ToArray(),
        ["trailing white space and empty lines"] = "Subject: x \r\n\r\n  \t\r\n\r\n\r\n"u8.ToArray(),
    };

    [Theory]
    [InlineData("by BDAT", "")]
    [InlineData("by DATA", "smtpd_discard_ehlo_keywords = chunking")]
    public async Task Every_octet_arrives(string way, string setting)
    {
        await using var server = await PostfixServer.StartAsync(setting);
        await using var host = await FlowHost.StartAsync(server.Route);
        List<string> changed = [];

        foreach (var (what, body) in Bodies)
        {
            if (!await ArrivesAsync(host, server, body))
                changed.Add($"{what} {way}");
        }

        Assert.Empty(changed);
    }

    [Fact]
    public async Task A_recipient_that_postfix_does_not_know_fails_and_is_told()
    {
        await using var server = await PostfixServer.StartAsync();
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync(new Mail { Recipients = ["nobody@acme.test"] });

        await host.Relay.RunOnceAsync(Stop);

        var row = await host.DeliveryAsync(delivery);
        Assert.Equal((DeliveryState.Failed, "5.1.1 550 5.1.1", 1), (row.State, row.LastStatus![..15], (await host.NoticesAsync()).Count));
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_postfix_is_not_sent()
    {
        await using var server = await PostfixServer.StartAsync("message_size_limit = 1000");
        await using var host = await FlowHost.StartAsync(server.Route);
        var delivery = await host.QueueAsync(new Mail { Body = new byte[2_000] });

        await host.Relay.RunOnceAsync(Stop);

        Assert.StartsWith("5.3.4 ", (await host.DeliveryAsync(delivery)).LastStatus, StringComparison.Ordinal);
    }

    /// <summary>Postfix stores lines with LF and puts its own trace fields in front.</summary>
    private static async Task<bool> ArrivesAsync(FlowHost host, PostfixServer server, byte[] body)
    {
        var before = server.MailsOf("info");
        var mail = await host.AcceptAsync(new Mail { Body = body, Smtp = SmtpParameters.None with { EightBitMime = true } });
        await host.Scans.RunOnceAsync(Stop);

        await host.Relay.RunOnceAsync(Stop);

        var row = await host.DeliveryAsync(mail.Deliveries[0]);
        Assert.True(row.State == DeliveryState.Delivered, $"{row.LastStatus}\n{server.Log}");
        await Until.TrueAsync(() => server.MailsOf("info").Length > before.Length, "Postfix delivers");
        var arrived = await File.ReadAllBytesAsync(server.MailsOf("info").Except(before).Single(), Stop);
        byte[] sent =
        [
            .. Encoding.UTF8.GetBytes($"{FlowHost.Prologue}X-Inspection-Trace: mx.platform.test; message={mail.Id}; delivery={mail.Deliveries[0]}\r\n"),
            .. body,
        ];
        return arrived.AsSpan().EndsWith(WithFeeds(sent));
    }

    private static byte[] WithFeeds(byte[] bytes) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal));
}
