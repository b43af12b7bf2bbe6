using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Mail;

public sealed class MimeTreeTests
{
    private const string Nested =
        """
        From: a@b.test
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=outer

        preamble
        --outer
        Content-Type: multipart/alternative; boundary="inner one"

        --inner one
        Content-Type: text/plain; charset=utf-8

        plain
        --inner one
        Content-Type: text/html

        <p>html</p>
        --inner one--
        --outer
        Content-Type: message/rfc822

        From: c@d.test
        Subject: inside

        nested body
        --outer
        Content-Type: application/pdf; name=x.pdf
        Content-ID: <pic@x>
        Content-Disposition: attachment; filename=y.pdf

        %PDF-1.4
        --outer--
        epilogue
        """;

    [Fact]
    public void The_tree_has_paths_types_and_names()
    {
        var rows = Flatten(Mails.Read(Nested).Root).Select(p => $"{p.Path} {p.MediaType} {p.FileName}".TrimEnd());
        Assert.Equal(
            ["1 multipart/mixed", "1.1 multipart/alternative", "1.1.1 text/plain", "1.1.2 text/html", "1.2 message/rfc822", "1.2.1 text/plain", "1.3 application/pdf y.pdf"],
            rows);
    }

    [Fact]
    public void Leaves_stand_in_document_order() =>
        Assert.Equal(["1.1.1", "1.1.2", "1.2.1", "1.3"], Mails.Read(Nested).Leaves.Select(l => l.Path));

    [Fact]
    public void Content_ends_before_the_line_end_of_the_delimiter() =>
        Assert.Equal(["plain", "<p>html</p>", "nested body", "%PDF-1.4"], Mails.Read(Nested).Leaves.Select(l => Encoding.ASCII.GetString(l.Content.Span)));

    [Fact]
    public void A_nested_message_keeps_its_headers_and_its_octets()
    {
        var nested = Mails.Read(Nested).Root.Children[1].Children[0];
        Assert.Equal("inside", nested.Headers.Single(h => h.Name == "Subject").Value);
        Assert.Equal("From: c@d.test\r\nSubject: inside\r\n\r\nnested body", Encoding.ASCII.GetString(nested.Raw.Span));
    }

    [Fact]
    public void A_well_formed_tree_has_no_notes() => Assert.Empty(Mails.Read(Nested).Notes);

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b; boundary=c", "ambiguous-boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=c\nContent-Type: text/plain", "duplicate-content-type")]
    [InlineData("Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=c", "duplicate-content-type")]
    [InlineData("Content-Type: multipart/mixed", "no-boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=zzz", "boundary-not-found")]
    [InlineData("Content-Type: multipart; boundary=c", "bad-content-type")]
    [InlineData("Content-Type: application/octet-stream; boundary=c", "boundary-without-multipart")]
    [InlineData("Subject: no type at all", "undeclared-multipart")]
    public void An_attachment_behind_an_ambiguous_structure_is_seen_and_noted(string fields, string note)
    {
        var message = Mails.Read(
            $"""
            From: a@b.test
            {fields}

            --c
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=hidden.exe
            Content-Transfer-Encoding: base64

            TVqQAAMAAAA=
            --c--
            --b

            text
            --b--
            """);
        Assert.Contains(note, message.NoteIds());
        Assert.Contains(message.Attachments, a => a.FileName == "hidden.exe" && a.Type.Id == "exe");
    }

    [Theory]
    [InlineData("--b\n\none\n", "missing-end-boundary")]
    [InlineData("--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", "part-after-end")]
    public void A_malformed_body_is_noted(string body, string note) =>
        Assert.Contains(note, Mails.Read($"From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n{body}").NoteIds());

    [Fact]
    public void A_boundary_that_begins_another_is_told_from_it()
    {
        var message = Mails.Read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: multipart/mixed; boundary=bb

            --bb

            one
            --bb--
            --b

            two
            --b--
            """);
        Assert.Equal(["one", "two"], message.Leaves.Select(l => Encoding.ASCII.GetString(l.Content.Span).Trim()));
    }

    [Theory]
    [InlineData("Content-Type: message/partial; id=x; number=1", "message-partial")]
    [InlineData("Content-Type: message/external-body; access-type=URL; url=\"http://x.test/\"", "message-external-body")]
    public void Content_that_is_elsewhere_is_noted(string type, string note) =>
        Assert.Contains(note, Mails.Read($"From: a@b.test\n{type}\n\nbody").NoteIds());

    [Fact]
    public void Depth_is_bounded_and_what_lies_deeper_is_a_leaf()
    {
        var text = string.Concat(Enumerable.Range(0, 10).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")) + "\ndeep text";
        var message = Mails.Read(text, ScanLimits.Default with { MaxMimeDepth = 3 });
        Assert.Contains(message.Notes, n => n is { Id: "limit-depth", Limit: true });
        Assert.Contains("deep text", Encoding.ASCII.GetString(message.Leaves[^1].Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_parts_is_bounded()
    {
        var message = Mails.Read("Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 100)), ScanLimits.Default with { MaxParts = 10 });
        Assert.Contains(message.Notes, n => n is { Id: "limit-parts", Limit: true });
        Assert.InRange(message.Leaves.Count, 9, 11);
    }

    [Fact]
    public void Decoded_bytes_are_bounded()
    {
        var message = Mails.Read($"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n{Mails.Base64(new byte[10_000])}", ScanLimits.Default with { MaxDecodedBytes = 1_000 });
        Assert.Contains(message.Notes, n => n is { Id: "limit-bytes", Limit: true });
        Assert.True(message.Leaves.Sum(l => l.Content.Length) <= 1_000);
    }

    [Fact]
    public void A_clock_that_is_given_is_taken_at_its_word()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var spent = new SpentTime(clock);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), spent.Value);
    }

    [Fact]
    public void Time_is_bounded_by_the_given_clock()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        var message = new MailReader(time).Read(Mails.Bytes(Nested), ScanLimits.Default, TestContext.Current.CancellationToken);
        Assert.Contains(message.Notes, n => n is { Id: "limit-time", Limit: true });
    }

    [Fact]
    public void A_cancelled_reading_ends() =>
        Assert.Throws<OperationCanceledException>(() => new MailReader().Read(Mails.Bytes(Nested), ScanLimits.Default, new CancellationToken(canceled: true)));

    [Fact]
    public void The_fields_of_a_message_are_read()
    {
        var message = Mails.Read("From: a@b.test\nMessage-ID: <one@x>\nIn-Reply-To: <two@x>\nReferences: <three@x>\n <four@x>\nDate: Tue, 24 Nov 2026 08:00:00 +0900\n\n");
        Assert.Equal(("one@x", "two@x", "three@x four@x"), (message.MessageId, message.InReplyTo.Single(), string.Join(' ', message.References)));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(9)), message.Date);
    }

    private static IEnumerable<MailPart> Flatten(MailPart part) => part.Children.SelectMany(Flatten).Prepend(part);
}
