using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Settings of Windows in XML that open a folder of another machine or run something: <c>.search-ms</c> and
/// <c>.searchConnector-ms</c> (a search over a location), <c>.library-ms</c> (a library made of locations),
/// <c>.settingcontent-ms</c> (a link into the settings; its DeepLink runs), <c>.msc</c> (a management console, whose task pads run
/// commands and whose strings may lead a web view to a script), <c>.theme</c>.
/// </summary>
internal sealed class LibraryReader : IFileReader
{
    private static readonly string[] Locations = ["url", "simpleLocation", "location", "description", "path", "include", "locationProvider", "iconReference"];

    public bool Reads(MailAttachment file) =>
        FileTypes.Extension(file.FileName) is "search-ms" or "searchconnector-ms" or "library-ms" or "settingcontent-ms" or "msc" or "theme" or "themepack" or "deskthemepack";

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file);
        switch (FileTypes.Extension(file.FileName))
        {
            case "settingcontent-ms":
                foreach (var command in SmallText.Elements(text, "DeepLink").Take(10))
                    ReadDeepLink(command, contents);
                break;
            case "msc":
                ReadConsole(text, contents);
                break;
            case "theme" or "themepack" or "deskthemepack":
                foreach (var (_, key, value) in SmallText.Settings(text))
                    if (NetworkPlace.OutsideHostOf(value) is not null)
                        contents.Fact("shortcut-remote", key, value);
                break;
            default:
                ReadLocations(text, contents);
                break;
        }
    }

    private static void ReadDeepLink(string command, FileContents contents)
    {
        // Honest ones name a page of the settings: <DeepLink>ms-settings:display</DeepLink>, control.exe /name Microsoft.System.
        if (command.StartsWith("ms-settings:", StringComparison.OrdinalIgnoreCase)
            || CommandLine.ProgramOf(command) == "control" && command.Contains("/name Microsoft.", StringComparison.OrdinalIgnoreCase) && command.AsSpan().IndexOfAny("&|<>^") < 0)
            contents.Fact("shortcut-plain", "DeepLink", command);
        else
            ShortcutTarget.Command(command, "DeepLink", contents);
    }

    private static void ReadLocations(string text, FileContents contents)
    {
        var remote = false;
        foreach (var element in Locations)
            foreach (var value in SmallText.Elements(text, element).Take(20))
                remote |= Outside(value, element, contents);

        // <include path="\\host\share"> keeps its place in an attribute.
        for (var at = text.IndexOf("path=\"", StringComparison.OrdinalIgnoreCase); at >= 0 && !remote; at = text.IndexOf("path=\"", at + 6, StringComparison.OrdinalIgnoreCase))
            if (text.IndexOf('"', at + 6) is var end and > 0)
                remote |= Outside(text[(at + 6)..end], "path", contents);
        if (!remote)
            contents.Fact("shortcut-plain", "locations", "own network");
    }

    private static bool Outside(string value, string where, FileContents contents)
    {
        var outside = NetworkPlace.OutsideHostOf(value) is not null
            || value.StartsWith("http", StringComparison.OrdinalIgnoreCase) && where is "url" or "path" or "simpleLocation" && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && !NetworkPlace.IsInside(uri.Host)
                && !uri.Host.EndsWith(".microsoft.com", StringComparison.OrdinalIgnoreCase) && !uri.Host.EndsWith(".sharepoint.com", StringComparison.OrdinalIgnoreCase);
        if (outside)
        {
            contents.Fact("shortcut-remote", where, value);
            contents.Link(value);
        }

        return outside;
    }

    private static void ReadConsole(string text, FileContents contents)
    {
        foreach (var element in (ReadOnlySpan<string>)["String", "Text"])
            foreach (var value in SmallText.Elements(text, element).Take(500))
                if (value.Contains("javascript:", StringComparison.OrdinalIgnoreCase) || value.Contains("vbscript:", StringComparison.OrdinalIgnoreCase) || value.Contains("apds.dll", StringComparison.OrdinalIgnoreCase))
                    contents.Fact("shortcut-command", "console string", value);
                else if (value.StartsWith("http", StringComparison.OrdinalIgnoreCase))
                    contents.Link(value);

        // <Task Type="CommandLine" Command="cmd.exe"><CommandLine Directory="" Params="/c ..."/>
        for (var at = text.IndexOf("Command=\"", StringComparison.Ordinal); at >= 0; at = text.IndexOf("Command=\"", at + 9, StringComparison.Ordinal))
        {
            var end = text.IndexOf('"', at + 9);
            if (end < 0)
                break;
            var command = System.Net.WebUtility.HtmlDecode(text[(at + 9)..end]);
            var parameters = text.IndexOf("Params=\"", end, Math.Min(400, text.Length - end), StringComparison.Ordinal);
            var close = parameters < 0 ? -1 : text.IndexOf('"', parameters + 8);
            if (command.Length > 0 && CommandLine.IsInterpreted(command))
                ShortcutTarget.Command(close > 0 ? $"{command} {System.Net.WebUtility.HtmlDecode(text[(parameters + 8)..close])}" : command, "task", contents);
        }
    }
}
