using Platform.Storage.Purging;

namespace Platform.Storage.Audit;

/// <summary>
/// Follows a chain link by link, keeping none of them. An erased link of the first form can no longer be recomputed: its kept hash
/// carries the chain on, and it is counted as unproven. Forms never go back, so no link behind one of the second form is believed that way.
/// </summary>
/// <param name="known">A link that the chain held before, and must hold still.</param>
internal sealed class AuditCheck(ChainHead? known = null)
{
    private string _previous = AuditForm.Origin;
    private bool _isErasable;

    public long Entries { get; private set; }

    public long Erased { get; private set; }

    public long Unproven { get; private set; }

    /// <summary>The number of the first link that does not follow from the one before it; null while the chain holds.</summary>
    public long? FirstBreak { get; private set; }

    public string Head => _previous;

    public void Add(AuditLink link)
    {
        if (FirstBreak is not null)
            return;
        if (!Follows(link))
        {
            FirstBreak = Entries + 1;
            return;
        }

        Entries++;
        _previous = link.Hash;
        if (known?.Sequence == Entries && known.Hash != link.Hash)
            FirstBreak = Entries;
        if (link.Erased)
            Erased++;
    }

    /// <summary>A head that knows of links which are not there: the tail was cut off.</summary>
    public void CompareEnd(long sequence, string hash)
    {
        if (FirstBreak is null && (sequence != Entries || (sequence > 0 && hash != _previous)))
            FirstBreak = Math.Min(sequence, Entries) + 1;
        if (FirstBreak is null && known?.Sequence > Entries)
            FirstBreak = Entries + 1;
    }

    private bool Follows(AuditLink link)
    {
        if (link.Sequence != Entries + 1 || (_isErasable && link.Form == AuditForm.Plain))
            return false;
        _isErasable |= link.Form != AuditForm.Plain;
        if (link is { Form: AuditForm.Plain, Erased: true })
        {
            Unproven++;
            return true;
        }

        var fieldsHold = link.Form == AuditForm.Plain || (link.Actor.Holds && link.Target.Holds && link.Detail.Holds && (link.Erased || !HasErasedField(link)));
        return fieldsHold && link.Hash == AuditForm.Hash(link, _previous);
    }

    private static bool HasErasedField(AuditLink link) => link.Actor.Salt is null || link.Target.Salt is null || link.Detail.Salt is null;
}
