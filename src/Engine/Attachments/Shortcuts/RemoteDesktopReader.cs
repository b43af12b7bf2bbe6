using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Remote desktop files (.rdp, lines of <c>name:type:value</c>): opening one gives the machine at the other end the reader's drives,
/// clipboard and smart cards where the file says so (ATT&amp;CK T1566.001, T1021.001), or shows a program of it as a window of one's own.
/// </summary>
internal sealed class RemoteDesktopReader : IFileReader
{
    private static readonly string[] OwnedByMicrosoft = [".wvd.microsoft.com", ".windows.net", ".cloudapp.azure.com"];

    private static readonly (string Name, string What)[] Redirected = [("drivestoredirect", "drives"), ("devicestoredirect", "devices"), ("usbdevicestoredirect", "USB devices")];

    public bool Reads(MailAttachment file) => FileTypes.Extension(file.FileName) == "rdp";

    public void Read(MailAttachment file, FileContents contents)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in SmallText.Lines(SmallText.Of(file)))
            if (line.Split(':', 3) is [var name, _, var value])
                settings.TryAdd(name.Trim(), value.Trim());
        var host = HostOf(settings.GetValueOrDefault("full address") ?? settings.GetValueOrDefault("alternate full address") ?? "");
        if (host.Length == 0)
            return;
        string[] shared = [.. Shared(settings)];
        var where = settings.ContainsKey("signature") ? "signed" : "unsigned";
        if (NetworkPlace.IsInside(host) || OwnedByMicrosoft.Any(suffix => host.EndsWith(suffix, StringComparison.Ordinal)))
            contents.Fact("shortcut-plain", where, host);
        else if (shared.Length > 0)
            contents.Fact("remote-desktop-shares", where, $"{host}: {string.Join(", ", shared)}");
        else
            contents.Fact("remote-desktop-outside", where, host);
    }

    private static IEnumerable<string> Shared(Dictionary<string, string> settings)
    {
        foreach (var (name, what) in Redirected)
            if (settings.GetValueOrDefault(name) is { Length: > 0 })
                yield return what;
        if (settings.GetValueOrDefault("redirectdrives") == "1")
            yield return "drives";
        if (settings.GetValueOrDefault("remoteapplicationmode") == "1")
            yield return $"program {settings.GetValueOrDefault("remoteapplicationprogram") ?? settings.GetValueOrDefault("remoteapplicationname")}";
        if (settings.GetValueOrDefault("alternate shell") is { Length: > 0 } shell)
            yield return $"program {shell}";
    }

    private static string HostOf(string address)
    {
        var text = address.Trim();
        var colon = text.LastIndexOf(':');
        return (colon > 0 && text.IndexOf(':', StringComparison.Ordinal) == colon ? text[..colon] : text).TrimEnd('.').ToLowerInvariant();
    }
}
