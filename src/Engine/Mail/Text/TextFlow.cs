using System.Text;

namespace Platform.Engine.Mail.Text;

/// <summary>Collects text as a page shows it: white space collapsed, a line break between blocks, a tab between cells, a bound on the length.</summary>
internal sealed class TextFlow(int maxLength)
{
    private const int MaxCells = 60;

    private readonly StringBuilder _text = new();
    private bool _space;
    private bool _break;
    private int _cells;
    private bool _first = true;
    private int _rowStart;

    public bool IsFull => _text.Length >= maxLength;

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (IsFull)
                return;
            if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '\u00A0')
            {
                _space = true;
                continue;
            }

            if (_break && _text.Length > 0)
                _text.Append('\n');
            if (_cells > 0)
                _text.Append('\t', Math.Min(_cells, MaxCells));
            else if (!_break && _space && _text.Length > 0)
                _text.Append(' ');
            (_space, _break, _cells) = (false, false, 0);
            _text.Append(c);
        }
    }

    /// <summary>A block begins or ends. At the border of a cell it changes nothing: cells are filled with blocks.</summary>
    public void Break() => _break |= _cells == 0;

    /// <summary>A row or a table begins or ends.</summary>
    public void BreakRow() => (_break, _cells, _first, _rowStart) = (true, 0, true, _text.Length);

    /// <summary>A cell begins, where their ends are not told.</summary>
    public void BeginCell()
    {
        if (!_first)
            EndCell();
        _first = false;
    }

    /// <summary>A cell ends. What was broken at its end is not, but for the beginning of the row.</summary>
    public void EndCell()
    {
        _cells++;
        if (_text.Length > _rowStart)
            _break = false;
    }

    public override string ToString() => _text.ToString();
}
