using System.Text;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Structure;

namespace Platform.Engine.Tests.Mail;

public sealed class ReadingsTests
{
    private const string InnerNeverClosed =
        """
        From: a@b.test
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain

        hello
        --outer
        Content-Type: text/plain

        world
        --inner
        Content-Type: application/zip; name=hidden.zip
        Content-Transfer-Encoding: base64

        UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==
        --inner--
        --outer--
        """;

    [Fact]
    public void A_well_formed_message_is_read_once()
    {
        var message = Mails.Read("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\nContent-Type: text/html\n\n<p>two\n--x--\n");
        var only = Assert.Single(message.Readings);
        Assert.Equal((Interpretation.Standard, "text/plain, text/html"), (only.Choices, only.Outline()));
        Assert.Same(message.Root, only.Root);
    }

    [Fact]
    public void An_inner_multipart_that_is_never_closed_takes_in_what_follows_in_one_reading() =>
        Assert.Equal("text/plain, application/zip \"hidden.zip\"", OutlineOf(Mails.Read(InnerNeverClosed), Interpretation.InnermostDelimiterOnly));

    [Fact]
    public void What_only_another_reading_shows_is_inspected_and_told()
    {
        var message = Mails.Read(InnerNeverClosed);
        Assert.Contains(message.Leaves, leaf => leaf is { FileName: "hidden.zip", IsAlternative: true });
        Assert.Contains(message.Attachments, file => file.FileName == "hidden.zip");
        Assert.Contains("readings-differ", message.NoteIds());
    }

    [Theory]
    [InlineData("--x with a tail\n\none\n--x-- and one more\n", "text/plain")]
    [InlineData("--x\n\none\n--xy\n\ntwo\n--x--\n", "text/plain, text/plain")]
    [InlineData("--x\n\none\n--x--\n--x\nContent-Type: application/pdf\n\n%PDF\n--x--\n", "text/plain")]
    public void A_line_that_begins_as_a_delimiter_is_one_in_one_reading(string body, string outline) =>
        Assert.Equal(outline, OutlineOf(Mails.Read($"From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n{body}"), Interpretation.DelimiterByPrefix));

    [Fact]
    public void The_last_of_doubled_fields_counts_in_one_reading()
    {
        var message = Mails.Read("From: a@b.test\nContent-Type: text/plain\nContent-Type: text/html\n\n<a href='https://x.test/'>click</a>\n");
        Assert.Equal("text/html", OutlineOf(message, Interpretation.LastField));
        Assert.Contains(message.Html, body => body.Part.MediaType == "text/html");
    }

    [Fact]
    public void A_bare_carriage_return_ends_a_line_in_one_reading()
    {
        var message = Mails.Read(Encoding.ASCII.GetBytes("From: a@b.test\r\nX: y\rContent-Type: text/html\r\n\r\n<p>x</p>\r\n"));
        Assert.Equal("text/html", OutlineOf(message, Interpretation.BareReturnEndsLine));
    }

    [Fact]
    public void A_multipart_without_a_part_may_be_empty()
    {
        var message = Mails.Read("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\nnothing here\n--x--\n");
        var empty = message.Readings.Single(reading => reading.Choices.HasFlag(Interpretation.MayBeEmpty));
        Assert.Equal(("multipart/mixed", 0), (empty.Root.MediaType, empty.Root.Children.Count));
    }

    [Fact]
    public void A_header_goes_over_a_delimiter_to_the_empty_line_in_one_reading()
    {
        var message = Mails.Read("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n--x\nContent-Type: text/html\n\n<p>x\n--x--\n");
        Assert.Equal("text/html", OutlineOf(message, Interpretation.InnermostDelimiterOnly));
        Assert.Equal("image/png, text/html", message.Readings[0].Outline());
    }

    [Fact]
    public void An_attached_message_without_a_header_is_a_leaf_in_one_reading()
    {
        var message = Mails.Read("From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nno mail at all\n--x--\n");
        Assert.Equal("message/rfc822", OutlineOf(message, Interpretation.InnermostDelimiterOnly));
    }

    [Fact]
    public void The_first_piece_of_a_message_shows_what_it_holds()
    {
        var message = Mails.Read(
            """
            From: a@b.test
            Content-Type: message/partial; id="1@b.test"; number=1; total=2

            Content-Type: application/octet-stream; name=a.exe
            Content-Transfer-Encoding: base64

            TVqQAAMAAAA=
            """);
        Assert.Contains("message-partial", message.NoteIds());
        Assert.Contains(message.Attachments, file => file.FileName == "a.exe" && file.Type.Id == "exe");
    }

    [Fact]
    public void An_outline_is_one_short_line()
    {
        var parts = string.Concat(Enumerable.Range(0, 100).Select(i => $"--x\nContent-Type: application/pdf; name=file{i}.pdf\n\n%PDF\n"));
        var outline = Mails.Read($"From: a@b.test\nContent-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n").Readings[0].Outline();
        Assert.Equal(160, outline.Length);
    }

    private static string OutlineOf(MailMessage message, Interpretation choice) =>
        message.Readings.First(reading => reading.Choices.HasFlag(choice)).Outline();
}
