using System.Text;

namespace Platform.Fuzz.Targets.Dmarc;

/// <summary>Good input, and the pieces that it is made of.</summary>
internal static class DmarcRecordInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "v=DMARC1", ";", "=", "p=reject", "sp=none", "np=", "rua=mailto:a@b.test", "ruf=", "!10m", "!", ",", "mailto:", "fo=0:1:d", "pct=50", "ri=86400", "psd=y", "t=y", "adkim=s", " ", "\t", "\0", "\u00FF", "p", "%40", "@",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "v=DMARC1; p=reject; sp=none; np=quarantine; adkim=s; aspf=r; rua=mailto:a@b.test!10m,mailto:c@d.test; ruf=mailto:e@f.test; fo=1:d; psd=n; t=y; pct=50; ri=86400",
            "v=DMARC1;p=none",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
