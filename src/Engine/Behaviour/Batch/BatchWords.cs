namespace Platform.Engine.Behaviour.Batch;

/// <summary>Where the command ends and its arguments begin.</summary>
internal static class BatchWords
{
    public static (string Word, string Tail) Cut(string text)
    {
        var start = 0;
        while (start < text.Length && text[start] is ' ' or '\t' or '@' or ',' or ';' or '=')
            start++;
        var (at, quoted) = (start, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ' ' or '\t' or ',' or ';' or '=' && !quoted || !quoted && c == '/' && at > start && IsShortCommand(text[start..at]))
                break;
            else if (!quoted && c is '.' or ':' or '(' or '+' && text[start..at].Equals("echo", StringComparison.OrdinalIgnoreCase))
                return (text[start..at], text[(at + 1)..]);
        }

        return (text[start..at].Replace("\"", "", StringComparison.Ordinal), at < text.Length ? text[at..] : "");
    }

    private static bool IsShortCommand(string word) =>
        word.Trim('"').ToLowerInvariant() is "cmd" or "cmd.exe" or "cd" or "set" or "echo" or "start" or "dir" or "del" or "copy" or "move" or "xcopy" or "powershell" or "mshta" or "regsvr32" or "schtasks" or "msiexec" or "rd" or "taskkill" or "cscript" or "wscript";
}
