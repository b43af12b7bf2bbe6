using Platform.Engine.Attachments.Odf;
using Platform.Engine.Behaviour;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Odf;

public sealed class OdfReaderTests
{
    private const string Namespaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"t\" xmlns:draw=\"d\" xmlns:script=\"s\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

    [Fact]
    public void What_a_person_reads_and_where_it_leads_is_taken()
    {
        var contents = Read("<text:p>Your password <text:span>ends</text:span> today.</text:p><text:a xlink:href=\"https://198.51.100.7/a\">Keep it</text:a>");

        Assert.Contains("Your password ends today.", contents.ReadableText, StringComparison.Ordinal);
        Assert.Contains(contents.Links, link => link.Target == "https://198.51.100.7/a");
        Assert.Empty(contents.Facts);
    }

    [Fact]
    public void A_macro_behind_its_document_type_is_run_as_one()
    {
        var contents = Read("<script:event-listener script:event-name=\"dom:load\" xlink:href=\"vnd.sun.star.script:Standard.M.Main\"/>", ("Basic/Standard/M.xml", "<?xml version=\"1.0\"?><!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\"><script:module xmlns:script=\"s\">Sub Main\nShell(&quot;calc.exe&quot;)\nEnd Sub</script:module>"));

        Assert.Equal(["vba-project", "vba-auto-run"], contents.Ids());
        Assert.Contains("Shell(\"calc.exe\")", contents.Script(ScriptLanguage.Vba).Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<draw:object xlink:href=\"https://evil.example/o\"/>", true)]
    [InlineData("<text:section-source xlink:href=\"https://evil.example/o\"/>", true)]
    [InlineData("<draw:image xlink:href=\"https://cdn.example/logo.png\"/>", false)]
    [InlineData("<draw:object xlink:href=\"./Object 1\"/>", false)]
    public void What_is_fetched_on_opening_is_told(string element, bool told) =>
        Assert.Equal(told, Read(element).Ids().Contains("office-external-object"));

    [Fact]
    public void A_document_that_is_encrypted_says_so()
    {
        var contents = Read("", ("META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"));

        Assert.True(contents.IsEncrypted);
        Assert.Contains("file-unread", contents.Ids());
    }

    [Theory]
    [InlineData("<text:p>unclosed")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><text:p>&b;</text:p>")]
    public void Broken_parts_are_read_as_far_as_they_go(string content) => Assert.NotNull(Read(content));

    private static Platform.Engine.Attachments.FileContents Read(string content, params (string Name, string Text)[] parts) => ReadFile.By(
        new OdfReader(),
        "a.odt",
        TestFiles.Zip([("mimetype", TestFiles.Text("application/vnd.oasis.opendocument.text")), ("content.xml", TestFiles.Text($"<office:document-content {Namespaces}>{content}</office:document-content>")), .. parts.Select(part => (part.Name, TestFiles.Text(part.Text)))]));
}
