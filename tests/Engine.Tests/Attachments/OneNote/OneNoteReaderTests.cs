using System.Text;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.OneNote;

public sealed class OneNoteReaderTests
{
    [Fact]
    public void A_file_of_a_notebook_is_opened_under_its_extension()
    {
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var data = Data(TestFiles.Text("@echo off\r\ncalc\r\n"));
        byte[] section = [.. Header(), .. data, .. BitConverter.GetBytes(64), .. BitConverter.GetBytes(0), .. id.ToByteArray(), .. Counted($"<ifndf>{{{id}}}"), .. Counted(".bat")];

        Assert.Contains(Opened.File("notes.one", section).Attachments, file => file.FileName == "file-1.bat");
    }

    [Fact]
    public void A_file_of_a_notebook_has_the_name_that_is_shown()
    {
        byte[] section = [.. Header(), .. Data(TestFiles.Program), .. Counted("invoice.exe")];

        Assert.Contains(Opened.File("notes.one", section).Attachments, file => file is { FileName: "invoice.exe", Type.Id: "exe" });
    }

    [Fact]
    public void A_notebook_without_files_is_read_and_no_more()
    {
        Assert.Equal(["onenote-read"], Opened.FactsOf("notes.one", [.. Header(), .. new byte[64], .. Data(TestFiles.Picture)]));
    }

    [Fact]
    public void Words_and_links_are_read()
    {
        var message = Opened.File("notes.one", [.. Header(), .. Counted("Click here to open https://evil.example/a")]);

        Assert.Contains(message.Links, link => link.Target == "https://evil.example/a");
        Assert.Contains("Click here", message.FileTexts.Single().Text, StringComparison.Ordinal);
    }

    private static byte[] Header() =>
    [
        0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3, .. new byte[32],
        0x3F, 0xDD, 0x9A, 0x10, 0x1B, 0x91, 0xF5, 0x49, 0xA5, 0xD0, 0x17, 0x91, 0xED, 0xC8, 0xAE, 0xD8,
    ];

    private static byte[] Data(byte[] content) =>
        [0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC, .. BitConverter.GetBytes((long)content.Length), .. new byte[12], .. content];

    private static byte[] Counted(string text) => [.. BitConverter.GetBytes(text.Length), .. Encoding.Unicode.GetBytes(text), 0, 0];
}
