namespace Platform.Engine.Mail;

/// <summary>
/// What one reading may still spend. Every bound of <see cref="ScanLimits"/> is counted here, and what is cut
/// leaves a note with <see cref="StructureNote.Limit"/> set, so that a verdict can say what was not read.
/// </summary>
internal sealed class ReadBudget(ScanLimits limits, TimeProvider time, int messageLength, CancellationToken cancellationToken)
{
    private const int MaxNotes = 400;

    // Searching for boundaries is repeated at every level and in every alternative reading;
    // this keeps the sum linear in the size of the message.
    private long _workLeft = (64L * 1024 * 1024) + (8L * messageLength);
    private long _decodedLeft = limits.MaxDecodedBytes;
    private int _partsLeft = limits.MaxParts;
    private int _entriesLeft = limits.MaxArchiveEntries;
    private readonly long _started = time.GetTimestamp();
    private readonly List<StructureNote> _notes = [];
    private readonly HashSet<(string Id, string Where)> _seen = [];

    public ScanLimits Limits => limits;

    public IReadOnlyList<StructureNote> Notes => _notes;

    /// <summary>Elements that HTML parsers may still create, over all HTML of the mail.</summary>
    public int HtmlElementsLeft { get; set; } = 120_000;

    /// <summary>Characters of HTML that may still be made into trees.</summary>
    public int HtmlCharactersLeft { get; set; } = 4_000_000;

    public CancellationToken Cancellation => cancellationToken;

    public long DecodedLeft => _decodedLeft;

    public void Note(string id, string where, string detail)
    {
        if (_notes.Count < MaxNotes && _seen.Add((id, where)))
            _notes.Add(new StructureNote(id, where, Shorten(detail)));
    }

    public void Cut(string id, string where, string detail)
    {
        // Beyond MaxNotes the limits are still told, once each.
        if (_seen.Add((id, _notes.Count < MaxNotes ? where : "")))
            _notes.Add(new StructureNote(id, where, Shorten(detail), Limit: true));
    }

    /// <summary>False when the time is over; throws when the caller gave up.</summary>
    public bool HasTime(string where)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_started) <= limits.MaxTime)
            return true;
        Cut("limit-time", where, $"not read on after {limits.MaxTime.TotalSeconds:0.###} s");
        return false;
    }

    public bool TakePart(string where)
    {
        if (_partsLeft > 0)
        {
            _partsLeft--;
            return true;
        }

        Cut("limit-parts", where, $"more than {limits.MaxParts} parts");
        return false;
    }

    public bool TakeEntry(string where)
    {
        if (_entriesLeft > 0)
        {
            _entriesLeft--;
            return true;
        }

        Cut("limit-archive-entries", where, $"more than {limits.MaxArchiveEntries} archive members");
        return false;
    }

    public bool TakeWork(long bytes, string where)
    {
        if (_workLeft >= bytes)
        {
            _workLeft -= bytes;
            return true;
        }

        Cut("limit-work", where, "too many nested readings of the same bytes");
        return false;
    }

    /// <summary>How many of the wanted decoded bytes are granted.</summary>
    public int TakeDecoded(int wanted, string where)
    {
        var granted = (int)Math.Min(wanted, _decodedLeft);
        _decodedLeft -= granted;
        if (granted < wanted)
            Cut("limit-bytes", where, $"more than {limits.MaxDecodedBytes} decoded bytes");
        return granted;
    }

    private static string Shorten(string detail) => detail.Length <= 200 ? detail : detail[..200];
}
