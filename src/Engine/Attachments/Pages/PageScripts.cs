using System.Text;
using Platform.Engine.Attachments.Scripts;
using Platform.Engine.Links;

namespace Platform.Engine.Attachments.Pages;

/// <summary>
/// The scripts of a page in the order in which they run: elements, then what stands in event attributes and <c>javascript:</c>
/// addresses. Those are functions that wait for an event; here they are called at the end, since a reader would be led to it.
/// </summary>
internal sealed class PageScripts
{
    private const int MaxLength = 2 * 1024 * 1024;
    private const int MaxHandlers = 40;

    private readonly StringBuilder _javaScript = new();
    private readonly StringBuilder _visualBasic = new();
    private readonly List<(string Name, string Code)> _handlers = [];
    private readonly List<string> _elements = [];

    /// <summary>The script elements, apart, for what is judged of one of them.</summary>
    public IReadOnlyList<string> Elements => _elements;

    /// <summary>Names and code of event attributes; of an address the attribute that holds it.</summary>
    public IReadOnlyList<(string Name, string Code)> Handlers => _handlers;

    public string VisualBasic => _visualBasic.ToString();

    public bool Any => _elements.Count + _handlers.Count + _visualBasic.Length > 0;

    public void Take(MarkupTag tag)
    {
        if (tag.Name == "script")
            TakeElement(tag);
        foreach (var (name, value) in tag.Attributes)
        {
            if (_handlers.Count >= MaxHandlers)
                return;
            if (name.Length > 3 && name.StartsWith("on", StringComparison.Ordinal) && value.Length > 1)
                _handlers.Add((name, value));
            else if (AfterScheme(value, "javascript:") is { } code && code.Trim(' ', ';') is not ("" or "void(0)" or "void 0"))
                _handlers.Add((name, WebDecode(code)));
            else if (tag.Name is "animate" or "set" && name is "to" or "values" && AfterScheme(value, "javascript:") is { } animated)
                _handlers.Add((name, WebDecode(animated)));
        }
    }

    public string JavaScript()
    {
        var source = new StringBuilder(_javaScript.Length + 256).Append(_javaScript);
        foreach (var (_, handler) in _handlers)
            source.Append("\n;(function(event){").Append(handler).Append("\n}).call(this,{});");
        return source.ToString();
    }

    private void TakeElement(MarkupTag tag)
    {
        var language = $"{tag["type"]} {tag["language"]}".ToLowerInvariant();
        var code = tag.Content;
        if ((tag["src"] ?? tag["href"] ?? tag["xlink:href"]) is { } source)
            code = DataAddress.Read(source)?.Text ?? code;
        if (code.Trim().Length == 0)
            return;
        code = ScriptEncoding.Decode(code);
        if (language.Contains("vbs", StringComparison.Ordinal))
        {
            if (_visualBasic.Length < MaxLength)
                _visualBasic.Append(code).Append('\n');
        }
        else if (IsJavaScript(language) && _javaScript.Length + code.Length < MaxLength)
        {
            _elements.Add(code);
            _javaScript.Append(code).Append("\n;\n");
        }
    }

    // Types that no browser runs hold data: JSON, templates, shaders, MathJax configuration.
    private static bool IsJavaScript(string language) =>
        string.IsNullOrWhiteSpace(language) || language.Contains("javascript", StringComparison.Ordinal) || language.Contains("ecmascript", StringComparison.Ordinal)
        || language.Contains("jscript", StringComparison.Ordinal) || language.Contains("livescript", StringComparison.Ordinal) || language.Trim() is "module";

    // Blanks and control characters inside of a scheme are passed over (WHATWG URL 4.4).
    private static string? AfterScheme(string value, string scheme)
    {
        if (value.Length < scheme.Length || value.TrimStart() is not ['j' or 'J', ..] trimmed)
            return null;
        var at = 0;
        foreach (var expected in scheme)
        {
            while (at < trimmed.Length && trimmed[at] is '\t' or '\r' or '\n')
                at++;
            if (at >= trimmed.Length || char.ToLowerInvariant(trimmed[at++]) != expected)
                return null;
        }

        return trimmed[at..];
    }

    private static string WebDecode(string code) => code.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(code) : code;
}
