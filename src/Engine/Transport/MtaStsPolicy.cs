using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Transport;

/// <summary>How far a policy binds (RFC 8461, 5).</summary>
public enum MtaStsMode
{
    /// <summary>There is no policy any more (RFC 8461, 5).</summary>
    None,

    /// <summary>What does not hold is told in reports and delivered all the same (RFC 8461, 5).</summary>
    Testing,

    /// <summary>What does not hold is not delivered (RFC 8461, 5).</summary>
    Enforce,
}

/// <summary>A domain's policy (RFC 8461, 3.2).</summary>
/// <param name="Hosts">Patterns of its mail hosts in lower case, <c>mx.example</c> or <c>*.example</c>; empty only in the mode none (RFC 8461, 3.2).</param>
/// <param name="MaxAge">How long it may be kept, a year at most (RFC 8461, 3.2).</param>
public sealed record MtaStsPolicy(MtaStsMode Mode, IReadOnlyList<string> Hosts, TimeSpan MaxAge)
{
    /// <summary>Octets of the text that are read; more is no policy (RFC 8461, 3.3 lets the sender set a limit).</summary>
    public const int MaxLength = 64 * 1024;

    private const long MaxSeconds = 31_557_600;
    private const int MaxDigits = 10;
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Reads the text of a policy (RFC 8461, 3.2).</summary>
    /// <param name="fault">What is wrong with it, for people; hostile text is not repeated in it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MtaStsPolicy? policy, [NotNullWhen(false)] out string? fault)
    {
        policy = null;
        fault = text.Length > MaxLength ? "it is too long" : null;
        if (fault is not null)
            return false;
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> hosts = [];
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd("\r \t");
            if (line.IsEmpty)
                continue;
            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                fault = "a line is no field";
                return false;
            }

            var (name, value) = (line[..colon].ToString(), line[(colon + 1)..].TrimStart(" \t").ToString());
            if (name == "mx")
                hosts.Add(value.ToLowerInvariant());
            else
                // Of a field that stands there twice the first counts.
                first.TryAdd(name, value);
        }

        fault = Check(first, hosts, out var mode, out var age);
        if (fault is not null)
            return false;
        policy = new MtaStsPolicy(mode, hosts, age);
        return true;
    }

    /// <summary>Whether a mail host is one of the policy's: a pattern's <c>*</c> stands for one label, the leftmost (RFC 8461, 4.1).</summary>
    public bool Names(string host)
    {
        var name = DnsName.WithoutLastDot(host).ToString().ToLowerInvariant();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return Hosts.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
            ? dot > 0 && name.AsSpan(dot).SequenceEqual(pattern.AsSpan(1))
            : pattern == name);
    }

    private static string? Check(Dictionary<string, string> fields, List<string> hosts, out MtaStsMode mode, out TimeSpan age)
    {
        (mode, age) = (MtaStsMode.None, TimeSpan.Zero);
        if (fields.GetValueOrDefault("version") != "STSv1")
            return "its version is not STSv1";
        MtaStsMode? told = fields.GetValueOrDefault("mode") switch { "enforce" => MtaStsMode.Enforce, "testing" => MtaStsMode.Testing, "none" => MtaStsMode.None, _ => null };
        if (told is null)
            return "its mode is neither enforce, testing nor none";
        mode = told.Value;
        if (!fields.TryGetValue("max_age", out var seconds) || seconds.Length is 0 or > MaxDigits || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return "its max_age is no number of seconds";
        age = TimeSpan.FromSeconds(Math.Min(number, MaxSeconds));
        if (hosts.Count == 0 && mode != MtaStsMode.None)
            return "it names no mail host";
        return hosts.TrueForAll(IsPattern) ? null : "an mx is no host name";
    }

    private static bool IsPattern(string pattern)
    {
        var host = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern.AsSpan(2) : pattern;
        return DnsName.IsName(host) && !host.EndsWith(".") && !host.ContainsAnyExcept(HostCharacters);
    }
}
