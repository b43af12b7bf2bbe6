using Platform.Engine.Detectors;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Detectors.Headers;

public sealed class HeaderSignsTests
{
    [Theory]
    [InlineData("Tue, 1 Dec 2026 12:00:00 +0000", "date-future")]
    [InlineData("Tue, 1 Jan 2030 12:00:00 +0000", "date-future")]
    [InlineData("Mon, 1 Jun 2026 12:00:00 +0000", "date-long-past")]
    [InlineData("yesterday", "date-missing")]
    [InlineData(null, "date-missing")]
    public void Impossible_dates_are_seen(string? date, string sign)
    {
        Assert.Equal([sign], Arriving(new TestMail { Date = date }).SignsOf(new DateRisk()));
    }

    [Theory]
    [InlineData("Tue, 24 Nov 2026 20:55:00 +0900")]
    [InlineData("Mon, 23 Nov 2026 01:00:00 -1100")]
    [InlineData("24 Nov 2026 11:00:00 GMT")]
    public void Dates_of_today_pass(string date)
    {
        Assert.Empty(Arriving(new TestMail { Date = date }).SignsOf(new DateRisk()));
    }

    [Fact]
    public void An_old_mail_on_disk_is_not_late()
    {
        Assert.Empty(new TestMail { Date = "Mon, 3 Jun 2002 12:00:00 +0000" }.SignsOf(new DateRisk()));
    }

    [Theory]
    [InlineData(null, "message-id-missing")]
    [InlineData("<1234>", "message-id-malformed")]
    [InlineData("<@>", "message-id-malformed")]
    [InlineData("<1@mail.acme.test>", "message-id-own-domain")]
    public void Odd_message_ids_are_seen(string? id, string sign)
    {
        Assert.Equal([sign], new TestMail { MessageId = id }.SignsOf(new MessageIdRisk()));
    }

    [Theory]
    [InlineData("taro@partner.example", "<CAF1@mail.gmail.com>")]
    [InlineData("taro@partner.example", "<1@[192.0.2.1]>")]
    [InlineData("hanako@acme.test", "<1@acme.test>")]
    public void Ordinary_message_ids_pass(string from, string id)
    {
        Assert.Empty(new TestMail { From = from, MessageId = id }.SignsOf(new MessageIdRisk()));
    }

    [Theory]
    [InlineData("Received: from x (x [999.1.2.3]) by mx.partner.example; Tue, 24 Nov 2026 11:00:00 +0000", "received-impossible")]
    [InlineData("X-PHP-Originating-Script: 33:mailer.php", "web-script-sender")]
    public void Impossible_paths_are_seen(string header, string sign)
    {
        Assert.Equal([sign], new TestMail { Headers = [header] }.SignsOf(new PathRisk()));
    }

    [Fact]
    public void Too_many_hops_are_seen()
    {
        var hops = Enumerable.Range(1, 31).Select(number => $"Received: from a{number}.example by b{number}.example; Tue, 24 Nov 2026 11:00:00 +0000");

        Assert.Equal(["received-many"], new TestMail { Headers = [.. hops] }.SignsOf(new PathRisk()));
    }

    [Theory]
    [InlineData("x@nosuch.invalidtld", "sender-domain-impossible")]
    [InlineData("x@localmachine", "sender-domain-impossible")]
    public void A_domain_that_cannot_exist_is_seen(string from, string sign)
    {
        Assert.Equal([sign], new TestMail { From = from }.SignsOf(new PathRisk()));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("PC-1234")]
    [InlineData("[198.51.100.8]")]
    [InlineData("203.0.113.9")]
    public void A_greeting_that_cannot_be_its_own_is_seen(string helo)
    {
        Assert.Equal(["helo-impossible"], Arriving(new TestMail(), helo).SignsOf(new PathRisk()));
    }

