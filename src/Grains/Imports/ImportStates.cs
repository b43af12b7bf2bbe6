namespace Platform.Grains.Imports;

/// <summary>States of an import job as <see cref="Storage.Model.ImportRow.State"/> spells them.</summary>
public static class ImportStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";

    /// <summary>The file cannot be read on; what was taken in before stays.</summary>
    public const string Failed = "failed";
}
