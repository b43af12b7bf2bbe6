using System.Text;
using System.Text.RegularExpressions;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

/// <summary>Whole sessions of damaged input, the same on every run.</summary>
public sealed partial class SessionFuzzTests
{
    private const int Rounds = 1_000;

    private static readonly SmtpServerOptions Options = new()
    {
        Hostname = "mx.test",
        MaxMessageBytes = 2_000,
        MaxCommandLength = 512,
        TrustedXclient = [System.Net.IPNetwork.Parse("127.0.0.0/8")],
    };

    private static readonly string[] Pieces =
    [
        "EHLO c\r\n", "MAIL FROM:<a@b.test>\r\n", "MAIL FROM:<> SIZE=10 RET=FULL ENVID=a+2Bb\r\n", "RCPT TO:<c@d.test>\r\n",
        "RCPT TO:<\"q q\"@d.test> NOTIFY=NEVER ORCPT=rfc822;x\r\n", "DATA\r\n", "Subject: s\r\n\r\nbody\r\n", ".\r\n", "..\r\n", "BDAT 10\r\n0123456789",
        "BDAT 4 LAST\r\nab\r\n", "BDAT 0 LAST\r\n", "BDAT 5000\r\n", "RSET\r\n", "NOOP\r\n", "XCLIENT ADDR=192.0.2.1 HELO=x\r\n", "VRFY a\r\n", "STARTTLS\r\n",
        "EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_session_survives_anything(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var input = Damage(string.Concat(random.GetItems(Pieces, random.Next(1, 14))), random);
            var handler = new RecordingHandler();
            await using var conversation = new PipeConversation(Options, handler);
            foreach (var segment in input.Chunk(random.Next(1, 200)))
                await conversation.SayAsync(segment);
            await conversation.LeaveAsync();

            var story = $"seed {seed}, round {round}, input {Uri.EscapeDataString(Encoding.Latin1.GetString(input))}, said {conversation.Said}";
            Assert.True(conversation.Errors.Entries.Count == 0, story + string.Join('\n', conversation.Errors.Entries));
            Assert.True(ReplyLines().IsMatch(conversation.Said), story);
            Assert.True(handler.Messages.All(IsSound), story);
            Assert.True(handler.Recipients.All(r => IsPrintable(r.Address) && IsPrintable(r.Orcpt?.Address)), story);
            Assert.True(handler.Mails.All(m => m.Peer.Helo is not null && IsPrintable(m.Mail.ReversePath) && IsPrintable(m.Mail.EnvId)), story);
        }
    }

    private static byte[] Damage(string script, Random random)
    {
        List<byte> input = [.. Encoding.Latin1.GetBytes(script)];
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(input.Count);
            switch (random.Next(4))
            {
                case 0:
                    input[at] = (byte)random.Next(256);
                    break;
                case 1:
                    input.Insert(at, "\r\n\0. <"u8[random.Next(6)]);
                    break;
                case 2 when input.Count > 1:
                    input.RemoveAt(at);
                    break;
                case 3:
                    input.InsertRange(at, Enumerable.Repeat((byte)'a', random.Next(700)));
                    break;
            }
        }

        return [.. input];
    }

    private static bool IsSound(ReceivedMessage message) =>
        message.Transaction.Recipients.Count > 0
        && message.Content.Length <= Options.MaxMessageBytes
        && !message.Text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny("\r\n\0");

    private static bool IsPrintable(string? text) => text is null || !text.Any(char.IsControl);

    [GeneratedRegex(@"^([2-5][0-9][0-9][ -][ -~]*\r\n)+\z")]
    private static partial Regex ReplyLines();
}
