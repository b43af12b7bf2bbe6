using Platform.Engine.Mail;

namespace Platform.Engine.Detectors.Files;

/// <summary>
/// The scripts of web sites and packages, packed with their pages: read, not run, by who gets them. What one would do on a machine
/// all the same, its emulation tells.
/// </summary>
internal sealed class WebProjects
{
    private readonly HashSet<string> _scripts;
    private readonly HashSet<string> _holders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    private WebProjects(HashSet<string> scripts) => _scripts = scripts;

    public static WebProjects Of(DetectionInput input)
    {
        var projects = new WebProjects(FactSigns.PathsOf(input, "script-web-source"));
        if (projects._scripts.Count == 0)
            return projects;
        foreach (var file in input.Message.Attachments)
            projects._files.Add(file.Path);
        foreach (var file in input.Message.Attachments)
            if (file.Depth > 0 && (FileKinds.IsMarkUp(file) || FileKinds.ExtensionOf(file.FileName) is "css" or "ts" or "tsx" or "scss" || file.FileName is "package.json"))
                projects._holders.Add(projects.HolderOf(file.Path));
        return projects;
    }

    public bool Contains(MailAttachment file) => file.Depth > 0 && _scripts.Contains(file.Path) && _holders.Contains(HolderOf(file.Path));

    // The archive itself; folders inside of it are no files.
    private string HolderOf(string path)
    {
        var holder = path;
        while (holder.LastIndexOf('/') is var slash and > 0)
        {
            holder = holder[..slash];
            if (_files.Contains(holder))
                return holder;
        }

        return "";
    }
}
