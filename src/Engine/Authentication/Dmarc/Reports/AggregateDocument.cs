using System.Globalization;
using System.Text;
using System.Xml;
using Platform.Engine.Authentication.Author;

namespace Platform.Engine.Authentication.Dmarc.Reports;

/// <summary>
/// Goes through the document once, by the path of each leaf; namespaces and elements that the schema does not have are passed over,
/// since reporters of both standards differ in them (RFC 9990, 3.1).
/// </summary>
internal sealed class AggregateDocument(XmlReader reader, CancellationToken cancellationToken)
{
    private const int MaxRows = 100_000;
    private const int MaxDepth = 16;
    private const int MaxText = 1_000;

    private readonly Dictionary<string, string> _head = new(StringComparer.Ordinal);
    private readonly List<AggregateRow> _rows = [];
    private readonly List<string> _path = [];
    private readonly StringBuilder _text = new();
    private readonly char[] _piece = new char[256];
    private AggregateRowBuilder _row = new();
    private bool _isFeedback;
    private int _skipped;

    // Below the document's element.
    private string Path => string.Join('/', _path.Skip(1));

    private bool IsInRecord => _path.Count > 1 && _path[1] == "record";

    /// <summary>Null when it is no report.</summary>
    public AggregateReport? Read()
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Open();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    Take();
                    break;
                case XmlNodeType.EndElement:
                    Close();
                    break;
            }
        }

        return Report();
    }

    // In pieces: the value of a hostile text node would be one string as large as the document.
    private void Take()
    {
        while (_text.Length < MaxText && reader.ReadValueChunk(_piece, 0, Math.Min(_piece.Length, MaxText - _text.Length)) is var count and > 0)
            _text.Append(_piece, 0, count);
    }

    private void Open()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_path.Count >= MaxDepth)
            throw new ReportException($"The report nests elements deeper than {MaxDepth}.");
        if (_path.Count == 0)
            _isFeedback = reader.LocalName == "feedback";
        if (!_isFeedback)
            throw new ReportException("The document is no DMARC aggregate report: its first element is not feedback.");
        _path.Add(reader.LocalName);
        _text.Clear();
        if (IsInRecord)
            _row.Open(Path);
        if (reader.IsEmptyElement)
            Close();
    }

    private void Close()
    {
        var value = _text.ToString().Trim();
        _text.Clear();
        var path = Path;
        if (path == "record")
        {
            if (_rows.Count < MaxRows && _row.Build() is { } row)
                _rows.Add(row);
            else
                _skipped++;
            _row = new AggregateRowBuilder();
        }
        else if (IsInRecord)
        {
            _row.Close(path, value);
        }
        else if (value.Length > 0 && _head.Count < 100)
        {
            _head.TryAdd(path, value);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private AggregateReport? Report()
    {
        if (!_isFeedback || Time("begin") is not { } begin || Time("end") is not { } end || MailDomain.Normalise(Head("policy_published/domain")) is not { Length: > 0 } domain)
            return null;
        var policy = new PublishedPolicy(
            domain,
            Head("policy_published/p"),
            Head("policy_published/sp"),
            Head("policy_published/np"),
            Head("policy_published/adkim"),
            Head("policy_published/aspf"),
            Head("policy_published/pct"),
            Head("policy_published/testing"),
            Head("policy_published/discovery_method"));
        return new AggregateReport(Head("report_metadata/org_name"), Head("report_metadata/email"), Head("report_metadata/report_id"), begin, end, policy, _rows, _skipped);
    }

    private string Head(string path) => _head.GetValueOrDefault(path, "");

    private DateTimeOffset? Time(string name) =>
        long.TryParse(Head($"report_metadata/date_range/{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
