using System.Globalization;
using System.Text.Json;
using Platform.Engine.Authentication.Dmarc;

namespace Platform.Conformance.Dmarc;

/// <summary>Compares a record with the tags that a case lists: numbers as numbers, addresses as a list.</summary>
internal static class DmarcTags
{
    public static CaseOutcome Compare(DmarcRecord record, JsonElement tags)
    {
        foreach (var tag in tags.EnumerateObject())
        {
            var found = Value(record, tag.Name);
            var expected = Text(tag.Value);
            if (!found.Contains(expected, StringComparer.OrdinalIgnoreCase))
                return CaseOutcome.Fail($"{tag.Name}={found[0]}, expected {expected}");
        }

        return CaseOutcome.Pass;
    }

    // All ways in which a case may write what the record says.
    private static string[] Value(DmarcRecord record, string tag) => tag switch
    {
        "v" => ["DMARC1"],
        "p" => [record.EffectivePolicy.ToString()],
        "sp" => [record.SubdomainPolicy.ToString() ?? ""],
        "np" => [record.NonexistentPolicy.ToString() ?? ""],
        "adkim" => [record.DkimAlignment == DmarcAlignment.Strict ? "s" : "r"],
        "aspf" => [record.SpfAlignment == DmarcAlignment.Strict ? "s" : "r"],
        "t" => [record.IsTest ? "y" : "n"],
        "psd" => [record.Place switch { DmarcPlace.PublicSuffix => "y", DmarcPlace.Organisation => "n", _ => "u" }],
        "pct" => [record.Percent.ToString(CultureInfo.InvariantCulture)],
        "ri" => [record.ReportInterval.ToString(CultureInfo.InvariantCulture)],
        "fo" => [string.Join(':', record.FailureOptions)],
        "rf" => [string.Join(':', record.FailureFormats)],
        "rua" => Addresses(record.AggregateReports),
        "ruf" => Addresses(record.FailureReports),
        _ => ["not read"],
    };

    private static string[] Addresses(IReadOnlyList<DmarcReportAddress> addresses) => [string.Join(',', addresses.Select(address => address.Uri))];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
