using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Engine.Attachments;

/// <summary>Formats that are text: told by how they begin and by words that only they use. Looks at the first 8 KiB.</summary>
internal static partial class TextTypes
{
    public const int SampleLength = 8 * 1024;

    /// <summary>Null when the content is no text.</summary>
    public static string? Detect(ReadOnlySpan<byte> content, string extension)
    {
        if (!IsText(content))
            return null;
        var text = Sample(content);
        var start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return ByStart(start) ?? ByMarkup(start) ?? ByScript(text, extension) ?? ByShape(start, extension) ?? "text";
    }

    /// <summary>True when the first part holds no control characters but those of text; UTF-16 with a mark counts.</summary>
    public static bool IsText(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return true;
        var sample = content[..Math.Min(content.Length, 4_096)];
        var odd = 0;
        foreach (var b in sample)
        {
            if (b == 0)
                return false;
            if (b < 32 && b is not (9 or 10 or 12 or 13 or 27))
                odd++;
        }

        return odd * 50 <= sample.Length;
    }

    private static string Sample(ReadOnlySpan<byte> content)
    {
        var sample = content[..Math.Min(content.Length, SampleLength)];
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(sample[2..]);
        return sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(sample[2..]) : Encoding.Latin1.GetString(sample);
    }

    private static string? ByStart(string start)
    {
        if (Begins("[InternetShortcut]") || start.StartsWith("[{000214A0-0000-0000-C000-000000000046}]", StringComparison.OrdinalIgnoreCase))
            return "url";
        if (WebQuery().IsMatch(start))
            return "iqy";
        if (Begins("BEGIN:VCALENDAR"))
            return "ics";
        if (Begins("BEGIN:VCARD"))
            return "vcf";
        if (start.StartsWith("ID;P", StringComparison.Ordinal))
            return "slk";
        if (Begins("Windows Registry Editor"))
            return "reg";
        if (Begins("-----BEGIN PGP"))
            return "pgp";
        if (start.StartsWith("-----BEGIN ", StringComparison.Ordinal))
            return "pem";
        if (start.StartsWith("#@~^", StringComparison.Ordinal))
            return "vbs";
        if (start.StartsWith("#!", StringComparison.Ordinal))
            return "sh";
        if (MimeStart().IsMatch(start))
            return Contains(start, "multipart/related") && Contains(start, "text/html") ? "mhtml" : "eml";
        return null;

        bool Begins(string word) => start.StartsWith(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string? ByMarkup(string start)
    {
        if (!start.StartsWith('<'))
            return HtmlInside().IsMatch(start) ? "html" : null;
        if (Contains(start, "<hta:application"))
            return "hta";
        if (WindowsScript().IsMatch(start))
            return "wsf";
        if (SvgRoot().IsMatch(start))
            return "svg";
        var declared = start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        if (HtmlInside().IsMatch(start) || (!declared && HtmlStart().IsMatch(start)))
            return "html";
        return declared || XmlStart().IsMatch(start) ? "xml" : null;
    }

    private static string? ByScript(string text, string extension)
    {
        int powerShell = PowerShell().Count(text), batch = Batch().Count(text), vb = VisualBasic().Count(text), js = JavaScript().Count(text);

        // The name settles which script it is only where the content already looks like one.
        powerShell += extension is "ps1" or "psm1" && powerShell > 0 ? 3 : 0;
        batch += extension is "bat" or "cmd" && batch > 0 ? 3 : 0;
        vb += extension is "vbs" or "vbe" or "bas" && vb > 0 ? 3 : 0;
        js += extension is "js" or "jse" or "mjs" && js > 0 ? 3 : 0;
        var best = Math.Max(Math.Max(powerShell, batch), Math.Max(vb, js));
        if (best < 3)
            return null;
        return best == powerShell ? "ps1" : best == vb ? "vbs" : best == js ? "js" : "bat";
    }

    private static string? ByShape(string start, string extension)
    {
        if (start.StartsWith('{') || start.StartsWith('['))
        {
            if (JsonStart().IsMatch(start))
                return "json";
        }

        var lines = start.Split('\n', 6);
        if (lines.Length < 2)
            return extension is "csv" && start.Contains(',', StringComparison.Ordinal) ? "csv" : null;
        foreach (var separator in ",\t;")
        {
            var columns = lines[0].Count(c => c == separator);
            if (columns >= 1 && (columns >= 2 || extension is "csv" or "tsv") && lines.Skip(1).Take(3).Where(l => l.Length > 1).All(l => l.Count(c => c == separator) == columns))
                return "csv";
        }

        return null;
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\AWEB\s*\r?\n\s*\d+\s*\r?\n\s*(https?|file|ftp):", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WebQuery();

    [GeneratedRegex(@"\A(From |Received:|Return-Path:|Delivered-To:|MIME-Version:|Message-ID:|Date: .{10,60}\r?\n|From: .+\r?\n|To: .+\r?\n|Subject: .*\r?\n)[\s\S]*?\n(From|Date|Subject|To|Content-Type|Message-ID):", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MimeStart();

    [GeneratedRegex(@"\A(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(job|package|component|scriptlet)\b[\s\S]*<script\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WindowsScript();

    [GeneratedRegex(@"\A(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE\s+svg[^>]*>\s*)?<(\w+:)?svg\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SvgRoot();

    [GeneratedRegex(@"\A(<!--[\s\S]*?-->\s*)*<(!DOCTYPE\s+html|html|head|body|title|script|meta|table|div|p|a|form|iframe|img|center|style|link|h1|span|br|font)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"<html[\s>]|<body[\s>]|<script[\s>][\s\S]*</script>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex HtmlInside();

    [GeneratedRegex(@"\A<([A-Za-z_][\w:.-]*)(\s+[\w:.-]+\s*=|\s*/?>)", RegexOptions.NonBacktracking)]
    private static partial Regex XmlStart();

    [GeneratedRegex(@"\A(\{\s*(""[^""]*""\s*:|\})|\[\s*([\[{""\d-]|true|false|null|\]))", RegexOptions.NonBacktracking)]
    private static partial Regex JsonStart();

    [GeneratedRegex(@"\b(Invoke-Expression|Invoke-WebRequest|New-Object\s+(Net|System|-ComObject)|Start-Process|Set-ExecutionPolicy|DownloadString|FromBase64String|Write-Host|Get-ChildItem|Add-Type|Out-File|Get-Content|IEX\b|\$env:|\$PSScriptRoot)|^\s*param\s*\(|^\s*\$\w+\s*=", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PowerShell();

    [GeneratedRegex(@"^\s*@?(echo\s+off|set\s+""?\w+=|goto\s+:?\w+|setlocal|endlocal|rem\s|cls\s*$|start\s+/|start\s+""|powershell|cmd\s*/c|certutil|bitsadmin|xcopy|copy\s+/|del\s+/|if\s+(not\s+)?exist|for\s+/f|call\s+|timeout\s+/|exit\s+/b|:\w+\s*$)|%~dp0|%(temp|appdata|userprofile|comspec)%", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Batch();

    [GeneratedRegex(@"\b(CreateObject|WScript\.(Shell|Echo|Sleep|Quit|CreateObject)|Execute(Global)?\s*\(|Chr[W]?\s*\(|On\s+Error\s+Resume\s+Next|ReDim\b|MsgBox\s)|^\s*(Dim|Set)\s+\w+|^\s*(Public|Private)?\s*(Sub|Function)\s+\w+\s*\(|^\s*End\s+(Sub|Function|If)\s*$|^\s*Attribute\s+VB_", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex VisualBasic();

    [GeneratedRegex(@"\b(var|let|const)\s+[\w$]+\s*=|\bfunction\s*[\w$]*\s*\([^)]*\)\s*\{|=>\s*\{|\bnew\s+(ActiveXObject|Function|Array|Date|Blob|XMLHttpRequest)\b|\b(eval|unescape|atob|setTimeout|parseInt|require)\s*\(|\b(document|window|WScript|String)\.\w+|\btry\s*\{|\bcatch\s*\(|\breturn\s+[\w$'""(]", RegexOptions.NonBacktracking)]
    private static partial Regex JavaScript();
}
