namespace Platform.Engine.Tracking;

/// <summary>Makers of gateways and services that look into mail before, or in place of, its recipient.</summary>
internal static class ScannerNames
{
    /// <summary>In small letters, as they stand in the names of networks and in User-Agent and Via.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "proofpoint", "mimecast", "barracuda", "trend micro", "trendmicro", "symantec", "messagelabs", "ironport", "zscaler", "forcepoint", "websense", "sophos", "fireeye", "trellix", "mcafee", "check point", "checkpoint",
        "avanan", "hornetsecurity", "vade secure", "vadesecure", "ironscales", "tessian", "egress software", "libraesva", "mailguard", "spamtitan", "titanhq", "cloudmark", "cyren", "retarus", "appriver", "netskope",
        "menlo security", "opendns", "umbrella", "fortinet", "palo alto networks", "bitdefender", "kaspersky", "eset,", "f-secure", "withsecure", "digital arts", "hennge", "cybermail", "cellopoint", "darktrace", "abnormal security",
        "virustotal", "urlscan", "spamhaus", "netcraft", "phishtank", "joe security", "any.run",
    ];

    public static bool IsIn(string text)
    {
        foreach (var word in Words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
