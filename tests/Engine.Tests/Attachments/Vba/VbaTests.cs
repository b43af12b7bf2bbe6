using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Vba;

public sealed class VbaTests
{
    private const string Downloader = "Sub AutoOpen()\r\n  Go \"x\"\r\nEnd Sub\r\nSub Go(s)\r\n  CreateObject(\"WScr\" & \"ipt.Shell\").Run s\r\nEnd Sub\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Attribute VB_Name = \"Module1\"\r\nAttribute VB_Base = \"0{FCFB3D2A}\"\r\n")]
    public void Compression_is_undone(string text)
    {
        Assert.Equal(text, Encoding.ASCII.GetString(VbaCompression.Decompress(VbaWriter.Compress(Encoding.ASCII.GetBytes(text)), 10_000)));
    }

    [Fact]
    public void Compression_is_undone_over_many_chunks()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"line {i % 17} {i}\r\n"));

        Assert.Equal(text, Encoding.ASCII.GetString(VbaCompression.Decompress(VbaWriter.Compress(Encoding.ASCII.GetBytes(text)), 1_000_000)));
    }

    [Fact]
    public void Decompression_of_anything_ends_within_its_bound() => Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes =>
        VbaCompression.Decompress([1, .. bytes], 50_000).Length <= 50_000));

    [Fact]
    public void All_modules_of_a_project_are_one_script()
    {
        var script = Word(new VbaWriter().Module("ThisDocument", "Attribute VB_Name = \"ThisDocument\"\r\nSub A()\r\nEnd Sub\r\n").Module("Module1", "Sub B()\r\nEnd Sub")).Script(ScriptLanguage.Vba).Source;

        Assert.Equal("Attribute VB_Name = \"ThisDocument\"\r\nSub A()\r\nEnd Sub\r\nAttribute VB_Name = \"Module1\"\r\nSub B()\r\nEnd Sub", script);
    }

    [Fact]
    public void Texts_of_forms_go_with_the_script()
    {
        var page = Word(new VbaWriter().Module("Module1", "Sub A()\r\nEnd Sub").Control("UserForm1", "TextBox1", "powershell -enc AAAA", "C:\\tag").Control("UserForm1", "Label1", "second text")).Script(ScriptLanguage.Vba).Page;

        var values = DocumentValues.Parse(page);
        Assert.Equal(("powershell -enc AAAA", "C:\\tag", "second text"), (values["UserForm1.TextBox1"], values["UserForm1.TextBox1.Tag"], values["UserForm1.Label1"]));
    }

    public static TheoryData<string, string[]> Sources => new()
    {
        { "Sub Format()\r\n  Range(\"A1\").Font.Bold = True\r\nEnd Sub", ["vba-project"] },
        { "Sub Workbook_Open()\r\n  MsgBox \"Hello\"\r\nEnd Sub", ["vba-project", "vba-auto-run"] },
        { "Sub Workbook_Open()\r\n  Set o = CreateObject(\"Outlook.Application\")\r\nEnd Sub", ["vba-project", "vba-auto-run"] },
        { "Sub Workbook_Open()\r\n  MsgBox \"Hello\"\r\nEnd Sub\r\nSub Button1_Click()\r\n  Shell \"notepad.exe\"\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-program-call"] },
        { "Private Declare PtrSafe Function ShellExecute Lib \"shell32\" Alias \"ShellExecuteA\" (x) As Long\r\nSub Workbook_Open()\r\n  MsgBox \"Hello\"\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-program-call"] },
        { "' Shell \"cmd.exe\"\r\nSub AutoOpen()\r\n  MsgBox 1 ' CreateObject(\"WScript.Shell\")\r\nEnd Sub", ["vba-project", "vba-auto-run"] },
        { "Sub Workbook_Open()\r\n  p = CreateObject(\"WScript.Shell\").SpecialFolders(\"Desktop\")\r\n  Set f = CreateObject(\"Shell.Application\").BrowseForFolder(0, \"x\", 0)\r\nEnd Sub", ["vba-project", "vba-auto-run"] },
        { "Sub Auto_Open()\r\n  CommandBars(1).Controls.Add.OnAction = \"ShowFolder\"\r\nEnd Sub\r\nSub ShowFolder()\r\n  Shell \"explorer.exe\"\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-program-call"] },
        { "Sub Auto_Open()\r\n  Application.OnTime Now, \"Later\"\r\nEnd Sub\r\nSub Later()\r\n  Shell \"calc.exe\"\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-suspicious"] },
        { Downloader, ["vba-project", "vba-auto-run", "vba-suspicious"] },
        { "Sub document_open()\r\n  Shell _\r\n  x\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-suspicious"] },
        { "Private Declare Function g Lib \"urlmon\" Alias \"URLDownloadToFileA\" (x) As Long\r\nSub Auto_Open()\r\n  g 0, a, b, 0, 0\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-suspicious"] },
        { "Sub InkPicture1_Painted(ByVal x)\r\n  GetObject(\"winmgmts:\").Get(\"Win32_Process\").Create x\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-suspicious"] },
        { "Sub AutoClose()\r\n  Set o = CreateObject(f(Array(87,83,99,114,105,112,116,46,83,104,101,108,108,1,2,3,4,5,6,7,8,9,1,2,3,4)))\r\nEnd Sub", ["vba-project", "vba-auto-run", "vba-suspicious"] },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void What_a_macro_has_the_means_for_is_told(string source, string[] facts)
    {
        Assert.Equal(facts, Word(new VbaWriter().Module("ThisDocument", source)).Ids());
    }

    [Fact]
    public void A_source_that_was_erased_is_seen_in_the_compiled_form()
    {
        var writer = new VbaWriter { Names = "\u0001\u0005AutoOpen\u0002CreateObject\u0003Run\u0001" }.Module("ThisDocument", "Attribute VB_Name = \"ThisDocument\"\r\n", VbaWriter.Compiled(new Random(1), 2_000, "WScript.Shell", "https://files.example/x"));

        Assert.Equal(["vba-project", "vba-stomped", "vba-auto-run", "vba-suspicious"], Word(writer).Ids());
    }

    [Fact]
    public void A_source_that_was_replaced_is_seen_in_the_compiled_form()
    {
        var writer = new VbaWriter().Module("ThisDocument", "Sub AutoOpen()\r\n  MsgBox \"Thank you\"\r\nEnd Sub", VbaWriter.Compiled(new Random(1), 900, "WScript.Shell", "https://files.example/x"));

        Assert.Contains("vba-stomped", Word(writer).Ids());
    }

    [Fact]
    public void A_source_with_its_own_compiled_form_is_not_stomped()
    {
        var writer = new VbaWriter().Module("ThisDocument", "Sub Hello()\r\n  MsgBox \"Thank \"\"you\"\"\"\r\n  MsgBox \"Good bye\"\r\nEnd Sub", VbaWriter.Compiled(new Random(1), 900, "Thank \"you\"", "Good bye"));

        Assert.DoesNotContain("vba-stomped", Word(writer).Ids());
    }

    [Fact]
    public void Modules_that_the_directory_does_not_list_are_read()
    {
        var file = new CompoundWriter().Stream("VBA/_VBA_PROJECT", [0xCC, 0x61]).Stream("VBA/Module1", [.. new byte[100], .. VbaWriter.Compress(Encoding.ASCII.GetBytes("Attribute VB_Name = \"Module1\"\r\n" + Downloader))]).ToArray();

        Assert.Contains("vba-suspicious", ReadFile.By(new OleReader(), "a.doc", file).Ids());
    }

    [Fact]
    public void A_project_in_a_package_is_read()
    {
        var package = TestFiles.Word(("word/vbaProject.bin", new VbaWriter().Module("ThisDocument", Downloader).ToBin()));

        Assert.Contains("vba-suspicious", ReadFile.By(new OoxmlReader(), "a.docm", package).Ids());
    }

    [Fact]
    public void Source_of_any_shape_is_read() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
        VbaCode.Read("Module1", $"Sub {text}\r\n\"{text} _\r\n{text}").Count >= 1));

    private static FileContents Word(VbaWriter project)
    {
        var file = new CompoundWriter().Stream("WordDocument", new byte[600]);
        project.WriteTo(file, "Macros");
        return ReadFile.By(new OleReader(), "a.doc", file.ToArray());
    }
}
