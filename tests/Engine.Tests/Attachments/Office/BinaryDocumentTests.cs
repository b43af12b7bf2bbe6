using System.IO.Compression;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Attachments.Office;

public sealed class BinaryDocumentTests
{
    [Fact]
    public void The_text_of_a_document_is_read()
    {
        Assert.Equal("Bitte aktivieren\nSeite 1", ReadFile.By(new OleReader(), "a.doc", new WordBinaryWriter().Paragraph("Bitte aktivieren").Field("PAGE", "Seite 1").ToStreams().ToArray()).ReadableText);
    }

    [Fact]
    public void A_field_of_a_document_that_starts_a_program_is_told()
    {
        Assert.Equal(["office-dde"], ReadFile.By(new OleReader(), "a.doc", new WordBinaryWriter().Field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/c calc\"", "x").ToStreams().ToArray()).Ids());
    }

    [Fact]
    public void Variables_of_a_document_go_with_its_macros()
    {
        var file = new WordBinaryWriter().Paragraph("x").Variable("k", "WScript.Shell").Variable("second", "日本").ToStreams();
        new VbaWriter().Module("ThisDocument", "Sub A()\r\nEnd Sub").WriteTo(file, "Macros");
        var values = DocumentValues.Parse(ReadFile.By(new OleReader(), "a.doc", file.ToArray()).Script(ScriptLanguage.Vba).Page);

        Assert.Equal(("WScript.Shell", "日本"), (values["Variable.k"], values["Variable.second"]));
    }

    [Fact]
    public void A_project_in_a_presentation_is_a_member()
    {
        var project = new VbaWriter().Module("Module1", "Sub A()\r\nEnd Sub").ToBin();
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(project);
        byte[] storage = [.. BitConverter.GetBytes(project.Length), .. packed.ToArray()];
        byte[] text = [0, 0, 0xA8, 0x0F, 5, 0, 0, 0, .. "Hello"u8];
        var contents = ReadFile.By(new OleReader(), "a.ppt", new CompoundWriter().Stream("PowerPoint Document", [.. text, 0x10, 0, 0x11, 0x10, .. BitConverter.GetBytes(storage.Length), .. storage]).ToArray());

        Assert.Equal("Hello", contents.ReadableText);
        Assert.Equal(project, Assert.Single(contents.Members).Content.ToArray());
    }

    [Fact]
    public void Properties_of_a_document_go_with_its_macros()
    {
        byte[] title = [0x1E, 0, 0, 0, 6, 0, 0, 0, .. "hello\0"u8];
        byte[] set = [0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, .. title];
        byte[] stream = [0xFE, 0xFF, 0, 0, .. new byte[20], 1, 0, 0, 0, .. new byte[16], 48, 0, 0, 0, .. set];
        var file = new CompoundWriter().Stream("\u0005SummaryInformation", stream);
        new VbaWriter().Module("Module1", "Sub A()\r\nEnd Sub").WriteTo(file, "Macros");

        Assert.Equal("hello", DocumentValues.Parse(ReadFile.By(new OleReader(), "a.doc", file.ToArray()).Script(ScriptLanguage.Vba).Page)["Property.Title"]);
    }
}
