namespace Platform.Storage.Purging;

/// <summary>What a purge took, by hash.</summary>
public static class PurgeItems
{
    public static bool Include(PurgeRow purge, Guid id)
    {
        ArgumentNullException.ThrowIfNull(purge);
        return PurgeJson.ReadItems(purge.Items).Contains(PurgeCommands.HashOf(id), StringComparer.Ordinal);
    }
}
