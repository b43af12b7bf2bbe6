using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ooxml;

namespace Platform.Engine.Tests.Attachments.Ooxml;

public sealed class FlatDocumentTests
{
    private const string Flat = "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">";

    [Fact]
    public void A_flat_package_tells_what_it_fetches()
    {
        var document = Flat + "<pkg:part pkg:name=\"/word/_rels/settings.xml.rels\"><pkg:xmlData><Relationships><Relationship Id=\"rId1\" Type=\"x/attachedTemplate\" Target=\"https://files.example/a.dotm\" TargetMode=\"External\"/></Relationships></pkg:xmlData></pkg:part></pkg:package>";

        Assert.Equal(["office-external-template"], Read(document).Ids());
    }

    [Fact]
    public void Binary_parts_are_members()
    {
        var document = Flat + "<pkg:part pkg:name=\"/word/vbaProject.bin\"><pkg:binaryData>AQID\r\nBA==</pkg:binaryData></pkg:part></pkg:package>";

        var member = Assert.Single(Read(document).Members);
        Assert.Equal("word/vbaProject.bin", member.Name);
        Assert.Equal([1, 2, 3, 4], member.Content.ToArray());
    }

    [Fact]
    public void Text_and_fields_of_Word_2003_are_read()
    {
        var contents = Read("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body>" + OoxmlWriter.Paragraph("Hello") + OoxmlWriter.Field("DDEAUTO cmd \"/c calc\"") + "</w:body></w:wordDocument>");

        Assert.Equal(["office-dde"], contents.Ids());
        Assert.StartsWith("Hello", contents.ReadableText, StringComparison.Ordinal);
    }

    [Fact]
    public void Macros_wrapped_as_ActiveMime_are_a_member()
    {
        var project = new VbaWriter().Module("Module1", "Sub A()\r\nEnd Sub").ToBin();
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(project);

        Assert.Equal(project, Assert.Single(ReadFile.By(new ActiveMimeReader(), "editdata.mso", [.. "ActiveMime"u8, .. new byte[40], .. packed.ToArray()]).Members).Content.ToArray());
    }

    private static FileContents Read(string document) => ReadFile.By(new FlatDocumentReader(), "a.xml", Encoding.UTF8.GetBytes(document));
}
