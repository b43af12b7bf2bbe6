using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>
/// Writes an operator's file of countries and networks in the MaxMind DB format 2.0: a binary tree over the bits of IPv4 addresses, whose
/// records lead to nodes, to "not known" (the number of nodes) or into the data behind it; then what the file says of itself.
/// </summary>
internal sealed class NetworkFileWriter
{
    private const int Separator = 16;
    private readonly List<int[]> nodes = [[0, 0]];
    private readonly List<byte> data = [];

    /// <summary>A network of 256 addresses.</summary>
    public void Add(IPAddress network, string country, long asn, string name)
    {
        var at = data.Count;
        Map(3);
        Text("country");
        Map(1);
        Text("iso_code");
        Text(country);
        Text("autonomous_system_number");
        Number(asn);
        Text("autonomous_system_organization");
        Text(name);
        var bits = BinaryPrimitives.ReadUInt32BigEndian(network.GetAddressBytes());
        var node = 0;
        for (var depth = 0; depth < 23; depth++)
        {
            var bit = (int)(bits >> (31 - depth)) & 1;
            if (nodes[node][bit] == 0)
            {
                nodes.Add([0, 0]);
                nodes[node][bit] = nodes.Count - 1;
            }

            node = nodes[node][bit];
        }

        // Below zero: where in the data, plus one.
        nodes[node][(int)(bits >> 8) & 1] = -(at + 1);
    }

    public byte[] ToFile()
    {
        var file = new List<byte>();
        foreach (var record in nodes.SelectMany(node => node))
        {
            var value = record switch { 0 => nodes.Count, < 0 => nodes.Count + Separator - record - 1, _ => record };
            file.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }

        file.AddRange(new byte[Separator]);
        file.AddRange(data);
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        data.Clear();
        Map(9);
        foreach (var (name, number) in new[] { ("node_count", nodes.Count), ("record_size", 32), ("ip_version", 4), ("binary_format_major_version", 2), ("binary_format_minor_version", 0) })
        {
            Text(name);
            if (name == "node_count")
                Number(number);
            else
                data.AddRange([(5 << 5) | 2, (byte)(number >> 8), (byte)number]);
        }

        Text("build_epoch");
        data.AddRange([8, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
        Text("database_type");
        Text("Bench");
        Text("languages");
        data.AddRange([0, 4]);
        Text("description");
        Map(0);
        file.AddRange(data);
        return [.. file];
    }

    private void Map(int count) => data.Add((byte)((7 << 5) | count));

    private void Number(long value) => data.AddRange([(6 << 5) | 4, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < 29)
            data.Add((byte)((2 << 5) | bytes.Length));
        else
            data.AddRange([(2 << 5) | 29, (byte)(bytes.Length - 29)]);
        data.AddRange(bytes);
    }
}
