using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Messages;

public sealed class OutlookMessageTests
{
    [Fact]
    public void Attachments_of_a_message_are_opened_under_their_names()
    {
        Assert.Contains(Opened.File("a.msg", Message()).Attachments, file => file is { FileName: "invoice.exe", Type.Id: "exe" });
    }

    [Fact]
    public void Words_and_links_of_a_message_are_read()
    {
        var message = Opened.File("a.msg", Message());

        Assert.Contains(message.Links, link => link.Target == "https://evil.example/a");
        Assert.Contains(message.FileTexts, text => text.Text.Contains("Please pay", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_inside_of_an_installer_is_opened()
    {
        var installer = new CompoundWriter { RootClass = new Guid("000C1084-0000-0000-C000-000000000046") }.Stream("\u45cb\u4835", TestFiles.Program).Stream("data1.cab", TestFiles.Program).ToArray();

        Assert.Contains(Opened.File("setup.msi", installer).Attachments, file => file is { Depth: 1, Type.Id: "exe" });
    }

    private static byte[] Message() => new CompoundWriter()
        .Stream("__properties_version1.0", new byte[32])
        .Stream("__substg1.0_1000001F", Encoding.Unicode.GetBytes("Please pay: https://evil.example/a"))
        .Stream("__attach_version1.0_#00000000/__substg1.0_3707001F", Encoding.Unicode.GetBytes("invoice.exe"))
        .Stream("__attach_version1.0_#00000000/__substg1.0_37010102", TestFiles.Program)
        .ToArray();
}
