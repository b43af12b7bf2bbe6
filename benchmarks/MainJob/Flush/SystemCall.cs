using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.MainJob.Flush;

/// <summary>One system call of a trace.</summary>
/// <param name="Start">Seconds, by the tracer's clock; <paramref name="End"/> is when it had returned.</param>
/// <param name="Arguments">As the tracer prints them, with the path of each file descriptor in angle brackets.</param>
internal sealed partial record SystemCall(string Name, string Arguments, long Result, double Start, double End)
{
    /// <summary>Path behind the first descriptor; empty when there is none.</summary>
    public string Path { get; } = FirstPath().Match(Arguments) is { Success: true } match ? match.Groups[1].Value : "";

    /// <summary>All quoted strings, in order.</summary>
    public IReadOnlyList<string> Strings { get; } = [.. Quoted().Matches(Arguments).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\d+<(.*?)>(?=[,)\s]|$)")]
    private static partial Regex FirstPath();

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Quoted();
}

/// <summary>
/// Reads what <c>strace -f -ttt -T -yy</c> writes: "PID TIME name(arguments) = result &lt;seconds&gt;". A call during which
/// another thread ran stands on two lines, "... &lt;unfinished ...&gt;" and "&lt;... name resumed&gt; ...", joined here:
/// it starts with the first and ends with the second.
/// </summary>
internal static partial class TraceReader
{
    private const string Unfinished = " <unfinished ...>";

    public static IEnumerable<SystemCall> Read(IEnumerable<string> lines)
    {
        Dictionary<string, (double Start, string Text)> open = [];
        foreach (var line in lines)
        {
            if (Head().Match(line) is not { Success: true } head)
                continue;
            var process = head.Groups[1].Value;
            var time = double.Parse(head.Groups[2].Value, CultureInfo.InvariantCulture);
            var text = head.Groups[3].Value;
            if (text.EndsWith(Unfinished, StringComparison.Ordinal))
                open[process] = (time, text[..^Unfinished.Length]);
            else if (Resumed().Match(text) is { Success: true } resumed)
            {
                if (open.Remove(process, out var begun) && Parse(begun.Text + resumed.Groups[1].Value, begun.Start, time) is { } joined)
                    yield return joined;
            }
            else if (Parse(text, time, null) is { } call)
                yield return call;
        }
    }

    private static SystemCall? Parse(string text, double start, double? resumedAt)
    {
        if (Whole().Match(text) is not { Success: true } match)
            return null;
        var took = match.Groups[4].Success ? double.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : 0;
        var result = long.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
        return new SystemCall(match.Groups[1].Value, match.Groups[2].Value, result, start, resumedAt ?? start + took);
    }

    /// <summary>The text of a C string as printed: <c>\r\n</c> and the like resolved, other escapes left.</summary>
    public static string Unescape(string quoted) => new StringBuilder(quoted).Replace("\\r", "\r").Replace("\\n", "\n").Replace("\\\"", "\"").ToString();

    [GeneratedRegex(@"^(\d+)\s+(\d+\.\d+)\s+(.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(.*)$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(\w+)\((.*)\)\s+= (-?\d+)(?:<[^ ]*>)?(?: [A-Z]+ \([^)]*\))?(?: <(\d+\.\d+)>)?$")]
    private static partial Regex Whole();
}
