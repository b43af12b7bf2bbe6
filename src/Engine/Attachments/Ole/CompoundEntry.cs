namespace Platform.Engine.Attachments.Ole;

internal enum CompoundEntryKind
{
    Root,
    Storage,
    Stream,
}

/// <param name="Path">Names from the root on, joined by slashes; empty for the root.</param>
/// <param name="Name">At most 31 characters; control characters as the first are part of many names.</param>
/// <param name="ClassId">Class of the object that the storage holds; empty for streams.</param>
/// <param name="Start">Number of the first sector of its chain.</param>
internal sealed record CompoundEntry(string Path, string Name, CompoundEntryKind Kind, Guid ClassId, uint Start, long Size)
{
    /// <summary>Path of the storage that holds it; empty for the root.</summary>
    public string Parent => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "";

    /// <summary>Path of another entry of the same storage.</summary>
    public string Beside(string name) => Parent.Length == 0 ? name : $"{Parent}/{name}";
}
