using Platform.Benchmarks.Detection.Samples.Links;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Links.Qr;

public sealed class QrCodeTests
{
    private const string Trap = "https://sign-in.trap.test/a1b2c3";

    [Fact]
    public void A_code_in_an_attached_picture_is_a_link() => Assert.Equal(Trap, Code(new TestMail { Files = [("code.png", QrDrawing.Png(Trap))] }));

    [Fact]
    public void A_code_in_inverted_colours_is_read() => Assert.Equal(Trap, Code(new TestMail { Files = [("code.png", QrDrawing.Png(Trap, inverted: true))] }));

    [Fact]
    public void A_code_in_a_data_address_is_read() =>
        Assert.Equal(Trap, Code(new TestMail { Html = $"<p>Scan</p><img src=\"data:image/png;base64,{Convert.ToBase64String(QrDrawing.Png(Trap))}\">" }));

    [Fact]
    public void A_code_cut_into_two_pictures_is_whole_again() =>
        Assert.Equal(Trap, Code(new TestMail { Files = [("a.png", QrDrawing.Png(Trap, to: 0.5)), ("b.png", QrDrawing.Png(Trap, from: 0.5))] }));

    [Fact]
    public void A_code_of_block_characters_is_read() => Assert.Equal(Trap, Code(new TestMail { Text = $"Scan this:\r\n\r\n{QrDrawing.Blocks(Trap)}\r\nThank you" }));

    [Fact]
    public void A_code_of_plain_characters_is_read() => Assert.Equal(Trap, Code(new TestMail { Text = $"Scan this:\r\n\r\n{QrDrawing.Characters(Trap)}\r\nThank you" }));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 4)]
    public void A_code_of_cut_characters_is_read(int wide, int high) => Assert.Equal(Trap, Code(new TestMail { Text = $"Scan this:\r\n\r\n{QrDrawing.Cut(Trap, wide, high)}\r\nThank you" }));

    [Fact]
    public void A_code_of_broken_lines_is_read() =>
        Assert.Equal(Trap, Code(new TestMail { Html = $"<p>Scan</p><div>{QrDrawing.Characters(Trap, "⬛", "⬜").Replace("\r\n", "<br>", StringComparison.Ordinal)}</div>" }));

    [Fact]
    public void A_code_in_preformatted_html_is_read() => Assert.Equal(Trap, Code(new TestMail { Html = $"<p>Scan</p><pre>\r\n{QrDrawing.Characters(Trap, "⬛", "⬜")}</pre>" }));

    [Fact]
    public void A_code_of_table_cells_is_read() => Assert.Equal(Trap, Code(new TestMail { Html = $"<p>Scan</p>{QrDrawing.Table(Trap)}" }));

    [Theory]
    [InlineData("WIFI:T:WPA;S:guest;P:secret;;")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nN:Yamada;Taro\nEND:VCARD")]
    [InlineData("BCD\n002\n1\nSCT\n\nYamada\nDE00")]
    [InlineData("4711-0815")]
    public void Codes_that_open_no_page_are_no_links(string text) => Assert.Null(Code(new TestMail { Files = [("code.png", QrDrawing.Png(text))] }));

    [Fact]
    public void A_code_that_leads_to_strangers_is_a_sign()
    {
        var signs = new TestMail { Text = "Please scan the QR code with your phone to verify your account.", Files = [("code.png", QrDrawing.Png(Trap))] }.SignsOf(new QrCodeLink());

        Assert.Equal(["qr-code-link", "qr-code-lure"], signs);
    }

    [Fact]
    public void A_ticket_of_the_author_is_none() => Assert.Empty(new TestMail { Text = "Your ticket: scan the code at the door.", Files = [("ticket.png", QrDrawing.Png("https://tickets.partner.example/t/123"))] }.SignsOf(new QrCodeLink()));

    [Fact]
    public void A_code_drawn_with_characters_is_a_sign_of_its_own() => Assert.Contains("qr-code-hidden", new TestMail { Text = QrDrawing.Blocks(Trap) }.SignsOf(new QrCodeLink()));

    [Fact]
    public void A_damaged_picture_is_passed_over()
    {
        var png = QrDrawing.Png(Trap);
        for (var length = 1; length < png.Length; length += png.Length / 20)
            Code(new TestMail { Files = [("code.png", png[..length])] });
    }

    private static string? Code(TestMail mail) => mail.ToInput().Message.Links.FirstOrDefault(link => link.Kind == LinkKind.QrCode)?.Target;
}
