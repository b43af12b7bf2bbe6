using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Conformance.Spoof;

/// <summary>What a plain search of the header finds of From: the yardstick for the reader, made without it.</summary>
/// <param name="Addresses">Everything like an address in lines of From and Resent-From and their continuations.</param>
/// <param name="IsOdd">More than one field, or one that is more than an address in brackets with an optional plain name.</param>
internal sealed partial record FromText(IReadOnlyList<string> Addresses, bool IsOdd)
{
    public static FromText Of(byte[] message)
    {
        var text = Encoding.Latin1.GetString(message);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var header = "\r\n" + (end < 0 ? text : text[..end]);
        var all = FromField().Matches(header);
        List<Match> fields = [.. all.Where(field => field.Groups["resent"].Length == 0)];
        return new FromText(
            [.. all.SelectMany(field => Address().Matches(field.Groups["value"].Value)).Select(match => match.Value)],
            fields.Count != 1 || fields[0].Groups["gap"].Length > 0 || !Plain().IsMatch(fields[0].Groups["value"].Value));
    }

    [GeneratedRegex(@"\r\n[ \t]*(?<resent>Resent-)?From(?<gap>[ \t\r\n]*):(?<value>.*(\r\n[ \t].*)*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FromField();

    [GeneratedRegex(@"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+[A-Za-z0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[ \t]*([A-Za-z ]*<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+)[ \t\r]*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
