using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Platform.Feeds.Lists;

/// <summary>Indicators ready to be looked up: 128 bits each in sorted arrays, ranges by the length of their prefix. Never changed once made.</summary>
internal sealed class IndicatorTable
{
    private readonly Dictionary<IndicatorKind, (UInt128[] Keys, int[] Labels)> _keys = [];
    private readonly Dictionary<(int Length, UInt128 Start), int> _networks = [];
    private readonly int[] _lengths;
    private readonly List<string> _labels = [""];

    public IndicatorTable(IReadOnlyCollection<Indicator> indicators)
    {
        Count = indicators.Count;
        Dictionary<string, int> labels = new(StringComparer.Ordinal) { [""] = 0 };
        foreach (var kind in indicators.Where(indicator => indicator.Kind != IndicatorKind.Network).GroupBy(indicator => indicator.Kind))
        {
            var items = kind.ToArray();
            var keys = Array.ConvertAll(items, item => Indicator.KeyOf(item.Kind, item.Value));
            var named = Array.ConvertAll(items, item => LabelOf(item.Label));
            Array.Sort(keys, named);
            _keys[kind.Key] = (keys, named);
        }

        foreach (var indicator in indicators)
        {
            if (indicator.Kind != IndicatorKind.Network || !IPNetwork.TryParse(indicator.Value, out var network))
                continue;
            var length = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0);
            _networks.TryAdd((length, Start(KeyOf(network.BaseAddress), length)), LabelOf(indicator.Label));
        }

        _lengths = [.. _networks.Keys.Select(key => key.Length).Distinct().OrderDescending()];

        int LabelOf(string label)
        {
            if (labels.TryGetValue(label, out var number))
                return number;
            _labels.Add(label);
            return labels[label] = _labels.Count - 1;
        }
    }

    public static IndicatorTable Empty { get; } = new([]);

    public int Count { get; }

    /// <summary>What the feed says of it; null when it does not know it.</summary>
    public string? Find(IndicatorKind kind, string value)
    {
        if (!_keys.TryGetValue(kind, out var table))
            return null;
        var at = Array.BinarySearch(table.Keys, Indicator.KeyOf(kind, value));
        return at < 0 ? null : _labels[table.Labels[at]];
    }

    public string? Find(IPAddress address)
    {
        var key = KeyOf(address);
        foreach (var length in _lengths)
            if (_networks.TryGetValue((length, Start(key, length)), out var label))
                return _labels[label];
        return null;
    }

    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(octets, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private static UInt128 Start(UInt128 key, int length) => length == 0 ? 0 : key & (UInt128.MaxValue << (128 - length));
}
