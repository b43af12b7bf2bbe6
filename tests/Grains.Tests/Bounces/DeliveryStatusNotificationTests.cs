using System.Text;
using MimeKit;
using Platform.Grains.Bounces;
using Platform.Grains.Deliveries;

namespace Platform.Grains.Tests.Bounces;

public sealed class DeliveryStatusNotificationTests
{
    private static readonly byte[] OriginalHeader = "From: Bob <bob@partner.test>\r\nSubject: offer\r\n"u8.ToArray();

    private static readonly DeliveryReport Report = new(
        new Guid("0194a0c0-1111-7000-8000-000000000001"),
        ReportAction.Failed,
        "en",
        "bob@partner.test",
        "info@acme.test",
        new OriginalRecipient("rfc822", "sales@old.test"),
        "order 17",
        "5.1.1",
        "mail.acme.test",
        "550 5.1.1 no such user",
        new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 24, 18, 30, 5, TimeSpan.FromHours(9)),
        new ReturnedContent(OriginalHeader, IsWhole: false));

    [Fact]
    public void The_message_says_what_it_is()
    {
        var message = Parse(Report);

        Assert.Equal(
            ("multipart/report", "delivery-status", "auto-replied", "<bob@partner.test>", "mailer-daemon@mx.platform.test", 3),
            (message.Body!.ContentType.MimeType, ((MultipartReport)message.Body).ReportType, message.Headers["Auto-Submitted"], message.Headers["To"],
             message.From.Mailboxes.Single().Address, ((MultipartReport)message.Body).Count));
    }

    [Fact]
    public void The_status_of_the_message_has_its_fields()
    {
        var fields = Status(Report).StatusGroups[0].Select(f => (f.Field, f.Value));

        Assert.Equal(
            [("Reporting-MTA", "dns; mx.platform.test"), ("Original-Envelope-Id", "order 17"), ("Arrival-Date", "Tue, 24 Nov 2026 09:00:00 +0000")],
            fields);
    }

    [Fact]
    public void The_status_of_the_recipient_has_its_fields()
    {
        var fields = Status(Report).StatusGroups[1].Select(f => (f.Field, f.Value));

        Assert.Equal(
            [
                ("Original-Recipient", "rfc822; sales@old.test"),
                ("Final-Recipient", "rfc822; info@acme.test"),
                ("Action", "failed"),
                ("Status", "5.1.1"),
                ("Remote-MTA", "dns; mail.acme.test"),
                ("Diagnostic-Code", "smtp; 550 5.1.1 no such user"),
                ("Last-Attempt-Date", "Tue, 24 Nov 2026 09:30:05 +0000"),
            ],
            fields);
    }

    [Fact]
    public void What_was_not_given_is_left_out()
    {
        var status = Status(Report with { OriginalRecipient = null, EnvelopeId = null, RemoteMta = null, Diagnostic = "Mail loop." });

        Assert.Equal(
            ["Reporting-MTA", "Arrival-Date", "Final-Recipient", "Action", "Status", "Diagnostic-Code", "Last-Attempt-Date"],
            status.StatusGroups.SelectMany(g => g).Select(f => f.Field));
    }

    [Fact]
    public void The_header_of_the_message_is_returned()
    {
        var part = (TextRfc822Headers)Body(Report)[2];

        Assert.Equal(("offer", "Bob <bob@partner.test>"), (part.Message!.Headers["Subject"], part.Message.Headers["From"]));
    }

    [Fact]
    public void The_whole_message_is_returned_where_it_is_wanted()
    {
        var part = (MessagePart)Body(Report with { Returned = new ReturnedContent("Subject: offer\r\n\r\nthe text\r\n"u8.ToArray(), IsWhole: true) })[2];

        Assert.Equal("the text", ((TextPart)part.Message!.Body!).Text.TrimEnd());
    }

    [Fact]
    public void Content_that_is_gone_is_not_returned()
    {
        Assert.Equal(2, Body(Report with { Returned = ReturnedContent.None }).Count);
    }

    [Fact]
    public void Eight_bit_headers_are_declared_and_kept()
    {
        var part = (TextRfc822Headers)Body(Report with { Returned = new ReturnedContent("Subject: 件名\r\n"u8.ToArray(), IsWhole: false) })[2];

        Assert.Equal(("8bit", "件名"), (part.Headers["Content-Transfer-Encoding"], part.Message!.Subject));
    }

    [Theory]
    [InlineData("en", "could not be delivered")]
    [InlineData("ja", "配送できませんでした")]
    [InlineData("ja-JP", "配送できませんでした")]
    [InlineData("ko", "could not be delivered")]
    public void People_read_it_in_the_tenants_language(string language, string words)
    {
        var report = Report with { Language = language };
        var text = ((TextPart)Body(report)[0]).Text;

        Assert.Equal((true, true, true), (text.Contains(words, StringComparison.Ordinal), text.Contains("info@acme.test", StringComparison.Ordinal), Parse(report).Subject!.Contains(words, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Delivered", "delivered")]
    [InlineData("Relayed", "relayed")]
    public void A_success_is_told_too(string action, string name)
    {
        var status = Status(Report with { Action = Enum.Parse<ReportAction>(action), Status = "2.0.0" });

        Assert.Equal((name, "2.0.0"), (status.StatusGroups[1]["Action"], status.StatusGroups[1]["Status"]));
    }

    [Fact]
    public void An_international_recipient_is_written_by_rfc_6533()
    {
        var status = Status(Report with { Recipient = "情報@acme.test" });

        Assert.Equal("utf-8; \\x{60C5}\\x{5831}@acme.test", status.StatusGroups[1]["Final-Recipient"]);
    }

    [Fact]
    public void A_hostile_reply_adds_no_field_and_no_part()
    {
        var report = Report with { Diagnostic = "550 x\r\nAction: delivered\r\n\r\n--=_report_\r\n件" };

        var recipient = Status(report).StatusGroups[1];

        Assert.Equal(("failed", 7, 3), (recipient["Action"], recipient.Count, Body(report).Count));
    }

    [Fact]
    public void Every_line_ends_as_smtp_wants()
    {
        var bytes = DeliveryStatusNotification.Compose(Report with { Returned = new ReturnedContent("Subject: a\nX: b\r\rY: c"u8.ToArray(), IsWhole: false) }, "mx.platform.test");

        Assert.DoesNotMatch("\r(?!\n)|(?<!\r)\n", Encoding.UTF8.GetString(bytes));
    }

    private static MimeMessage Parse(DeliveryReport report) => MimeMessage.Load(new MemoryStream(DeliveryStatusNotification.Compose(report, "mx.platform.test")), TestContext.Current.CancellationToken);

    private static MultipartReport Body(DeliveryReport report) => (MultipartReport)Parse(report).Body!;

    private static MessageDeliveryStatus Status(DeliveryReport report) => (MessageDeliveryStatus)Body(report)[1];
}
