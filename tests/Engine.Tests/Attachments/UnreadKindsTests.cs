using System.Text;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments;

public sealed class UnreadKindsTests
{
    private static readonly byte[] Opaque = [.. Enumerable.Range(0, 300).Select(number => (byte)(number * 7 + 131))];

    [Theory]
    [InlineData("mail.pst", "pst")]
    [InlineData("docs.xdw", "xdw")]
    [InlineData("noname", "unknown")]
    public void A_file_that_no_reader_opens_is_said(string name, string kind) =>
        Assert.Contains(Opened.File(name, Opaque).FileFacts, fact => fact.Id == "file-kind-unread" && fact.Value == kind);

    [Theory]
    [InlineData("song.ogg")]
    [InlineData("smime.p7s")]
    [InlineData("plan.dwg")]
    public void What_is_only_shown_or_played_is_not(string name) => Assert.Empty(Opened.FactsOf(name, Opaque));

    [Fact]
    public void Text_is_read_as_it_stands() => Assert.Empty(Opened.FactsOf("notes.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("plain words of a note\n", 20)))));

    [Fact]
    public void A_document_that_was_read_is_not_said() => Assert.DoesNotContain("file-kind-unread", Opened.FactsOf("a.pdf", TestFiles.Pdf("/Type /Catalog")));
}
