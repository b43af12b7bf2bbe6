using System.Globalization;
using Platform.Engine.Attachments.Pages;
using Platform.Engine.Attachments.Shortcuts;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// Actions (ISO 32000-1 12.6) wherever they stand. Every object is looked at once, references are not followed from one to the next:
/// circles do no harm, and what nothing refers to is seen too.
/// </summary>
internal sealed class PdfActions(PdfFile pdf, FileContents contents)
{
    private const int MaxDepth = 40;
    private const int MaxDictionaries = 200_000;
    private const int MaxScripts = 400;
    private const int MostOfScript = 512 * 1024;

    // Additional actions that happen without the reader's doing: of the document, of a page, of an annotation that comes into view.
    private static readonly string[] ByThemselves = ["O", "PO", "PV", "PI", "WC", "WS", "WP", "DP", "DS"];

    private readonly HashSet<string> _scripts = new(StringComparer.Ordinal);
    private readonly HashSet<PdfDictionary> _automatic = new(ReferenceEqualityComparer.Instance);
    private int _dictionaries;
    private int _scriptsSeen;

    public void Read()
    {
        MarkAutomatic();
        foreach (var entry in pdf.Objects)
            Walk(entry.Value, string.Create(CultureInfo.InvariantCulture, $"object {entry.Number}"), 0);
        ReadForm();
    }

    private void MarkAutomatic()
    {
        foreach (var entry in pdf.Objects)
        {
            if (pdf.Dictionary(entry.Value) is not { } holder)
                continue;
            if (holder["OpenAction"] is { } opening)
                Mark(opening, "OpenAction");
            if (pdf.Dictionary(holder["AA"]) is not { } additional)
                continue;
            foreach (var trigger in ByThemselves)
                Mark(additional[trigger], trigger);
        }

        // The names tree holds scripts that run as the document opens (12.6.4.16).
        foreach (var script in new PdfNames(pdf).Of("JavaScript"))
            if (pdf.Dictionary(script.Value) is { } action)
                _automatic.Add(action);
    }

    private void Mark(PdfValue? value, string trigger)
    {
        // An action may name the next ones (12.6.2).
        for (var steps = 0; steps < 20 && pdf.Dictionary(value) is { } action && _automatic.Add(action); steps++)
        {
            if (action.Name("S") is { Length: > 0 } kind && kind is "JavaScript" or "Launch" or "SubmitForm" or "ImportData" or "GoToR" or "GoToE" or "URI" or "Rendition")
                contents.Fact(kind is "JavaScript" or "Launch" ? "pdf-open-action" : "pdf-opens-by-itself", trigger, kind);
            var next = pdf.Resolve(action["Next"]);
            foreach (var other in next is PdfArray array ? array.Items.Take(20) : [])
                if (pdf.Dictionary(other) is { } chained)
                    _automatic.Add(chained);
            value = next;
        }
    }

    private void Walk(PdfValue value, string where, int depth)
    {
        if (depth > MaxDepth || _dictionaries > MaxDictionaries)
            return;
        switch (value)
        {
            case PdfArray array:
                foreach (var item in array.Items)
                    if (item is PdfArray or PdfDictionary)
                        Walk(item, where, depth + 1);
                break;
            case PdfStream stream:
                Walk(stream.Dictionary, where, depth + 1);
                break;
            case PdfDictionary dictionary:
                _dictionaries++;
                Look(dictionary, where);
                foreach (var item in dictionary.Entries.Values)
                    if (item is PdfArray or PdfDictionary)
                        Walk(item, where, depth + 1);
                break;
        }
    }

    private void Look(PdfDictionary action, string where)
    {
        if (action["JS"] is { } script)
            TakeScript(script, where, _automatic.Contains(action));
        switch (action.Name("S"))
        {
            case "Launch":
                TakeLaunch(action, where);
                break;
            case "URI":
                TakeLink(pdf.Text(action["URI"]), where);
                break;
            case "SubmitForm" or "ImportData":
                TakeSubmit(FileName(action["F"]), where, action.Name("S"));
                break;
            case "GoToR" or "GoToE" or "Thread":
                TakeRemote(FileName(action["F"]), where);
                break;
        }

        switch (action.Name("Subtype"))
        {
            case "RichMedia" or "3D" when action.Name("Type") is "Annot" or "":
                contents.Fact("pdf-rich-media", where, action.Name("Subtype"));
                break;
        }

        // A field whose characters are not shown (12.7.4.3).
        if (action.Name("FT") == "Tx" && pdf.Number(action["Ff"]) is { } flags && ((long)flags & 0x2000) != 0)
            contents.Fact("pdf-password-field", where, pdf.Text(action["T"]));
    }

