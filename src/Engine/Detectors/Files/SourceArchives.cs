using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>Sources packed with the script that builds them: run by who reads them, and told by emulation to do nothing of note.</summary>
internal static class SourceArchives
{
    private const int FewestSources = 2;
    private const int LongestScript = 16 * 1024;
    private static readonly string[] SourceNames = ["c", "h", "cpp", "hpp", "cc", "cs", "java", "kt", "go", "rs", "py", "rb", "php", "swift", "ts", "tsx", "vue", "sql", "cmake", "gradle", "csproj", "sln", "toml", "yml", "yaml", "md", "rst", "ino", "s", "ld"];
    private static readonly string[] SourceFiles = ["makefile", "dockerfile", "license", "readme", "package.json", "requirements.txt", "cmakelists.txt", "setup.py"];

    /// <summary>Whether a script in an archive stands among sources and was emulated without a behaviour.</summary>
    public static bool Holds(MailAttachment script, DetectionInput input)
    {
        if (script.Depth == 0 || script.Content.Length > LongestScript || FileKinds.ExtensionOf(script.FileName) is not ("bat" or "cmd" or "ps1" or "js"))
            return false;
        if (input.Message.Behaviours.Any(seen => seen.FilePath == script.Path && seen.Kind != BehaviourKind.Start))
            return false;
        var archive = script.Path[..(script.Path.IndexOf('/', StringComparison.Ordinal) + 1)];
        List<MailAttachment> others = [.. input.Message.Attachments.Where(file => file != script && file.Depth > 0 && file.Path.StartsWith(archive, StringComparison.Ordinal))];
        return archive.Length > 0
            && others.Count(IsSource) >= FewestSources
            && !others.Exists(file => FileKinds.IsExecutable(file) || FileKinds.IsShortcut(file) || FileKinds.IsDiskImage(file) || file.Encrypted);
    }

    private static bool IsSource(MailAttachment file) =>
        file.Type.Id is "text" or "unknown" or "json" or "csv" or "xml" or "js" or "sh" or "py"
        && (Array.IndexOf(SourceNames, FileKinds.ExtensionOf(file.FileName)) >= 0 || Array.IndexOf(SourceFiles, file.FileName[(file.FileName.LastIndexOf('/') + 1)..].ToLowerInvariant()) >= 0);
}
