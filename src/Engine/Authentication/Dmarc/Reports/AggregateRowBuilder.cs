using System.Globalization;
using System.Net;

namespace Platform.Engine.Authentication.Dmarc.Reports;

/// <summary>Collects the leaves of one <c>record</c> (RFC 9990, 3.1). The first value of a leaf counts.</summary>
internal sealed class AggregateRowBuilder
{
    private const int MaxParts = 100;

    private readonly Dictionary<string, string> _leaves = new(StringComparer.Ordinal);
    private readonly List<ReportedOverride> _overrides = [];
    private readonly List<ReportedResult> _dkim = [];
    private readonly List<ReportedResult> _spf = [];
    private readonly Dictionary<string, string> _part = new(StringComparer.Ordinal);

    /// <param name="path">Below the document's element.</param>
    public void Open(string path)
    {
        if (path is "record/row/policy_evaluated/reason" or "record/auth_results/dkim" or "record/auth_results/spf")
            _part.Clear();
    }

    public void Close(string path, string value)
    {
        switch (path)
        {
            case "record/row/policy_evaluated/reason":
                Add(_overrides, new ReportedOverride(Part("type"), Part("comment")));
                break;
            case "record/auth_results/dkim":
                Add(_dkim, new ReportedResult(Part("domain"), Part("selector"), Part("result")));
                break;
            case "record/auth_results/spf":
                Add(_spf, new ReportedResult(Part("domain"), Part("scope"), Part("result")));
                break;
            case not null when path.StartsWith("record/auth_results/", StringComparison.Ordinal) || path.StartsWith("record/row/policy_evaluated/reason/", StringComparison.Ordinal):
                Keep(_part, path[(path.LastIndexOf('/') + 1)..], value);
                break;
            case not null when value.Length > 0:
                Keep(_leaves, path, value);
                break;
        }
    }

    /// <summary>Null without a readable address and count.</summary>
    public AggregateRow? Build()
    {
        if (!IPAddress.TryParse(Leaf("row/source_ip"), out var source)
            || !long.TryParse(Leaf("row/count"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            return null;
        return new AggregateRow(
            source,
            count,
            Leaf("row/policy_evaluated/disposition").ToLowerInvariant(),
            IsPass("row/policy_evaluated/dkim"),
            IsPass("row/policy_evaluated/spf"),
            Leaf("identifiers/header_from"),
            Leaf("identifiers/envelope_from"),
            Leaf("identifiers/envelope_to"),
            _overrides,
            _dkim,
            _spf);
    }

    private bool IsPass(string leaf) => Leaf(leaf).Equals("pass", StringComparison.OrdinalIgnoreCase);

    private string Leaf(string path) => _leaves.GetValueOrDefault($"record/{path}", "");

    private string Part(string name) => _part.GetValueOrDefault(name, "");

    private static void Keep(Dictionary<string, string> values, string name, string value)
    {
        if (values.Count < MaxParts)
            values.TryAdd(name, value);
    }

    private static void Add<T>(List<T> list, T item)
    {
        if (list.Count < MaxParts)
            list.Add(item);
    }
}
