using Platform.Conformance.Mime;

namespace Platform.Conformance;

/// <summary>The formats that <c>conform</c> knows.</summary>
public static class SuiteFormats
{
    public static IReadOnlyList<ISuiteFormat> All { get; } =
    [
        new MimeTreeFormat(),
        new MimeEvasionFormat(),
    ];
}
