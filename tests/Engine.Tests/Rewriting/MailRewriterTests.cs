using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Mail;
using Platform.Engine.Rewriting;

namespace Platform.Engine.Tests.Rewriting;

public sealed class MailRewriterTests
{
    private const string Pdf = "JVBERi0xLjQKMSAwIG9iago8PD4+CmVuZG9iagp0cmFpbGVyPDw+Pgo=";

    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly MailNote Note = new("読むには https://reader.test/r/1", "Read at https://reader.test/r/1", "<p>読むには <a href=\"https://reader.test/r/1\">ここ</a></p>");

    static MailRewriterTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void A_file_is_taken_out_and_its_name_stays_in_its_place()
    {
        var rewritten = Rewrite(WithFile("report.pdf"), new MailRewrite { Take = new FileChoice { All = true, InPlace = "{name} is read elsewhere" } });

        Assert.Equal((RewriteEnd.Changed, "report.pdf"), (rewritten.End, Assert.Single(rewritten.Taken).Name));
        var after = Read(rewritten);
        Assert.Empty(after.Attachments);
        Assert.Contains("report.pdf is read elsewhere", after.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain(Pdf, Text(rewritten), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_byte_stays()
    {
        const string head = "From: a@acme.test\r\nX-Odd:  two  spaces\t\r\nSubject: =?utf-8?B?w6Q=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello \t\r\n--b\r\n";
        const string tail = "\r\n--b--\r\nepilogue\r\n";
        var rewritten = Rewrite($"{head}Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{Pdf}{tail}", new MailRewrite { Take = new FileChoice { All = true, InPlace = "gone" } });

        Assert.StartsWith(head, Text(rewritten), StringComparison.Ordinal);
        Assert.EndsWith(tail, Text(rewritten), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_is_read_in_one_way_whatever_the_header_of_the_mail_holds()
    {
        var rewritten = Rewrite("From: a@acme.test\r\nTo: b@partner.test,\r\r\rSubject: secret\0\r\n\r\nhello\r\n", new MailRewrite { Replacement = new MailReplacement("notice", "text", "<p>text</p>") });

        Assert.Single(Read(rewritten).Readings);
    }

    [Fact]
    public void A_mail_that_is_nothing_but_a_file_keeps_its_header()
    {
        var rewritten = Rewrite($"From: a@acme.test\r\nSubject: x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{Pdf}\r\n", new MailRewrite { Take = new FileChoice { All = true, InPlace = "{name}" } });

        var after = Read(rewritten);
        Assert.Equal(("x", "a.pdf", "text/plain"), (after.Subject, after.VisibleText.Trim(), after.Root.MediaType));
        Assert.Empty(after.Attachments);
    }

    [Theory]
    [InlineData("pdf", true)]
    [InlineData("docx", false)]
    public void Files_are_chosen_by_what_they_are(string type, bool taken) =>
        Assert.Equal(taken ? RewriteEnd.Changed : RewriteEnd.Unchanged, Rewrite(WithFile("renamed.bin"), new MailRewrite { Take = new FileChoice { Types = [type] } }).End);

    [Theory]
    [InlineData(10, true)]
    [InlineData(1_000, false)]
    public void Files_are_chosen_by_size(long most, bool taken) =>
        Assert.Equal(taken ? RewriteEnd.Changed : RewriteEnd.Unchanged, Rewrite(WithFile("a.pdf"), new MailRewrite { Take = new FileChoice { LargerThan = most } }).End);

    [Theory]
    [InlineData(Png, RewriteEnd.Unchanged)]
    [InlineData(Pdf, RewriteEnd.Changed)]
    public void A_picture_that_the_text_shows_stays_in_it_and_what_only_says_that_it_is_one_does_not(string content, RewriteEnd end) =>
        Assert.Equal(end, Rewrite(Showing(content), new MailRewrite { Take = new FileChoice { All = true, InPlace = "taken" } }).End);

    [Theory]
    [InlineData("png", RewriteEnd.Changed)]
    [InlineData("docm", RewriteEnd.Unchanged)]
    public void A_picture_of_a_type_that_is_left_out_is_left_out_where_the_text_shows_it_too(string type, RewriteEnd end) =>
        Assert.Equal(end, Rewrite(Showing(Png), new MailRewrite { Take = new FileChoice { Types = [type], InPlace = "taken" } }).End);

    [Fact]
    public void An_attached_message_goes_whole()
    {
        var mail = "From: a@acme.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner secret\r\n\r\ninner\r\n--b--\r\n";
        var rewritten = Rewrite(mail, new MailRewrite { Take = new FileChoice { All = true, InPlace = "taken" } });

        Assert.DoesNotContain("inner", Text(rewritten), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "<p>hello</p></body></html>", "<p>hello</p>")]
    [InlineData("text/html; charset=iso-8859-1", "<BODY>hello</BODY>", "hello")]
    [InlineData("text/html", "hello", "hello")]
    public void A_note_stands_at_the_end_of_the_page(string type, string body, string before)
    {
        var rewritten = Rewrite($"From: a@acme.test\r\nContent-Type: {type}\r\n\r\n{body}", new MailRewrite { Note = Note });

        var content = Encoding.UTF8.GetString(Read(rewritten).Root.Content.Span);
        Assert.Contains($"{before}<p>&#35501;", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", "読むには")]
    [InlineData("iso-2022-jp", "読むには")]
    [InlineData("shift_jis", "読むには")]
    [InlineData("us-ascii", "Read at")]
    [InlineData("iso-8859-1", "Read at")]
    public void A_note_has_the_character_set_of_the_text(string charset, string words)
    {
        var rewritten = Rewrite($"From: a@acme.test\r\nContent-Type: text/plain; charset={charset}\r\n\r\nhello", new MailRewrite { Note = Note });

        Assert.Contains(words, Read(rewritten).VisibleText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/signed; protocol=\"application/pgp-signature\"; boundary=b", "--b\r\n\r\nhello\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("application/pkcs7-mime; name=smime.p7m", "x")]
    [InlineData("text/plain", "-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----\r\n")]
    public void What_is_signed_or_encrypted_stays_whole(string type, string body) =>
        Assert.Equal(RewriteEnd.Sealed, Rewrite($"From: a@acme.test\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{body}", new MailRewrite { Take = new FileChoice { All = true }, Note = Note }).End);

    [Theory]
    [InlineData("begin 644 secret.txt\r\n+<V5C<F5T(&UA:6P*\r\n`\r\nend\r\n")]
    public void A_file_within_the_text_cannot_be_taken_out(string body) =>
        Assert.Equal(RewriteEnd.Unclear, Rewrite($"From: a@acme.test\r\nContent-Type: text/plain\r\n\r\nhello\r\n{body}", new MailRewrite { Take = new FileChoice { All = true } }).End);

    [Fact]
    public void A_replaced_mail_keeps_its_place_in_the_conversation_and_nothing_that_it_says()
    {
        const string mail = "Received: from x\r\nFrom: a@acme.test\r\nTo: b@partner.test,\r\n c@partner.test\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@acme.test>\r\nIn-Reply-To: <0@partner.test>\r\nSubject: secret plan\r\nX-Plan: secret\r\n\r\nsecret words\r\n";
        var rewritten = Rewrite(mail, new MailRewrite { Replacement = new MailReplacement("保護メールが届いています、長い件名でも折り返されます、もう少し長く", "text", "<p>html</p>") });

        var after = Read(rewritten);
        Assert.Equal(("1@acme.test", "保護メールが届いています、長い件名でも折り返されます、もう少し長く"), (after.MessageId, after.Subject));
        Assert.Equal(["b@partner.test", "c@partner.test"], after.To.Select(to => to.Address));
        Assert.Equal("0@partner.test", Assert.Single(after.InReplyTo));
        Assert.DoesNotContain("secret", Text(rewritten), StringComparison.Ordinal);
        Assert.All(Text(rewritten).Split("\r\n"), line => Assert.True(line.Length < 998, line));
    }

    [Fact]
    public void A_replaced_mail_tells_nobody_who_has_the_mail_that_it_is_that_one()
    {
        var replacement = new MailRewrite { Replacement = new MailReplacement("x", "text", "<p>html</p>") };

        Assert.NotEqual(Text(Rewrite(WithFile("a.pdf"), replacement)), Text(Rewrite(WithFile("a.pdf"), replacement)));
    }

    [Fact]
    public void No_cut_of_a_mail_makes_it_throw_or_lets_a_file_through() => Check.QuickThrowOnFailure(Prop.ForAll<PositiveInt, byte>((at, changed) =>
    {
        var bytes = Encoding.Latin1.GetBytes(WithFile("a.pdf"));
        bytes[at.Get % bytes.Length] = changed;
        var rewritten = new MailRewriter().Rewrite(bytes, new MailRewrite { Take = new FileChoice { All = true }, Note = Note }, ScanLimits.Default, CancellationToken.None);
        return rewritten.End == RewriteEnd.Changed ? Read(rewritten).Attachments.Count == 0 : rewritten.Message.IsEmpty;
    }));

    private static string WithFile(string name) =>
        $"From: a@acme.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/octet-stream; name={name}\r\nContent-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Pdf}\r\n--b--\r\n";

    /// <summary>A mail whose page shows a part that calls itself a picture.</summary>
    private static string Showing(string content) =>
        "From: a@acme.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>logo <img src=\"cid:one\"></p>\r\n"
        + $"--b\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <one>\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n--b--\r\n";

    private static RewrittenMail Rewrite(string mail, MailRewrite rewrite) => new MailRewriter().Rewrite(Encoding.Latin1.GetBytes(mail), rewrite, ScanLimits.Default, CancellationToken.None);

    private static MailMessage Read(RewrittenMail rewritten)
    {
        Assert.Equal(RewriteEnd.Changed, rewritten.End);
        return new MailReader().Read(rewritten.Message, ScanLimits.Default, CancellationToken.None);
    }

    private static string Text(RewrittenMail rewritten) => Encoding.Latin1.GetString(rewritten.Message.Span);
}
