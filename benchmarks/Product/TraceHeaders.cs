using System.Text;

namespace Platform.Benchmarks.Product;

/// <summary>What may stand in front of a delivered mail: trace fields (RFC 5321 4.4) and our own, nothing else; behind them every byte as sent.</summary>
internal static class TraceHeaders
{
    private static readonly string[] Allowed = ["Return-Path", "Received", "Delivered-To", "Authentication-Results"];
    private const string Ours = "X-Inspection-";

    /// <returns>Null when the mail is what was sent, else what is wrong.</returns>
    public static string? WhyNotIdentical(ReadOnlySpan<byte> delivered, ReadOnlySpan<byte> sent)
    {
        if (!delivered.EndsWith(sent))
            return DescribeDifference(delivered, sent);
        var added = Encoding.Latin1.GetString(delivered[..^sent.Length]);
        if (added.Length > 0 && !added.EndsWith("\r\n", StringComparison.Ordinal))
            return "what was put in front does not end with a line end";
        foreach (var line in added.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var folded = line[0] is ' ' or '\t';
            var name = line.Split(':', 2)[0];
            if (!folded && !Allowed.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase))
                return $"'{name}' was put in front, which is no trace field";
        }

        return null;
    }

    private static string DescribeDifference(ReadOnlySpan<byte> delivered, ReadOnlySpan<byte> sent)
    {
        var same = 0;
        while (same < sent.Length && same < delivered.Length && sent[^(same + 1)] == delivered[^(same + 1)])
            same++;
        return $"differs {same} bytes before the end ({delivered.Length} bytes delivered, {sent.Length} sent)";
    }
}
