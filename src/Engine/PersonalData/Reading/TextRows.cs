namespace Platform.Engine.PersonalData.Reading;

/// <summary>A cell of a row, or the line where there are no cells.</summary>
internal readonly record struct TextCell(int Start, int End, int Index);

/// <summary>
/// Lines of a text and the tables among them. Cells stand between tabs or upright strokes, or between commas or semicolons where
/// lines beside each other have the same number of them; the first rows of a table are its head.
/// </summary>
internal sealed class TextRows
{
    private const int HeadRows = 3;

    private readonly string _text;
    private readonly List<int> _starts = [0];

    // Of each line: what parts its cells, NUL where nothing does, and the first line of its table.
    private readonly List<(char Separator, int First)> _rows = [];
    private readonly Dictionary<int, List<TextCell>> _heads = [];

    // The cells of the line that was asked for last: values are asked for in the order of the text.
    private int _cutLine = -1;
    private List<TextCell> _cut = [];

    public TextRows(string text)
    {
        _text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            _starts.Add(at + 1);
        (char Separator, int Count, int First) before = ('\0', 0, 0);
        for (var line = 0; line < _starts.Count; line++)
        {
            var (separator, count) = SeparatorOf(line);
            var goesOn = separator != '\0' && separator == before.Separator && (separator is '\t' or '|' || count == before.Count);
            before = (separator, count, goesOn ? before.First : line);
            _rows.Add((separator, before.First));
        }

        // A line with commas is prose until another of its kind stands beside it.
        for (var line = 0; line < _rows.Count; line++)
            if (_rows[line].Separator is ',' or ';' && _rows[line].First == line && (line + 1 == _rows.Count || _rows[line + 1].First != line))
                _rows[line] = ('\0', line);
    }

    public (int Line, int Start) Locate(int offset)
    {
        var line = LineOf(offset);
        return (line, _starts[line]);
    }

    public int LineOf(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int EndOf(int line) => line + 1 < _starts.Count ? _starts[line + 1] - 1 : _text.Length;

    /// <summary>The offset where so many lines before begin.</summary>
    public int StartOf(int line) => _starts[Math.Clamp(line, 0, _starts.Count - 1)];

    public bool IsTable(int offset) => _rows[LineOf(offset)].Separator != '\0';

    /// <summary>First line of the table that a line is in.</summary>
    public int FirstOf(int line) => _rows[line].First;

    /// <summary>Characters from a place to the end of its line, blanks and colons left out.</summary>
    public int LengthAfter(int offset)
    {
        var rest = _text.AsSpan(offset, EndOf(LineOf(offset)) - offset);
        return rest.Trim(" :>)]|\t").Length;
    }

    public TextCell CellAt(int line, int offset)
    {
        if (_rows[line].Separator == '\0')
            return new TextCell(_starts[line], EndOf(line), 0);
        if (line != _cutLine)
            (_cutLine, _cut) = (line, CellsOf(line));
        var (low, high) = (0, _cut.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_cut[middle].End < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return _cut[low];
    }

    /// <summary>The cells above in the first rows of the table.</summary>
    public IEnumerable<TextCell> HeadsOf(int line, int index)
    {
        var (separator, first) = _rows[line];
        if (separator == '\0')
            yield break;
        for (var row = first; row < Math.Min(line, first + HeadRows); row++)
            if (HeadOf(row) is { } cells && index < cells.Count)
                yield return cells[index];
    }

    private List<TextCell> HeadOf(int row) =>
        _heads.TryGetValue(row, out var cells) ? cells : _heads[row] = CellsOf(row);

    private List<TextCell> CellsOf(int line)
    {
        var separator = _rows[line].Separator;
        List<TextCell> cells = [];
        var (start, end) = (_starts[line], EndOf(line));
        var quoted = false;
        for (var at = start; at < end; at++)
        {
            quoted ^= _text[at] == '"';
            if (_text[at] != separator || quoted && separator is ',' or ';')
                continue;
            cells.Add(new TextCell(start, at, cells.Count));
            start = at + 1;
        }

        cells.Add(new TextCell(start, end, cells.Count));
        return cells;
    }

    private (char Separator, int Count) SeparatorOf(int line)
    {
        int tabs = 0, strokes = 0, commas = 0, semicolons = 0;
        var quoted = false;
        foreach (var character in _text.AsSpan(_starts[line], EndOf(line) - _starts[line]))
        {
            switch (character)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\t':
                    tabs++;
                    break;
                case '|':
                    strokes++;
                    break;
                case ',' when !quoted:
                    commas++;
                    break;
                case ';' when !quoted:
                    semicolons++;
                    break;
            }
        }

        return tabs > 0 ? ('\t', tabs) : strokes > 0 ? ('|', strokes) : commas > 0 ? (',', commas) : semicolons > 0 ? (';', semicolons) : ('\0', 0);
    }
}
