namespace Platform.Engine.Attachments.Excel;

/// <summary>The sheets and names of a binary workbook, by the numbers under which its formulas refer to them.</summary>
internal sealed class WorkbookNames
{
    private const int Most = 5_000;

    private readonly List<string> _names = [];
    private readonly List<string> _external = [];
    private readonly List<(int Book, int Sheet)> _references = [];

    public List<(string Name, string State, bool IsMacro)> Sheets { get; } = [];

    /// <summary>Number of the supporting book that stands for the workbook itself.</summary>
    public int OwnBook { get; set; }

    public void AddName(string name)
    {
        if (_names.Count < Most)
            _names.Add(name);
    }

    public void AddExternal(string name)
    {
        if (_external.Count < Most)
            _external.Add(name);
    }

    public void AddReference(int book, int sheet)
    {
        if (_references.Count < Most)
            _references.Add((book, sheet));
    }

    /// <param name="number">From 1 on.</param>
    public string Name(int number) => number > 0 && number <= _names.Count ? _names[number - 1] : "#NAME?";

    public string External(int reference, int number) =>
        reference < _references.Count && _references[reference].Book == OwnBook && number > 0 && number <= _names.Count ? _names[number - 1]
        : number > 0 && number <= _external.Count ? _external[number - 1] : "#NAME?";

    public string Sheet(int reference) =>
        reference < _references.Count && _references[reference].Sheet is >= 0 and var sheet && sheet < Sheets.Count ? Sheets[sheet].Name : "#REF";
}
