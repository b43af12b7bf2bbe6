namespace Platform.Engine.Attachments.Scripts;

/// <summary>
/// Tells the script of a web page or a module, as they lie by the hundred in a zip of sources, from one made for Windows: the words
/// of a page or module are there, and none by which a script reaches the machine or hides its text.
/// </summary>
internal static class WebSource
{
    private const int MaxLooked = 256 * 1024;

    private static readonly string[] Web = ["document.", "window.", "module.exports", "require(", "import ", "export ", "addEventListener", "jQuery", "$(", "console.log", "React", "fetch(", "define("];
    private static readonly string[] Machine = ["WScript", "Scripting.", "Shell.Application", "ADODB", "powershell", "cmd.exe", "GetObject(", "winmgmts", "WshShell", "child_process", "_0x"];

    public static bool IsOne(string script)
    {
        var text = script.AsSpan(0, Math.Min(script.Length, MaxLooked));
        return Any(text, Web) && !Any(text, Machine) && !HasUnknownObject(text);
    }

    private static bool Any(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    // Old browsers made their requests by an ActiveX object of this one family.
    private static bool HasUnknownObject(ReadOnlySpan<char> text)
    {
        const string word = "ActiveXObject(";
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0;)
        {
            text = text[(at + word.Length)..];
            if (!text[..Math.Min(40, text.Length)].Contains("XMLHTTP", StringComparison.OrdinalIgnoreCase))
                return true;
            at = text.IndexOf(word, StringComparison.Ordinal);
        }

        return false;
    }
}
