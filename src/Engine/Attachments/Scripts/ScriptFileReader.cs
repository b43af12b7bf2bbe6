using Platform.Engine.Attachments.Pages;
using Platform.Engine.Attachments.Shortcuts;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Scripts;

/// <summary>
/// Files that are a script or hold scripts for the machine: JScript and VBScript (encoded too), PowerShell, batch, and the XML and
/// HTML around them: Windows script files (<c>.wsf</c>, one or more jobs), script components (<c>.sct</c>, <c>.wsc</c>), HTML applications
/// (<c>.hta</c>, a page that may do what a program may). The name decides, as it does when opened.
/// </summary>
internal sealed class ScriptFileReader : IFileReader
{
    private const int MaxLength = 2 * 1024 * 1024;

    public bool Reads(MailAttachment file) => KindOf(file).Length > 0;

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file, MaxLength);
        switch (KindOf(file))
        {
            case "js":
                var script = ScriptEncoding.Decode(text);
                contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, script, "script"));
                if (WebSource.IsOne(script))
                    contents.Fact("script-web-source", "script", "module or page script");
                break;
            case "vbs":
                contents.Script(new ScriptSource(ScriptLanguage.VbScript, ScriptHost.WindowsScript, ScriptEncoding.Decode(text), "script"));
                break;
            case "ps1":
                contents.Script(new ScriptSource(ScriptLanguage.PowerShell, ScriptHost.Shell, text, "script"));
                break;
            case "bat":
                contents.Script(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, text, "script"));
                break;
            default:
                ReadHolder(text, KindOf(file) == "hta", contents);
                break;
        }
    }

    private static string KindOf(MailAttachment file) => FileTypes.Extension(file.FileName) switch
    {
        "js" or "jse" or "mjs" or "cjs" => "js",
        "vbs" or "vbe" => "vbs",
        "ps1" or "psm1" => "ps1",
        "bat" or "cmd" => "bat",
        "wsf" or "wsc" or "sct" => "wsf",
        "hta" => "hta",
        "" => file.Type.Id is "js" or "vbs" or "ps1" or "bat" or "wsf" or "hta" ? file.Type.Id : "",
        _ => file.Type.Id is "hta" ? "hta" : "",
    };

    // Of a script component by language: the parts of each run in one scope.
    private static void ReadHolder(string text, bool isPage, FileContents contents)
    {
        var scripts = new PageScripts();
        foreach (var tag in MarkupScanner.Tags(text, isXml: !isPage))
            scripts.Take(tag);
        var page = isPage ? text : null;
        if (scripts.VisualBasic.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.VbScript, ScriptHost.WindowsScript, scripts.VisualBasic, "script") { Page = page });
        if (scripts.JavaScript() is { Length: > 0 } code)
            contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.WindowsScript, code, "script") { Page = page });
    }
}
