using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Shortcuts that are text: <c>.url</c> and <c>.website</c> (an ini file, section InternetShortcut), <c>.desktop</c>
/// (freedesktop.org Desktop Entry), <c>.webloc</c>, <c>.inetloc</c>, <c>.fileloc</c> (Apple property lists), <c>.scf</c> (Explorer
/// command). An icon on another machine is fetched when the folder is merely shown (ATT&amp;CK T1187).
/// </summary>
internal sealed class InternetShortcutReader : IFileReader
{
    public bool Reads(MailAttachment file) => KindOf(file).Length > 0;

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file);
        var hostile = KindOf(file) switch
        {
            "url" => ReadUrl(text, contents),
            "desktop" => ReadDesktop(text, contents),
            "scf" => ReadIcon(text, contents),
            _ => ReadProperties(text, contents),
        };
        var address = contents.Links.Count > 0 ? contents.Links[0].Target : SmallText.Settings(text).FirstOrDefault(setting => setting.Key.Equals("URL", StringComparison.OrdinalIgnoreCase)).Value;
        if (!hostile && address is { Length: > 0 })
            contents.Fact("shortcut-plain", "address", address);
    }

    private static string KindOf(MailAttachment file) => FileTypes.Extension(file.FileName) switch
    {
        "url" or "website" => "url",
        "desktop" => "desktop",
        "scf" => "scf",
        "webloc" or "inetloc" or "fileloc" => "webloc",
        _ => file.Type.Id == "url" ? "url" : "",
    };

    private static bool ReadUrl(string text, FileContents contents)
    {
        var hostile = false;
        foreach (var (_, key, value) in SmallText.Settings(text))
            hostile |= key.ToUpperInvariant() switch
            {
                "URL" or "BASEURL" => ShortcutTarget.Tell(value, "URL", contents),
                "WORKINGDIRECTORY" => Remote(value, "WorkingDirectory", contents),
                "ICONFILE" => Remote(value, "IconFile", contents),
                _ => false,
            };
        return hostile;
    }

    private static bool ReadDesktop(string text, FileContents contents)
    {
        var hostile = false;
        foreach (var (_, key, value) in SmallText.Settings(text))
            switch (key)
            {
                case "URL":
                    hostile |= ShortcutTarget.Tell(value, "URL", contents);
                    break;
                case "Exec" when value.Length > 0:
                    hostile = true;
                    ShortcutTarget.Command(value, "Exec", contents);
                    break;
            }

        return hostile;
    }

    private static bool ReadIcon(string text, FileContents contents) =>
        SmallText.Settings(text).Where(setting => setting.Key.Equals("IconFile", StringComparison.OrdinalIgnoreCase)).Aggregate(false, (hostile, setting) => hostile | Remote(setting.Value, "IconFile", contents));

    private static bool ReadProperties(string text, FileContents contents) =>
        SmallText.Elements(text, "string").Take(20).Aggregate(false, (hostile, value) => hostile | ShortcutTarget.Tell(value, "URL", contents) | Local(value, contents));

    // On a Mac a location of scheme file opens, and so runs, what is there.
    private static bool Local(string value, FileContents contents)
    {
        if (!value.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || NetworkPlace.OutsideHostOf(value) is not null)
            return false;
        contents.Fact("shortcut-command", "URL", value);
        return true;
    }

    private static bool Remote(string value, string where, FileContents contents)
    {
        var outside = NetworkPlace.OutsideHostOf(value) is not null || value.StartsWith("http", StringComparison.OrdinalIgnoreCase) && where != "IconFile" && value.Contains("://", StringComparison.Ordinal);
        if (outside)
            contents.Fact("shortcut-remote", where, value);
        return outside;
    }
}
