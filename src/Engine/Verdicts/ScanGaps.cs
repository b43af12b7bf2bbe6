namespace Platform.Engine.Verdicts;

/// <summary>What of a mail was not looked at, as far as it matters to who asks what is not in it: by ids of <see cref="Verdict.NotAsked"/>.</summary>
internal static class ScanGaps
{
    /// <summary>Some text was not looked through for personal data.</summary>
    public const string Data = "limit-data";

    /// <summary>A class of personal data could not be looked for.</summary>
    public const string BrokenData = "detector:personal-data";

    /// <summary>Names of files are left out.</summary>
    public const string Names = "limit-names";

    /// <summary>Limits behind which no text of the mail or its files is.</summary>
    private static readonly HashSet<string> WithoutText = new(StringComparer.Ordinal)
    {
        "limit-references", "limit-emulation", "limit-links", "limit-addresses", "limit-parameters", "limit-scripts", "limit-examined", "limit-line-length",
    };

    private static readonly HashSet<string> WithoutNames = new(StringComparer.Ordinal)
    {
        Names, "limit-attachments", "limit-parts", "limit-depth", "limit-archive-entries", "limit-archive-depth",
    };

    public static bool LeavesTextOut(string limit) => !WithoutText.Contains(limit);

    public static bool OfData(Verdict verdict) => verdict.NotAsked.Any(id => id is Data or BrokenData);

    public static bool OfNames(Verdict verdict) => verdict.NotAsked.Any(WithoutNames.Contains);
}
