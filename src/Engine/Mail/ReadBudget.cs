using Platform.Engine.Attachments;

namespace Platform.Engine.Mail;

/// <summary>
/// What one reading may still spend. Every bound of <see cref="ScanLimits"/> is counted here, and what is cut
/// leaves a note with <see cref="StructureNote.Limit"/> set, so that a verdict can say what was not read.
/// </summary>
internal sealed class ReadBudget(ScanLimits limits, TimeProvider time, int messageLength, CancellationToken cancellationToken)
{
    private const int MaxNotes = 400;
    private const int MaxWholeText = 6_000_000;

    // Searching for boundaries is repeated at every level and in every alternative reading;
    // this keeps the sum linear in the size of the message.
    private long _workLeft = (64L * 1024 * 1024) + (8L * messageLength);
    private long _decodedLeft = limits.MaxDecodedBytes;
    private int _partsLeft = limits.MaxParts;
    private int _entriesLeft = limits.MaxArchiveEntries;
    private long _unpackedLeft = (48L * 1024 * 1024) + (2L * messageLength);
    private long _unpackWorkLeft = (128L * 1024 * 1024) + (6L * messageLength);
    private long _textLeft = 512 * 1024;
    private int _wholeTextLeft = MaxWholeText;
    private int _trialsLeft = limits.MaxPasswordWork;
    private readonly SpentTime _spent = new(time);
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

    /// <summary>While other readings of the same bytes are made, what is off the standard has been told.</summary>
    public bool IsQuiet { get; set; }

    public void Note(string id, string where, string detail)
    {
        if (!IsQuiet && _notes.Count < MaxNotes && _seen.Add((id, where)))
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
        if (_spent.Value <= limits.MaxTime)
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

    /// <summary>
    /// Whether one more archive member may be read for the kind of text it is. Past the allowance a text is what its name says;
    /// that is also what opening it makes of it.
    /// </summary>
    public bool TakeText(int length)
    {
        _textLeft -= Math.Min(length, TextTypes.SampleLength);
        return _textLeft >= 0;
    }

    /// <summary>How many characters of the text of files are kept, over all files of the mail.</summary>
    public int TakeWholeText(int length, string where)
    {
        var granted = Math.Min(length, _wholeTextLeft);
        _wholeTextLeft -= granted;
        if (granted < length)
            Cut("limit-text", where, $"more than {MaxWholeText} characters in files");
        return granted;
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

    /// <summary>How much archives may still unpack to.</summary>
    public long UnpackedLeft => Math.Min(_unpackedLeft, _decodedLeft);

    /// <summary>How many of the wanted bytes an archive may still unpack: a small mail is not worth hundreds of megabytes.</summary>
    /// <param name="cost">Work per byte; 1 is what stored and deflated members take.</param>
    public int TakeUnpacked(int wanted, string where, int cost = 1)
    {
        var granted = TakeDecoded((int)Math.Min(wanted, Math.Min(_unpackedLeft, _unpackWorkLeft / cost)), where);
        _unpackedLeft -= granted;
        _unpackWorkLeft -= (long)granted * cost;
        if (granted < wanted)
            Cut("limit-bytes", where, "archives unpack to more than is read");
        return granted;
    }

    /// <summary>Gives back what was granted and not used, or unpacked in vain; the work stays done.</summary>
    public void ReturnUnpacked(int bytes)
    {
        _unpackedLeft += bytes;
        _decodedLeft += bytes;
    }

    /// <summary>False when unpacking has done all the work that the mail is worth.</summary>
    public bool TakeUnpackWork(long work, string where)
    {
        _unpackWorkLeft -= work;
        if (_unpackWorkLeft >= 0)
            return true;
        Cut("limit-bytes", where, "archives take more work than is done");
        return false;
    }

    /// <summary>Whether a password may still be tried. Formats that make a key slowly cost more.</summary>
    /// <param name="cost">About the milliseconds that a trial takes.</param>
    public bool TakeTrial(int cost)
    {
        if (_trialsLeft < cost)
            return false;
        _trialsLeft -= cost;
        return true;
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
