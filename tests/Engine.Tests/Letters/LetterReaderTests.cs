using System.Text;
using Platform.Engine.Letters;
using Platform.Engine.Rewriting;

namespace Platform.Engine.Tests.Letters;

public sealed class LetterReaderTests
{
    private const string Mail = "From: =?utf-8?B?5bGx55Sw?= <a@acme.test>\r\nTo: b@partner.test\r\nSubject: plan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/html\r\n\r\n<p onclick=x()>hello <a href=\"https://acme.test/?a=1&b=2\">more</a> <a href=\"javascript:x()\">bad</a><img src=\"https://t.test/p.gif\"></p>\r\n"
        + "--b\r\nContent-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\none,two\r\n"
        + "--b\r\nContent-Type: application/octet-stream; name=raw.bin\r\nContent-Disposition: attachment; filename=raw.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAwQFBgcICQ==\r\n--b--\r\n";

    [Fact]
    public void Links_lead_where_they_say_and_nothing_else_is_alive()
    {
        var letter = Read(new LetterView());

        Assert.Equal(("plan", "山田", "a@acme.test"), (letter.Subject, letter.From!.Name, letter.From.Address));
        Assert.Equal(
            "<p>hello <a href=\"https://acme.test/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">more</a> <a data-href=\"javascript:x()\">bad</a><span class=\"blocked-image\" data-src=\"https://t.test/p.gif\"></span></p>",
            letter.Html!.Trim());
        Assert.Equal([("list.txt", true), ("raw.bin", false)], letter.Files.Select(file => (file.Name, file.HasText)));
    }

    [Fact]
    public void Where_only_files_are_protected_the_text_is_not_shown_again()
    {
        var letter = Read(new LetterView(Only: new FileChoice { LargerThan = 8 }));

        Assert.Equal((null, ""), (letter.Html, letter.Text));
        Assert.Equal("raw.bin", Assert.Single(letter.Files).Name);
    }

    [Fact]
    public void Files_that_are_left_out_cannot_be_opened_either()
    {
        var view = new LetterView(Without: new FileChoice { Types = ["bin"] });
        var path = Read(new LetterView()).Files[1].Path;

        Assert.Equal("list.txt", Assert.Single(Read(view).Files).Name);
        Assert.NotNull(Open(new LetterView(), path));
        Assert.Null(Open(view, path));
    }

    [Fact]
    public void A_file_is_given_byte_for_byte_and_read_as_text()
    {
        var path = Read(new LetterView()).Files[0].Path;
        var file = Open(new LetterView(), path)!;

        Assert.Equal(("one,two", "one,two"), (Encoding.ASCII.GetString(file.Content.Span), file.Text.Trim()));
        Assert.Null(Open(new LetterView(), "9.9"));
    }

    private static Letter Read(LetterView view) => new LetterReader().Read(Encoding.Latin1.GetBytes(Mail), view, ScanLimits.Default, CancellationToken.None);

    private static OpenedFile? Open(LetterView view, string path) => new LetterReader().Open(Encoding.Latin1.GetBytes(Mail), view, path, ScanLimits.Default, CancellationToken.None);
}
