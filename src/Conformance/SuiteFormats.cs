using Platform.Conformance.Author;
using Platform.Conformance.Dmarc;
using Platform.Conformance.Mime;
using Platform.Conformance.PublicSuffix;
using Platform.Conformance.Spf;
using Platform.Conformance.Spoof;

namespace Platform.Conformance;

/// <summary>The formats that <c>conform</c> knows.</summary>
public static class SuiteFormats
{
    public static IReadOnlyList<ISuiteFormat> All { get; } =
    [
        new Arc.ArcSignSuiteFormat(),
        new Arc.ArcValidateSuiteFormat(),
        new Dkim.DkimSuiteFormat(),
        new MimeTreeFormat(),
        new MimeEvasionFormat(),
        new SpfSuiteFormat(),
        new DmarcFromFormat(),
        new DmarcRecordFormat(),
        new DmarcVerifyFormat(),
        new PublicSuffixFormat(),
        new SpoofFormat(),
    ];

    /// <summary>The same with DKIM keys from a length on taken for long enough (see <see cref="Dkim.DkimSuiteFormat"/>).</summary>
    /// <param name="minimumRsaBits">512 or more for most old vectors.</param>
    public static IReadOnlyList<ISuiteFormat> WithDkimKeysFrom(int minimumRsaBits) =>
        [new Dkim.DkimSuiteFormat(minimumRsaBits), .. All.Where(format => format is not Dkim.DkimSuiteFormat)];
}