    [Theory]
    [InlineData("mail.partner.example")]
    [InlineData("[203.0.113.9]")]
    [InlineData("[IPv6:2001:db8::1]")]
    public void Ordinary_greetings_pass(string helo)
    {
        var client = helo.Contains("IPv6", StringComparison.Ordinal) ? "2001:db8::1" : "203.0.113.9";

        Assert.Empty(Arriving(new TestMail(), helo, client).SignsOf(new PathRisk()));
    }

    [Theory]
    [InlineData("List-Unsubscribe: <https://news.example/u>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")]
    [InlineData("Precedence: bulk", "Feedback-ID: 1:2:3:esp")]
    public void Bulk_mail_is_seen(string first, string second)
    {
        Assert.Equal(["bulk-mail"], new TestMail { Headers = [first, second] }.SignsOf(new BulkMarks()));
    }

    [Theory]
    [InlineData("List-Unsubscribe: <https://news.example/u>", "X-Other: 1")]
    [InlineData("List-Id: <talk.lists.example>", "List-Post: <mailto:talk@lists.example>")]
    [InlineData("X-Mailer: Thunderbird", "X-Other: 1")]
    public void Personal_mail_and_discussion_lists_are_not_bulk(string first, string second)
    {
        Assert.Empty(new TestMail { Headers = [first, second] }.SignsOf(new BulkMarks()));
    }

    [Fact]
    public void A_structure_that_programs_read_differently_is_seen()
    {
        Assert.Equal(["structure-ambiguous"], new TestMail { Headers = ["Content-Type: text/plain"] }.SignsOf(new StructureRisk()));
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\nContent-Type: text/html")]
    [InlineData("Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64")]
    [InlineData("MIME-Version: 1.0\r\nMIME-Version: 1.0")]
    [InlineData("X-A: b\rContent-Type: text/html")]
    public void A_doubled_or_hidden_field_is_read_differently(string fields)
    {
        var message = new MailReader().Read(System.Text.Encoding.ASCII.GetBytes($"From: a@b.test\r\n{fields}\r\n\r\naGVsbG8gd29ybGQ=\r\n"), ScanLimits.Default, TestContext.Current.CancellationToken);
        var input = new TestMail().ToInput() with { Message = message };
        Assert.Equal(["structure-ambiguous"], new StructureRisk().Inspect(input).Select(sign => sign.Id));
    }

    [Fact]
    public void A_well_formed_mail_passes()
    {
        Assert.Empty(new TestMail { Html = "<p>Hello</p>", Files = [("a.txt", [65, 66, 67])] }.SignsOf(new StructureRisk()));
    }

    [Fact]
    public void What_a_limit_cut_off_is_said()
    {
        var message = new MailReader().Read(new TestMail { Files = [("a.txt", new byte[3_000])] }.ToBytes(), ScanLimits.Default with { MaxDecodedBytes = 1_000 }, CancellationToken.None);
        var input = new DetectionInput(message, Envelope.None, ScanContext.Offline(TestMail.Now), Origin.Unknown);

        Assert.Contains("limit-reached", new StructureRisk().Inspect(input).Select(sign => sign.Id));
    }

    [Fact]
    public void Archives_beyond_any_depth_are_told_apart_from_other_limits()
    {
        var content = Files.TestFiles.Program;
        for (var i = 0; i < 9; i++)
            content = Files.TestFiles.Zip(($"{i}.zip", content));
        Assert.Equal(["archive-too-deep"], new TestMail { Files = [("a.zip", content)] }.SignsOf(new StructureRisk()));
    }

    [Fact]
    public void An_archive_bomb_is_told_apart_from_other_limits()
    {
        Assert.Equal(["archive-bomb"], new TestMail { Files = [("a.zip", Files.TestFiles.Zip(("zeros", new byte[24 * 1024 * 1024])))] }.SignsOf(new StructureRisk()));
    }

    private static TestMail Arriving(TestMail mail, string helo = "mail.partner.example", string client = "203.0.113.9") =>
        mail with { Envelope = new Envelope(client, null, helo, "taro@partner.example", ["info@acme.test"]) };
}
