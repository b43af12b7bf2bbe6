using Platform.Engine.PersonalData;

namespace Platform.Engine.Tests.PersonalData;

/// <summary>What is found in a text.</summary>
internal static class Found
{
    public static IReadOnlyList<PersonalDataFinding> In(string text) =>
        PersonalDataScan.Run([new ScannedText(PersonalDataPart.Body, "", text)], new HashSet<string>(), TestContext.Current.CancellationToken).Findings;

    /// <summary>How many distinct values of a class, by its name.</summary>
    public static int Count(string text, string name) => In(text).FirstOrDefault(finding => PersonalDataClasses.WireName(finding.Class) == name)?.Count ?? 0;

    /// <summary>Names of the classes found.</summary>
    public static IEnumerable<string> Names(string text) => In(text).Select(finding => PersonalDataClasses.WireName(finding.Class));
}
