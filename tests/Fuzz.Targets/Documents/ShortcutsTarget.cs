using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Shortcuts;

namespace Platform.Fuzz.Targets.Documents;

/// <summary>The same octets as every small file of text that has a reader.</summary>
internal static class ShortcutsTarget
{
    private static readonly FileReaderTarget[] Targets =
    [
        Of(new InternetShortcutReader(), "a.url"), Of(new InternetShortcutReader(), "a.desktop"), Of(new InternetShortcutReader(), "a.webloc"), Of(new LibraryReader(), "a.search-ms"), Of(new LibraryReader(), "a.settingcontent-ms"), Of(new LibraryReader(), "a.msc"),
        Of(new RemoteDesktopReader(), "a.rdp"), Of(new WebQueryReader(), "a.iqy"), Of(new TextSheetReader(), "a.csv"), Of(new SetupTextReader(), "a.reg"), Of(new SetupTextReader(), "a.inf"), Of(new DeploymentReader(), "a.application"),
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        foreach (var target in Targets)
            target.Run(input);
    }

    private static FileReaderTarget Of(IFileReader reader, string name) => new(reader, name, "text");
}
