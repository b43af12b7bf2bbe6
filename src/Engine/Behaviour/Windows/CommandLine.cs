using System.Text;

namespace Platform.Engine.Behaviour.Windows;

/// <summary>
/// A command line as CreateProcess and CommandLineToArgvW read it: the program is the first word or what stands in quotation
/// marks, all else is one string that each program cuts up by itself.
/// </summary>
internal static class CommandLine
{
    private const int MaxArguments = 400;

    private static readonly string[] ProgramEndings = [".exe", ".com", ".cmd", ".bat", ".scr", ".msc", ".cpl"];

    public static (string Program, string Tail) Split(string line)
    {
        var text = line.AsSpan().TrimStart();
        while (text.Length > 0 && text[0] is '@' or '&')
            text = text[1..].TrimStart();
        if (text.Length > 0 && text[0] == '"')
        {
            var end = text[1..].IndexOf('"');
            return end < 0 ? (text[1..].ToString(), "") : (text[1..(end + 1)].ToString(), text[(end + 2)..].Trim().ToString());
        }

        var cut = PathWithSpaces(text);
        if (cut < 0)
            cut = text.IndexOfAny(' ', '\t');
        return cut < 0 ? (text.ToString(), "") : (text[..cut].ToString(), text[cut..].Trim().ToString());
    }

    /// <summary>The program without folders and <c>.exe</c>, lower-case.</summary>
    public static string BaseName(string program)
    {
        var name = program.Trim().Trim('"', '\'').ToLowerInvariant();
        name = name[(name.LastIndexOfAny(['\\', '/']) + 1)..].TrimEnd(' ', '.');
        return name.EndsWith(".exe", StringComparison.Ordinal) || name.EndsWith(".com", StringComparison.Ordinal) ? name[..^4] : name;
    }

    public static List<string> Arguments(string rest)
    {
        List<string> arguments = [];
        var word = new StringBuilder();
        var (quoted, inside) = (false, false);
        for (var at = 0; at < rest.Length && arguments.Count < MaxArguments; at++)
        {
            var c = rest[at];
            if (c == '"')
            {
                if (word.Length > 0 && word[^1] == '\\')
                {
                    word[^1] = '"';
                    continue;
                }

                (quoted, inside) = (!quoted, true);
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                Take();
            }
            else
            {
                word.Append(c);
            }
        }

        Take();
        return arguments;

        void Take()
        {
            if (word.Length > 0 || inside)
                arguments.Add(word.ToString());
            word.Clear();
            inside = false;
        }
    }

    // C:\Program Files\x\y.exe -a: unquoted, as CreateProcess tries it.
    private static int PathWithSpaces(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != ':' || text[2] != '\\')
            return -1;
        foreach (var ending in ProgramEndings)
        {
            var at = text.IndexOf(ending, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && (at + ending.Length == text.Length || text[at + ending.Length] is ' ' or '\t'))
                return at + ending.Length;
        }

        return -1;
    }
}
