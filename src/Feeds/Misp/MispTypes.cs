using Platform.Feeds.Lists;

namespace Platform.Feeds.Misp;

/// <summary>What the types of MISP's attributes hold (MISP core format, "Attribute types").</summary>
internal static class MispTypes
{
    public static IEnumerable<(IndicatorKind Kind, string Value)> Values(string type, string value)
    {
        var types = type.Split('|', 2);
        var values = types.Length == 2 ? value.Split('|', 2) : [value];
        for (var at = 0; at < types.Length && at < values.Length; at++)
            if (KindOf(types[at]) is { } kind)
                yield return (kind, values[at]);
        // The digest of a sample stands behind its name without being named in the type.
        if (type == "malware-sample" && value.LastIndexOf('|') is var bar and >= 0)
            yield return (IndicatorKind.Md5, value[(bar + 1)..]);
    }

    private static IndicatorKind? KindOf(string type) => type switch
    {
        "md5" => IndicatorKind.Md5,
        "sha1" => IndicatorKind.Sha1,
        "sha256" => IndicatorKind.Sha256,
        "domain" or "hostname" => IndicatorKind.Domain,
        "url" or "uri" => IndicatorKind.Url,
        "ip" or "ip-dst" or "ip-src" => IndicatorKind.Network,
        "email-src" or "email" or "email-reply-to" => IndicatorKind.Email,
        _ => null,
    };
}
