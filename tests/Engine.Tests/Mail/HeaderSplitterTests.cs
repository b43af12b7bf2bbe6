using System.Text;

namespace Platform.Engine.Tests.Mail;

public sealed class HeaderSplitterTests
{
    [Fact]
    public void Offsets_and_lengths_give_back_the_very_octets_of_each_field()
    {
        var raw = Mails.Bytes("From: a@b.test\nSubject: one\n two\nX-Odd : 1\n\nbody");
        var fields = Mails.Read(raw).Headers.Select(h => Encoding.Latin1.GetString(raw, h.Offset, h.Length));
        Assert.Equal(["From: a@b.test\r\n", "Subject: one\r\n two\r\n", "X-Odd : 1\r\n"], fields);
    }

    [Fact]
    public void A_folded_value_is_unfolded_and_its_raw_form_kept()
    {
        var header = Mails.Read("Subject: one\n two\n\nbody").Header("subject")!;
        Assert.Equal(("one two", " one\r\n two"), (header.Value, header.RawValue));
    }

    [Theory]
    [InlineData("From joe Thu Jan 1 00:00:00 1970\nFrom: a@b.test\nSubject: x\n\nbody", "mbox-from-line")]
    [InlineData("\n\nFrom: a@b.test\nSubject: x\n\nbody", "leading-blank-lines")]
    [InlineData("From: a@b.test\nSubject: x\nthis is the body already\n\nmore", "missing-blank-line")]
    [InlineData("From: a@b.test\n!!! junk without a colon\nSubject: x\n\nbody", "junk-in-header")]
    [InlineData("From: a@b.test\nSubject : x\n\nbody", "space-before-colon")]
    [InlineData("From: a@b.test\nSubject: x\nX-N: a\0b\n\nbody", "nul-in-header")]
    public void A_malformed_header_is_noted_and_its_fields_are_still_read(string text, string note)
    {
        var message = Mails.Read(text);
        Assert.Equal(("a@b.test", "x", true), (message.From.Single().Address, message.Subject, message.NoteIds().Contains(note)));
    }

    [Fact]
    public void Text_without_any_header_is_the_body()
    {
        var message = Mails.Read("Just some text.\nAnd a second line.\n");
        Assert.Contains("Just some text.", message.VisibleText, StringComparison.Ordinal);
        Assert.Contains("header-missing", message.NoteIds());
    }

    [Fact]
    public void A_missing_empty_line_loses_no_text()
    {
        var message = Mails.Read("From: a@b.test\nthe body begins here\nand goes on\n");
        Assert.Equal("the body begins here\nand goes on", message.VisibleText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(":")]
    [InlineData("From:")]
    [InlineData("From: a@b.test")]
    public void The_shortest_messages_are_read(string text) => Assert.Single(Mails.Read(text).Leaves);

    [Fact]
    public void Lone_line_feeds_end_lines_too() =>
        Assert.Equal("x", Mails.Read(Encoding.ASCII.GetBytes("From: a@b.test\nSubject: x\n\nbody")).Subject);

    [Fact]
    public void More_fields_than_allowed_are_cut_and_said()
    {
        var message = Mails.Read(string.Concat(Enumerable.Repeat("X: y\n", 30)) + "\nbody", ScanLimits.Default with { MaxHeaders = 10 });
        Assert.Equal(10, message.Headers.Count);
        Assert.Contains(message.Notes, n => n is { Id: "limit-headers", Limit: true });
        Assert.Equal("body", message.VisibleText);
    }

    [Fact]
    public void A_long_value_is_bounded() =>
        Assert.Equal(16 * 1024, Mails.Read($"Subject: {new string('a', 100_000)}\n\n").Subject.Length);

    [Theory]
    [InlineData("From")]
    [InlineData("Subject")]
    [InlineData("Date")]
    public void Fields_that_may_stand_once_are_noted_when_they_stand_twice(string name) =>
        Assert.Contains($"duplicate-{name.ToLowerInvariant()}", Mails.Read($"{name}: a@b.test\n{name}: c@d.test\n\n").NoteIds());

    [Fact]
    public void A_well_formed_message_has_no_notes() =>
        Assert.Empty(Mails.Read("From: a@b.test\nTo: c@d.test\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\npreamble\n--b\n\nhello\n--b--\n").Notes);
}
