using System.Text;

namespace Platform.Engine.Tests.Intelligence;

/// <summary>
/// A smallest MMDB file (format 2.0): an IPv4 tree of one node that sends the upper half of all addresses
/// (128.0.0.0/1) to one record and knows nothing of the lower.
/// </summary>
internal static class MmdbBytes
{
    public static byte[] UpperHalf(IReadOnlyDictionary<string, object> record)
    {
        List<byte> file = [];
        const int nodes = 1;
        file.AddRange(Record24(nodes));
        file.AddRange(Record24(nodes + 16));
        file.AddRange(new byte[16]);
        file.AddRange(Value(record));
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        file.AddRange(Value(new Dictionary<string, object>
        {
            ["node_count"] = 1u,
            ["record_size"] = (ushort)24,
            ["ip_version"] = (ushort)4,
            ["database_type"] = "Test",
            ["languages"] = Array.Empty<string>(),
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1ul,
            ["description"] = new Dictionary<string, object>(),
        }));
        return [.. file];
    }

    private static byte[] Record24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Value(object value) => value switch
    {
        string { Length: >= 29 } text => [(2 << 5) | 29, (byte)(text.Length - 29), .. Encoding.ASCII.GetBytes(text)],
        string text => [(byte)((2 << 5) | text.Length), .. Encoding.ASCII.GetBytes(text)],
        ushort number => [(5 << 5) | 2, (byte)(number >> 8), (byte)number],
        uint number => [(6 << 5) | 4, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number],
        ulong number => [8, 2, .. BitConverter.GetBytes(number).Reverse()],
        string[] => [0, 4],
        IReadOnlyDictionary<string, object> map => [(byte)((7 << 5) | map.Count), .. map.SelectMany(pair => Value(pair.Key).Concat(Value(pair.Value)))],
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a type of this file"),
    };
}