    private void TakeScript(PdfValue value, string where, bool automatic)
    {
        if (_scriptsSeen++ >= MaxScripts)
            return;
        var source = pdf.Text(value);
        source = source.Length > MostOfScript ? source[..MostOfScript] : source;
        if (source.Trim().Length == 0)
            return;
        contents.Fact("pdf-javascript", where, source.Trim());
        if (!_scripts.Add(source))
            return;
        contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Pdf, source, where));
        if (PdfScript.Judge(source, automatic) is var (id, seen))
            contents.Fact(id, where, seen);
    }

    private void TakeLaunch(PdfDictionary action, string where)
    {
        var windows = pdf.Dictionary(action["Win"]);
        var program = FileName(windows?["F"] ?? action["F"] ?? action["Unix"] ?? action["Mac"]);
        var parameters = pdf.Text(windows?["P"]).Trim();
        var command = $"{program} {parameters}".Trim();
        if (command.Length == 0)
            return;
        var path = program.Replace('/', '\\');
        if (parameters.Length > 0 || CommandLine.IsInterpreted(path) || CommandLine.IsStarted(path) || NetworkPlace.OutsideHostOf(program) is not null)
        {
            contents.Fact("pdf-launch", where, command);
            contents.Script(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, command, where));
        }

        if (program.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            contents.Link(program);
    }

    private void TakeLink(string address, string where)
    {
        address = address.Trim();
        if (address.Length == 0 || address.Length > 4_096)
            return;
        contents.Link(address);
        if (NetworkPlace.OutsideHostOf(address) is not null || ShortcutTarget.IsActive(address))
            contents.Fact("pdf-remote-file", where, address);
    }

    private void TakeSubmit(string address, string where, string kind)
    {
        if (address.Length == 0)
            return;
        contents.Link(address);
        contents.Fact(NetworkPlace.OutsideHostOf(address) is not null ? "pdf-remote-file" : "pdf-submits-form", where, $"{kind} {address}");
    }

    private void TakeRemote(string address, string where)
    {
        if (NetworkPlace.OutsideHostOf(address) is not null)
            contents.Fact("pdf-remote-file", where, address);
        else if (address.Contains("://", StringComparison.Ordinal))
            contents.Link(address);
    }

    private string FileName(PdfValue? value) => pdf.Resolve(value) switch
    {
        PdfString text => text.Text,
        PdfDictionary specification => pdf.Text(specification["UF"] ?? specification["F"] ?? specification["DOS"] ?? specification["Unix"]),
        _ => "",
    };

    // An XFA form (XML Forms Architecture) is XML with scripts of its own, in one stream or several that follow each other.
    private void ReadForm()
    {
        if (pdf.Dictionary(pdf.Catalog?["AcroForm"]) is not { } form || pdf.Resolve(form["XFA"]) is not { } xfa)
            return;
        var text = xfa is PdfArray array ? string.Concat(array.Items.Take(60).Where(item => pdf.Resolve(item) is PdfStream).Select(pdf.Text)) : pdf.Text(xfa);
        text = text.Length > 2 * MostOfScript ? text[..(2 * MostOfScript)] : text;
        contents.Fact("pdf-xfa", "AcroForm", string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters"));
        foreach (var tag in MarkupScanner.Tags(text, isXml: true).Take(5_000))
            if (tag.Name == "script" && tag.Content.Trim() is { Length: > 0 } source && !(tag["contenttype"] ?? "").Contains("formcalc", StringComparison.OrdinalIgnoreCase) && _scripts.Add(source))
            {
                contents.Script(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Pdf, source, "XFA"));
                if (PdfScript.Judge(source, automatic: false) is var (id, seen))
                    contents.Fact(id, "XFA", seen);
            }
            else if (tag.Name == "submit" && tag["target"] is { Length: > 0 } target)
            {
                TakeSubmit(target, "XFA", "submit");
            }
    }
}
