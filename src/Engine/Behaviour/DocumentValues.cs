using System.Text;

namespace Platform.Engine.Behaviour;

/// <summary>
/// What a macro finds in its document besides code: attackers keep their strings there. As <see cref="ScriptSource.Page"/> of Office
/// scripts it is one <c>Name=Value</c> a line, in the value <c>\\</c>, <c>\r</c>, <c>\n</c> for a backslash and line ends. Names:
/// <c>Property.Title</c> (built-in properties), <c>CustomProperty.NAME</c>, <c>Variable.NAME</c> (document variables),
/// <c>UserForm1</c> (caption of a form), <c>UserForm1.TextBox1</c> (text or caption of a control), <c>UserForm1.TextBox1.Tag</c>,
/// <c>UserForm1.TextBox1.ControlTipText</c>, <c>Sheet1!A1</c> (a cell: what it shows), <c>Name.NAME</c> (defined names of a workbook),
/// <c>Text</c> (the text of a document).
/// </summary>
internal sealed class DocumentValues
{
    private const int MaxValues = 5_000;
    private const int MaxLength = 1024 * 1024;

    private readonly List<(string Name, string Value)> _values = [];
    private int _length;

    public bool IsFull => _values.Count >= MaxValues || _length >= MaxLength;

    public void Add(string name, string value)
    {
        if (IsFull || value.Length == 0)
            return;
        var kept = value.Length > MaxLength - _length ? value[..(MaxLength - _length)] : value;
        _values.Add((name, kept));
        _length += kept.Length;
    }

    /// <summary>Null when there are none.</summary>
    public string? ToPage()
    {
        if (_values.Count == 0)
            return null;
        var page = new StringBuilder(_length + (24 * _values.Count));
        foreach (var (name, value) in _values)
        {
            page.Append(OneLine(name)).Append('=');
            foreach (var c in value)
                _ = c switch
                {
                    '\\' => page.Append(@"\\"),
                    '\r' => page.Append(@"\r"),
                    '\n' => page.Append(@"\n"),
                    _ => page.Append(c),
                };
            page.Append('\n');
        }

        return page.ToString();
    }

    /// <summary>Reads what <see cref="ToPage"/> wrote; of a name that stands twice the first value holds.</summary>
    public static Dictionary<string, string> Parse(string? page)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in (page ?? "").AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0)
                values.TryAdd(line[..equals].ToString(), Unescape(line[(equals + 1)..]));
        }

        return values;
    }

    private static string OneLine(string name) => name.Replace('=', ' ').ReplaceLineEndings(" ");

    private static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.Contains('\\'))
            return value.ToString();
        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] != '\\' || index + 1 >= value.Length)
                text.Append(value[index]);
            else
                text.Append(value[++index] switch { 'r' => '\r', 'n' => '\n', var other => other });
        }

        return text.ToString();
    }
}
