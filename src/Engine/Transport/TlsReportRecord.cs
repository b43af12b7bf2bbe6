namespace Platform.Engine.Transport;

// SMTP TLS reporting (RFC 8460): a domain asks those who send to it for a daily account of how TLS went. A TXT record at
// `_smtp._tls.DOMAIN` names whereto (`rua`): addresses of mail or of HTTPS. The report is JSON, packed with gzip: which policy was found,
// how many sessions went well, and for each kind of failure how many and at which host.

/// <summary>Where a domain wants reports on TLS (RFC 8460, 3).</summary>
public static class TlsReportRecord
{
    /// <summary>Labels before the domain (RFC 8460, 3).</summary>
    public const string Prefix = "_smtp._tls.";

    private const string Version = "v=TLSRPTv1";
    private const int MaxLength = 4_096;
    private const int MaxTargets = 10;
    private const int MaxTarget = 1_000;

    /// <summary>Addresses of the only record that is one, <c>mailto</c> and <c>https</c>, ten at most (RFC 8460, 3); empty: the domain wants none.</summary>
    /// <param name="texts">All TXT records at the name.</param>
    public static IReadOnlyList<Uri> Targets(IEnumerable<string> texts)
    {
        var records = texts.Where(IsOne).Take(2).ToList();
        return records is [{ Length: <= MaxLength } only] ? [.. TargetsOf(only).Take(MaxTargets)] : [];
    }

    private static bool IsOne(string text) =>
        text.StartsWith(Version, StringComparison.Ordinal) && text.AsSpan(Version.Length).TrimStart(" \t") is [';', ..];

    private static IEnumerable<Uri> TargetsOf(string record)
    {
        var rua = record.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(field => field.StartsWith("rua=", StringComparison.Ordinal));
        foreach (var text in rua?["rua=".Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (text.Length <= MaxTarget && !text.Any(c => c is <= ' ' or > '~') && Uri.TryCreate(text, UriKind.Absolute, out var target) && IsTarget(target))
                yield return target;
        }
    }

    private static bool IsTarget(Uri target) => target.Scheme switch
    {
        "mailto" => target.UserInfo.Length > 0 && target.Host.Length > 0 && target.Query.Length == 0,
        "https" => target.Host.Length > 0 && target.UserInfo.Length == 0,
        _ => false,
    };
}
