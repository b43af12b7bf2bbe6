using System.Text;

namespace Platform.Engine.Attachments.Office;

/// <summary>Gathers the text of a document: a line a paragraph, a line a row of a table with tabs between its cells, however cells are filled.</summary>
internal sealed class CellFlow(int most)
{
    private const int MaxRepeated = 60;

    private readonly StringBuilder _text = new();
    private int _depth;

    public void Append(string text)
    {
        if (_text.Length < most)
            _text.Append(text);
    }

    public void Blank() => Append(" ");

    public void EndParagraph() => Append(_depth > 0 ? " " : "\n");

    public void BeginCell()
    {
        if (_depth++ > 0)
            Blank();
    }

    /// <param name="times">For how many cells in a row it stands.</param>
    public void EndCell(int times = 1)
    {
        _depth = Math.Max(0, _depth - 1);
        Trim(' ');
        // A table in a cell is a part of its text.
        Append(_depth > 0 ? " " : new string('\t', Math.Clamp(times, 1, MaxRepeated)));
    }

    public void EndRow()
    {
        Trim('\t');
        Append(_depth > 0 ? " " : "\n");
    }

    public override string ToString() => _text.ToString().Trim();

    private void Trim(char character)
    {
        while (_text.Length > 0 && _text[^1] == character)
            _text.Length--;
    }
}
