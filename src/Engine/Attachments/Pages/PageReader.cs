using Platform.Engine.Behaviour;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Attachments.Pages;

// An attached page (HTML, WHATWG; SVG, W3C) opens in the browser from the disk: no filter on the way sees what its scripts make of
// it. It may build a file and hand it over (smuggling), write another page over itself, lead on, or ask for a password. So do
// honest pages in part: reports draw their charts by libraries of megabytes in which all these calls occur. What tells them apart
// is what is carried and what is done with it: a long encoded text that is no picture, and a few lines that decode it into a file
// or a page.

/// <summary>Pages that are attached: scripts, files and pages that they carry, words; what a look at the calls tells.</summary>
internal sealed class PageReader : IFileReader
{
    private const int MaxLength = 4 * 1024 * 1024;
    private const int MaxNested = 20;

    public bool Reads(MailAttachment file) => FileKinds.IsMarkUp(file) && file.Type.Id is not ("mhtml" or "eml" or "gz");

    public void Read(MailAttachment file, FileContents contents)
    {
        var markup = Charsets.Decode(file.Content.Span[..Math.Min(file.Content.Length, MaxLength)], null);
        if (file.Content.Length > MaxLength)
            contents.MarkTextCut();
        var isDrawing = file.Type.Id == "svg" || FileTypes.Extension(file.FileName) == "svg";
        var scripts = new PageScripts();
        var shape = new PageShape();
        var outside = new PageOutside();
        foreach (var tag in MarkupScanner.Tags(markup, isDrawing))
        {
            scripts.Take(tag);
            shape.Take(tag);
            outside.Take(tag);
        }

        foreach (var (name, content) in shape.Nested.Take(MaxNested))
            if (contents.Budget.TakeEntry(file.Path))
                contents.Member(name, content[..contents.Budget.TakeUnpacked(content.Length, file.Path)]);
        var carried = PagePayload.Find(markup, file.Path, contents);
        var text = FlatHtml.Read(markup).Text;
        contents.Text(text);
        var isPlain = !shape.HasPassword && !(shape.RemoteForm is { } form && (outside.HasFields || !PageOutside.IsTrusted(form)));
        foreach (var (id, seen) in PageJudgement.Of(scripts, shape, carried, markup, isDrawing))
        {
            isPlain = false;
            contents.Fact(id, "script", seen);
        }

        foreach (var (id, seen) in BarePage.Of(outside, shape, scripts, text, markup, isDrawing))
        {
            isPlain &= id == "html-link-only";
            contents.Fact(id, "page", seen);
        }

        if (isPlain)
            contents.Fact("page-plain", "page", scripts.Any ? "scripts of a page" : "no script");
        if (scripts.VisualBasic.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.VbScript, ScriptHost.Page, scripts.VisualBasic, "page"));
        if (scripts.Any || shape.HasPassword)
            contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, scripts.JavaScript(), "page") { Page = markup });
    }
}
