using System.Text;
using Platform.Engine.Transport;

namespace Platform.Fuzz.Targets.Transport;

/// <summary>Records and policies of strangers on TLS: MTA-STS, TLSA, TLS reporting. Throws when a parser breaks a promise.</summary>
public static class MtaStsTarget
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "version: STSv1", "mode: ", "enforce", "testing", "none", "mx: ", "*.", "max_age: ", "604800", "\r\n", "\n", ":", "v=STSv1", "v=TLSRPTv1", ";", "id=", "rua=", "mailto:a@b.test", "https://c.test/", ",", " ", "\t", "\0", "\u00FF", "%40",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n|v=STSv1; id=20160831085700Z;|v=TLSRPTv1; rua=mailto:a@b.test,https://c.test/x".Split('|').Select(Encoding.UTF8.GetBytes),
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (MtaStsPolicy.TryParse(text, out var policy, out var fault))
        {
            Hold(policy.MaxAge >= TimeSpan.Zero && policy.MaxAge <= TimeSpan.FromSeconds(31_557_600), "a policy is kept for a year at most");
            Hold(policy.Hosts.Count > 0 || policy.Mode == MtaStsMode.None, "a policy names hosts");
            Hold(policy.Hosts.All(host => policy.Names(host.Replace("*.", "x.", StringComparison.Ordinal))), "a pattern names what it stands for");
            Hold(!policy.Names("") && !policy.Names("."), "a pattern names no empty host");
        }
        else
        {
            Hold(fault.Length is > 0 and < 100, "what is wrong is told briefly");
        }

        Hold(MtaStsRecord.Id([text]) is null or { Length: > 0 and <= 32 }, "an id is bounded");
        Hold(TlsReportRecord.Targets([text]) is { Count: <= 10 } targets && targets.All(target => target.Scheme is "mailto" or "https"), "reports go by mail or HTTPS");
        if (TlsaRecord.Parse(input.ToArray()) is { } record)
            Hold(TlsaRecord.Strongest([record]).Count == (record.IsUsable ? 1 : 0), "one usable record counts");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
