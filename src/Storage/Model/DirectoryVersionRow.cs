namespace Platform.Storage.Model;

/// <summary>Grows with each change of the directory, so that every process sees that its cached snapshot is old. One row, of no tenant.</summary>
internal sealed class DirectoryVersionRow
{
    public const int TheOne = 1;

    public required int Id { get; init; }
    public required long Version { get; set; }
}
