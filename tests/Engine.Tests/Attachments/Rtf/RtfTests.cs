using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Rtf;

namespace Platform.Engine.Tests.Attachments.Rtf;

public sealed class RtfTests
{
    private static readonly byte[] Long = [.. Enumerable.Repeat((byte)'A', 60)];

    [Theory]
    [InlineData(@"{\rtf1\ansi Hello {\b world}\par next\par}", "Hello world\nnext")]
    [InlineData(@"{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b}", "日本")]
    [InlineData(@"{\rtf1\ansi\uc1 \u26085?\u26412?}", "日本")]
    [InlineData(@"{\rtf1\ansi\uc0 \u26085\u26412}", "日本")]
    [InlineData(@"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator Word;}{\info{\title T}}text}", "text")]
    [InlineData(@"{\rtf1 a \{b\} c\\d}", @"a {b} c\d")]
    public void The_text_is_read(string document, string text)
    {
        Assert.Equal(text, Read(document).ReadableText);
    }

    [Theory]
    [InlineData(@"{\rtf1{\*\template https://files.example/a.dotm}}", "office-external-template")]
    [InlineData(@"{\rtf1{\*\template \u104?\u116?\u116?\u112?s://files.example/a}}", "office-external-template")]
    [InlineData(@"{\rtf1{\field{\*\fldinst {DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe ""/c calc""}}}}", "office-dde")]
    [InlineData(@"{\rtf1{\field{\*\fldinst {DD}{\b E}{AUTO cmd x}}}}", "office-dde")]
    [InlineData(@"{\rtf1{\field{\*\fldinst {INCLUDETEXT ""https://files.example/a"" }}}}", "office-external-object")]
    [InlineData(@"{\rtf1{\shp{\*\shpinst{\sp{\sn pFragments}{\sv 1;1;ff}}}}}", "ole-risky-class")]
    [InlineData(@"{\rt text}", "rtf-obfuscated")]
    public void What_a_document_does_is_told(string document, string fact)
    {
        Assert.Equal([fact], Read(document).Ids());
    }

    [Fact]
    public void A_packaged_file_is_a_member()
    {
        var contents = Object("Package", ObjectWriter.PackageObject("invoice.pdf", @"C:\Temp\run.js", [1, 2, 3]));

        Assert.Equal(["ole-package"], contents.Ids());
        Assert.Equal("run.js", Assert.Single(contents.Members).Name);
        Assert.Equal([1, 2, 3], contents.Members[0].Content.ToArray());
    }

    [Fact]
    public void An_equation_with_an_endless_font_name_is_an_exploit()
    {
        Assert.Equal(["ole-equation-exploit"], Object("Equation.3", ObjectWriter.EquationObject(ObjectWriter.Equation(Long))).Ids());
    }

    [Fact]
    public void An_equation_object_without_storage_is_read()
    {
        Assert.Equal(["ole-equation-exploit"], Object("eQuATiOn.3", ObjectWriter.Equation(Long)).Ids());
    }

    [Fact]
    public void An_equation_in_the_stream_of_packages_is_an_exploit()
    {
        Assert.Contains("ole-equation-exploit", Object("Equation.3", ObjectWriter.EquationObject(new byte[300], "\u0001Ole10Native")).Ids());
    }

    [Fact]
    public void An_honest_equation_is_no_fact()
    {
        Assert.Empty(Object("Equation.3", ObjectWriter.EquationObject(ObjectWriter.Equation("Times New Roman"u8))).Ids());
    }

    [Fact]
    public void A_link_by_moniker_is_told()
    {
        Assert.Equal("https://files.example/a.hta", Object("OLE2Link", ObjectWriter.LinkObject("https://files.example/a.hta")).Value("office-external-object"));
    }

    [Fact]
    public void A_link_without_storage_is_told()
    {
        Assert.Equal("https://files.example/a", Read(Encoding.Latin1.GetString(new RtfWriter().Object("Word.Document", RtfWriter.Digits(ObjectWriter.Linked("Word.Document", "https://files.example/a"))).ToArray())).Value("office-external-object"));
    }

    [Fact]
    public void Disturbed_digits_hide_nothing_and_are_told() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var digits = RtfWriter.Disturbed(ObjectWriter.Embedded("OLE2Link", ObjectWriter.LinkObject("https://files.example/a.hta")), new Random(seed));
        var contents = ReadFile.By(new RtfReader(), "a.rtf", new RtfWriter().Object("", digits).ToArray());
        return contents.Ids().Order().SequenceEqual(["office-external-object", "rtf-obfuscated"]);
    }));

    [Theory]
    [InlineData(@"{\rtf1{\object{\*\objdata 0105000002000000{\*\foo{\bar 99}}#}}")]
    [InlineData(@"{\rtf1{\object{\*\objdata \bin8 {\foo 99#}}")]
    [InlineData(@"{\rtf1{\object{\objdata 01\foo 0500000200#}")]
    public void Documents_that_end_too_early_are_read(string document)
    {
        Assert.NotNull(Read(document));
    }

    [Fact]
    public void Groups_without_end_cost_little()
    {
        Assert.Equal("x", Read(@"{\rtf1 " + new string('{', 400_000) + "x").ReadableText);
    }

    [Fact]
    public void Any_octets_are_read() => Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes => Read(@"{\rtf1{\object{\*\objdata " + Encoding.Latin1.GetString(bytes)) is not null));

    private static FileContents Object(string className, byte[] native) =>
        ReadFile.By(new RtfReader(), "a.rtf", new RtfWriter().Object(className, RtfWriter.Digits(ObjectWriter.Embedded(className, native))).ToArray());

    private static FileContents Read(string document) => ReadFile.By(new RtfReader(), "a.rtf", Encoding.Latin1.GetBytes(document));
}
