using AngleSharp.Dom;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>Which script elements a browser runs (WHATWG HTML 4.12.1.1): other types hold data.</summary>
internal static class ScriptText
{
    public static bool Runs(IElement script)
    {
        var type = (script.GetAttribute("type") ?? "").Trim();
        var language = (script.GetAttribute("language") ?? "").Trim();
        if (type.Length == 0)
            return language.Length == 0 || IsJavaScript(language);
        return type.Equals("module", StringComparison.OrdinalIgnoreCase) || IsJavaScript(type);
    }

    private static bool IsJavaScript(string name) =>
        name.Contains("javascript", StringComparison.OrdinalIgnoreCase) || name.Contains("ecmascript", StringComparison.OrdinalIgnoreCase)
        || name.Contains("jscript", StringComparison.OrdinalIgnoreCase) || name.Contains("livescript", StringComparison.OrdinalIgnoreCase);
}
