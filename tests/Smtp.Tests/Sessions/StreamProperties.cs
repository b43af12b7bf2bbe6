using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Smtp.Tests.Hosting;

namespace Platform.Smtp.Tests.Sessions;

/// <summary>What holds for whole sessions, whatever is sent and however it is cut.</summary>
public sealed class StreamProperties
{
    private static readonly SmtpServerOptions Options = new() { Hostname = "mx.test", MaxErrors = 1_000, MaxIdleCommands = 1_000, MaxCommandLength = 512 };

    /// <summary>Any order of pieces of sessions, sound and broken.</summary>
    private static readonly Gen<string> Scripts = Gen.Elements(
        "EHLO c\r\n", "HELO c\r\n", "MAIL FROM:<a@b.test>\r\n", "RCPT TO:<c@d.test>\r\n", "DATA\r\n", "first\r\n", ".\r\n", "..\r\n", ".", "\r", "\n", "\0",
        "BDAT 5\r\n", "BDAT 3 LAST\r\n", "abc", "RSET\r\n", "NOOP\r\n", "VRFY x\r\n", "QUIT\r\n", "FOO\r\n", "\r\n", "\r\n.\r\n", "STARTTLS\r\n", "XCLIENT ADDR=192.0.2.1\r\n",
        "EHLO c\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n").ArrayOf().Select(string.Concat);

    [Fact]
    public void The_cuts_between_segments_do_not_matter() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_500),
            Prop.ForAll(Scripts.Zip(Gen.Choose(1, 9)).ToArbitrary(), async c =>
            {
                // RFC 2920 lets a refused DATA with input right behind it depend on when that input came: not compared.
                var whole = await RunAsync(c.Item1, int.MaxValue);
                var cut = await RunAsync(c.Item1, c.Item2);
                if (!c.Item1.Contains("DATA", StringComparison.Ordinal) || !IsDataRefused(whole))
                    Assert.Equal(whole, cut);
            }));

    /// <summary>One message as an honest sender sends it, whatever is in it.</summary>
    private static readonly Gen<(string Content, bool ByChunks)> Messages =
        Gen.Elements("\r\n", "\r\n", "\r\n", ".", "text", "MAIL FROM:<evil@x.test>\r\nRCPT TO:<v@d.test>\r\nDATA\r\n", "BDAT 5 LAST\r\n", "QUIT\r\n", "\r\n.\r\n", "\n", "\r", "\0")
            .ArrayOf().Select(string.Concat).Zip(Gen.Elements(true, false));

    [Fact]
    public void An_honest_sender_is_understood_and_nothing_in_a_message_is_a_command() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_500),
            Prop.ForAll(Messages.NonEmptyListOf().Zip(Gen.Choose(1, 50)).ToArbitrary(), async c =>
            {
                var handler = new RecordingHandler();
                await using var conversation = new PipeConversation(Options, handler);
                await conversation.SayAsync("EHLO c\r\n");
                List<string> expected = [];
                foreach (var (content, byChunks) in c.Item1)
                {
                    if (conversation.Session.IsCompleted)
                        break;
                    await conversation.SayAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n");
                    var sent = byChunks ? content : content + "\r\n";
                    if (IsOfWholeLines(sent))
                        expected.Add(sent);
                    if (byChunks)
                        await SayInChunksAsync(conversation, sent, c.Item2);
                    else
                        await SayAsDataAsync(conversation, sent, c.Item2);
                }

                await conversation.LeaveAsync();
                Assert.Equal(expected, handler.Messages.Select(m => m.Text));
                Assert.All(handler.Mails, m => Assert.Equal("a@b.test", m.Mail.ReversePath));
                Assert.Empty(conversation.Errors.Entries);
            }));

    private static async Task SayInChunksAsync(PipeConversation conversation, string content, int size)
    {
        for (var i = 0; i < content.Length; i += size)
        {
            var chunk = content.Substring(i, Math.Min(size, content.Length - i));
            await conversation.SayAsync($"BDAT {chunk.Length}\r\n{chunk}");
        }

        await conversation.SayAsync("BDAT 0 LAST\r\n");
    }

    private static async Task SayAsDataAsync(PipeConversation conversation, string content, int size)
    {
        await conversation.SayAsync("DATA\r\n");
        var stuffed = ("\r\n" + content).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)[2..] + ".\r\n";
        foreach (var segment in stuffed.Chunk(size))
            await conversation.SayAsync(new string(segment));
    }

    private static bool IsOfWholeLines(string content) =>
        !content.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny("\r\n\0");

    private static bool IsDataRefused(string transcript) => transcript.Contains("RCPT needed first", StringComparison.Ordinal)
        || transcript.Contains("MAIL needed first", StringComparison.Ordinal) || transcript.Contains("HELO first", StringComparison.Ordinal)
        || transcript.Contains("BDAT is under way", StringComparison.Ordinal);

    /// <summary>All that can be seen of a session: what was said and what the host was shown.</summary>
    private static async Task<string> RunAsync(string script, int segmentLength)
    {
        var handler = new RecordingHandler();
        await using var conversation = new PipeConversation(Options, handler);
        foreach (var segment in Encoding.Latin1.GetBytes(script).Chunk(segmentLength))
            await conversation.SayAsync(segment);
        await conversation.LeaveAsync();
        Assert.Empty(conversation.Errors.Entries);
        return $"{conversation.Said}|{handler.Mails.Count}|{handler.Recipients.Count}|{handler.Aborted}|{string.Join('|', handler.Messages.Select(m => m.Text))}";
    }
}
