namespace Platform.Engine.Feeds;

/// <summary>
/// Which entry decides where several meet the same thing. The tenant's own goes before its MSP's; of one list the narrower before
/// the wider (an address, then a domain, the longer first, then a network, the longer prefix first); of equals the block.
/// </summary>
internal static class ListOrder
{
    /// <summary>The entry that decides comes first; ends in id, so that no two orders of the same entries differ.</summary>
    public static IComparer<ListEntry> Deciding { get; } = Comparer<ListEntry>.Create((one, other) =>
        OwnerOf(one).CompareTo(OwnerOf(other)) is not 0 and var byOwner ? byOwner
        : NarrownessOf(other).CompareTo(NarrownessOf(one)) is not 0 and var byNarrowness ? byNarrowness
        : other.Action.CompareTo(one.Action) is not 0 and var byAction ? byAction
        : string.CompareOrdinal(one.Id, other.Id));

    /// <param name="block">A block entry that the message meets.</param>
    /// <param name="allow">An allow entry that is believed of its author.</param>
    /// <param name="sameSender">The block, too, names the author or the network, and no other address in the message.</param>
    public static bool IsOverruled(ListEntry block, ListEntry allow, bool sameSender) =>
        OwnerOf(allow) < OwnerOf(block) || (OwnerOf(allow) == OwnerOf(block) && sameSender && NarrownessOf(allow) > NarrownessOf(block));

    private static int OwnerOf(ListEntry entry) => entry.Owner == ListEntry.OfTenant ? 0 : 1;

    private static int NarrownessOf(ListEntry entry) => entry.Kind switch
    {
        ListEntryKind.Address => 100_000,
        ListEntryKind.Network => Prefix(entry.Value),
        ListEntryKind.Domain or ListEntryKind.Host => 1_000 + entry.Value.Length * 2 + (entry.IsExact ? 1 : 0),
        _ => 0,
    };

    private static int Prefix(string network) =>
        int.TryParse(network.AsSpan(network.IndexOf('/', StringComparison.Ordinal) + 1), out var length) ? length : 0;
}
