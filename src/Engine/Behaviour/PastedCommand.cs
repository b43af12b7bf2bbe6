using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Engine.Behaviour;

/// <summary>How much a command says that somebody is asked to paste.</summary>
internal enum PastedKind
{
    None,

    /// <summary>Starts an interpreter or program of the system; manuals do.</summary>
    Starts,

    /// <summary>Fetches something and runs it: so are many programs installed, and so is what nobody should run.</summary>
    Installs,

    /// <summary>As <see cref="Installs"/>, by a program that has another purpose, in a hidden window, encoded, or from a share on the Internet.</summary>
    Disguised,
}

/// <summary>
/// Commands for a shell of Windows, macOS or Linux in a text, by what they are made of: a program that runs what it is given, a
/// program that fetches, an address. Carets, backticks, quotes and blanks that shells pass over are passed over.
/// </summary>
internal static partial class PastedCommand
{
    /// <summary>Where a command stands that a page put on the clipboard.</summary>
    public const string Clipboard = "clipboard";

    private const int Longest = 8_000;
    private const int MostWords = 600;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n|;&(){}\"'`=,<>");

    // Runs the page, package or library at an address, or whatever it is told to.
    private static readonly FrozenSet<string> Runners = Set("mshta", "msiexec", "regsvr32", "rundll32", "hh", "explorer", "wmic", "installutil", "msbuild", "cmstp", "pcalua", "conhost", "forfiles", "scriptrunner", "finger", "wscript", "cscript", "presentationhost", "ieexec", "odbcconf", "bash.exe", "syncappvpublishingserver");
    private static readonly FrozenSet<string> Interpreters = Set("iex", "invoke-expression", "bash", "sh", "zsh", "ksh", "dash", "python", "python3", "perl", "ruby", "node", "php", "osascript", "cmd", "powershell", "pwsh");
    private static readonly FrozenSet<string> Fetchers = Set("curl", "wget", "irm", "iwr", "invoke-restmethod", "invoke-webrequest", "start-bitstransfer", "bitsadmin", "certutil", "finger", "nslookup", "ftp", "tftp", "scp", "net.webclient", "system.net.webclient", "msxml2.xmlhttp", "winhttp.winhttprequest.5.1");
    private static readonly FrozenSet<string> Shells = Set("powershell", "pwsh", "cmd", "%comspec%");
    private static readonly FrozenSet<string> Openers = Set("start", "echo", "eval", "nohup", "sudo", "set", "for", "ssh", "base64", "open", "invoke-command", "start-process", "saps", "&", ".");
    private static readonly FrozenSet<string> Starters = Set("start", "start-process", "saps", "invoke-item", "ii", "chmod", "call", "open");

    /// <summary>The command, its blanks made single; <see cref="PastedKind.None"/> where the text is none.</summary>
    public static (string Command, PastedKind Kind) Of(string text)
    {
        var command = Blanks().Replace(text.Length > Longest ? text[..Longest] : text, " ").Trim(' ', '\ufeff');
        if (command.Length < 8)
            return ("", PastedKind.None);
        var plain = Plain(command);
        var words = Words(plain);
        if (words.Count == 0 || !IsOpener(words[0].Word, plain))
            return ("", PastedKind.None);
        return (command, KindOf(plain, words));
    }

    /// <summary>The first command in a text in which other words stand around it, line by line.</summary>
    public static (string Command, PastedKind Kind) In(string text, int mostLines)
    {
        var found = ("", PastedKind.None);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (mostLines-- == 0)
                break;
            if (line.Length is < 8 or > Longest)
                continue;
            foreach (var start in Starts(line.ToString()))
                if (Of(line[start..].ToString()) is { } seen && seen.Kind > found.Item2)
                    found = seen;
            if (found.Item2 == PastedKind.Disguised)
                break;
        }

        return found;
    }

    // Where a line may go over into a command: its beginning, and words that are programs.
    private static IEnumerable<int> Starts(string line)
    {
        const int most = 6;
        var count = 0;
        for (var at = 0; at < line.Length && count < most;)
        {
            var length = line.AsSpan(at).IndexOfAny(Separators);
            length = length < 0 ? line.Length - at : length;
            if (length > 1 && IsProgram(Bare(Plain(line.Substring(at, length)))))
            {
                count++;
                yield return at;
            }

            at += length + 1;
        }
    }

    private static PastedKind KindOf(string plain, List<(string Word, char Before)> words)
    {
        var first = words[0].Word;
        var names = words.ConvertAll(word => Bare(word.Word));
        var hasAddress = Address().IsMatch(plain);
        var fetches = names.Exists(Fetchers.Contains) || plain.Contains("downloadstring", StringComparison.Ordinal) || plain.Contains("downloadfile", StringComparison.Ordinal) || plain.Contains("webrequest", StringComparison.Ordinal);
        var starts = names.Exists(Shells.Contains) || Runners.Contains(Bare(first)) || names.Exists(Interpreters.Contains);
        if (names.Exists(Shells.Contains) && (Encoded().IsMatch(plain) || plain.Contains("frombase64string", StringComparison.Ordinal) || Hidden().IsMatch(plain) && (fetches || hasAddress)))
            return PastedKind.Disguised;
        for (var index = 0; index < names.Count; index++)
            if (Runners.Contains(names[index]) && IsGivenAddress(plain, names, index))
                return PastedKind.Disguised;
        if (Share().IsMatch(plain) && starts)
            return PastedKind.Disguised;
        var piped = names.Where((name, index) => Interpreters.Contains(name) && words[index].Before is '|').Any();
        var evaluated = names.Contains("iex") || names.Contains("invoke-expression") || names.Contains("eval") || InShell().IsMatch(plain);
        if (fetches && (piped || evaluated))
            return PastedKind.Installs;
        if (piped && names.Contains("base64"))
            return PastedKind.Disguised;
        if (fetches && hasAddress && (names.Exists(Starters.Contains) || plain.Contains("; ./", StringComparison.Ordinal) || plain.Contains("&& ./", StringComparison.Ordinal) || Stored().IsMatch(plain)))
            return names.Exists(Shells.Contains) ? PastedKind.Disguised : PastedKind.Installs;
        return starts ? PastedKind.Starts : PastedKind.None;
    }

    // The program is followed by an address, or by a host where its kind takes one without a scheme.
    private static bool IsGivenAddress(string plain, List<string> names, int index)
    {
        var at = plain.IndexOf(names[index], StringComparison.Ordinal);
        var rest = at < 0 ? plain : plain[at..];
        if (Scheme().IsMatch(rest) || Share().IsMatch(rest))
            return true;
        return names[index] is "mshta" or "finger" && Address().IsMatch(rest);
    }

    private static bool IsOpener(string first, string plain) =>
        IsProgram(Bare(first)) || Openers.Contains(first)
        || first.StartsWith('$') && (plain.Contains("iex", StringComparison.Ordinal) || plain.Contains("invoke-", StringComparison.Ordinal))
        || first.StartsWith('[') && plain.Contains("::", StringComparison.Ordinal)
        || first.StartsWith("/bin/", StringComparison.Ordinal) || first.StartsWith("/usr/bin/", StringComparison.Ordinal);

    private static bool IsProgram(string name) => Runners.Contains(name) || Interpreters.Contains(name) || Fetchers.Contains(name) || Shells.Contains(name);

    // As the shell reads it: p^owers""hell and po`wershell are powershell.
    private static string Plain(string command)
    {
        var plain = new StringBuilder(command.Length);
        for (var index = 0; index < command.Length; index++)
        {
            var letter = command[index];
            var inside = index > 0 && index + 1 < command.Length && char.IsAsciiLetter(command[index - 1]) && char.IsAsciiLetter(command[index + 1]);
            if (letter is '^' || letter is '`' && inside || Language.NormalText.IsInvisible(letter))
                continue;
            if (letter is '"' or '\'' && index + 2 < command.Length && command[index + 1] == letter && index > 0 && char.IsAsciiLetter(command[index - 1]) && char.IsAsciiLetter(command[index + 2]))
            {
                index++;
                continue;
            }

            plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }

    private static List<(string Word, char Before)> Words(string plain)
    {
        List<(string, char)> words = [];
        var before = ' ';
        for (var at = 0; at < plain.Length && words.Count < MostWords;)
        {
            var length = plain.AsSpan(at).IndexOfAny(Separators);
            length = length < 0 ? plain.Length - at : length;
            if (length > 0)
            {
                var word = plain.Substring(at, length);
                words.Add((word, before));
                // "| sudo bash" is piped into bash.
                before = before == '|' && word is "sudo" ? '|' : ' ';
            }

            at += length;
            if (at < plain.Length && !char.IsWhiteSpace(plain[at]))
                before = plain[at];
            at++;
        }

        return words;
    }

    // The name of a program without its folder and ending.
    private static string Bare(string word)
    {
        var name = word.Trim('.', ',', ':', '“', '”');
        name = name[(name.LastIndexOfAny(['\\', '/']) + 1)..];
        foreach (var ending in (ReadOnlySpan<string>)[".exe", ".com", ".cmd"])
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return name[..^ending.Length];
        return name;
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(https?|ftp)://|\\\\[a-z0-9]|\b[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.[a-z]{2,}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"(https?|ftp|javascript|vbscript):", RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    // A share on a machine with a dotted name, or by WebDAV (host@80, host@SSL).
    [GeneratedRegex(@"\\\\([a-z0-9-]+\.)+[a-z0-9-]+(@[a-z0-9]+)*\\|\\\\[a-z0-9.-]+@(ssl|[0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Share();

    [GeneratedRegex(@"[-/–](e|ec|en|enc\w*|encodedcommand)\s+[a-z0-9+/=""']{16}", RegexOptions.NonBacktracking)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"[-/–](w|wi|win\w*)\s+['""]?(h|hi\w*|1|min\w*)\b|start /min|start /b", RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"(\$\(|<\(|`)\s*(curl|wget)", RegexOptions.NonBacktracking)]
    private static partial Regex InShell();

    [GeneratedRegex(@"(-o|-outfile|/o|>)\s*\S+\.(exe|ps1|bat|cmd|vbs|js|msi|dll|hta|sh)\b.*(;|&)", RegexOptions.NonBacktracking)]
    private static partial Regex Stored();
}
