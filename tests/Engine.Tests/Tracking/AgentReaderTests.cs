using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

public sealed class AgentReaderTests
{
    [Theory]
    [InlineData(Asked.Chrome, AgentKind.Browser, "Chrome", "Windows", DeviceKind.Desktop)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", AgentKind.Browser, "Edge", "Windows", DeviceKind.Desktop)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", AgentKind.Browser, "Firefox", "Linux", DeviceKind.Desktop)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", AgentKind.Browser, "Samsung Internet", "Android", DeviceKind.Phone)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", AgentKind.Browser, "Chrome", "Android", DeviceKind.Tablet)]
    [InlineData("Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", AgentKind.Browser, "Chrome", "Android", DeviceKind.Phone)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", AgentKind.Browser, "Safari", "macOS", DeviceKind.Desktop)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", AgentKind.Browser, "Safari", "iOS", DeviceKind.Tablet)]
    [InlineData(Asked.AppleMail, AgentKind.MailProgram, "Apple Mail", "iOS", DeviceKind.Phone)]
    [InlineData(Asked.Outlook, AgentKind.MailProgram, "Outlook", "Windows", DeviceKind.Desktop)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.3", AgentKind.MailProgram, "Thunderbird", "Linux", DeviceKind.Desktop)]
    [InlineData(Asked.Gmail, AgentKind.PictureProxy, "Gmail", "", DeviceKind.Unknown)]
    [InlineData("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", AgentKind.PictureProxy, "Yahoo Mail", "", DeviceKind.Unknown)]
    [InlineData("python-requests/2.32.3", AgentKind.Program, "", "", DeviceKind.Unknown)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36", AgentKind.Program, "", "", DeviceKind.Unknown)]
    [InlineData("Mozilla/5.0 (compatible; Barracuda Sentinel (EE))", AgentKind.Program, "", "", DeviceKind.Unknown)]
    [InlineData("Mozilla/5.0", AgentKind.Other, "", "", DeviceKind.Unknown)]
    [InlineData("  ", AgentKind.None, "", "", DeviceKind.Unknown)]
    public void A_program_is_told_by_the_word_that_only_it_writes(string text, AgentKind kind, string family, string system, DeviceKind device) =>
        Assert.Equal((kind, family, system, device), (AgentReader.Read(text).Kind, AgentReader.Read(text).Family, AgentReader.Read(text).System, AgentReader.Read(text).Device));

    [Theory]
    [InlineData(Asked.Chrome, true)]
    [InlineData("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.0.0 Safari/537.36", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", true)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1", false)]
    public void Browsers_of_today_tell_for_what_they_fetch(string text, bool tells) => Assert.Equal(tells, AgentReader.Read(text).TellsPurpose);

    [Fact]
    public void Nothing_of_what_is_sent_comes_out_again() => Prop.ForAll<string>(text => AgentReader.Read((text ?? "") + "<zq>") is var agent && !(agent.Family + agent.System).Contains("zq", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
}
