using System.IO.Compression;
using System.Text;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

/// <summary>Writes the file format by hand, as its description says, independently of the script.</summary>
internal static class NetworkFileBytes
{
    public static NetworkTable Table(
        IReadOnlyList<string> countries,
        IReadOnlyList<(long Asn, string Name)> networks,
        IReadOnlyList<(ulong Start, int Value)> countries4,
        IReadOnlyList<(ulong Start, int Value)> networks4,
        IReadOnlyList<(ulong Start, int Value)>? countries6 = null) =>
        NetworkFile.Read(new MemoryStream(Compress(Plain(countries, networks, countries4, networks4, countries6 ?? []))));

    public static byte[] Plain(
        IReadOnlyList<string> countries,
        IReadOnlyList<(long Asn, string Name)> networks,
        IReadOnlyList<(ulong Start, int Value)> countries4,
        IReadOnlyList<(ulong Start, int Value)> networks4,
        IReadOnlyList<(ulong Start, int Value)> countries6)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write("NETPLACE"u8);
        writer.Write7BitEncodedInt64(1);
        writer.Write7BitEncodedInt64(20_260_101);
        writer.Write7BitEncodedInt64(countries.Count);
        foreach (var country in countries)
            writer.Write(Encoding.ASCII.GetBytes(country));
        writer.Write7BitEncodedInt64(networks.Count);
        var before = 0L;
        foreach (var (asn, name) in networks)
        {
            writer.Write7BitEncodedInt64(asn - before);
            writer.Write7BitEncodedInt64(Encoding.UTF8.GetByteCount(name));
            writer.Write(Encoding.UTF8.GetBytes(name));
            before = asn;
        }

        foreach (var table in new[] { countries4, countries6, networks4, [] })
            WriteTable(writer, table);
        return bytes.ToArray();
    }

    public static byte[] Compress(byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return bytes.ToArray();
    }

    private static void WriteTable(BinaryWriter writer, IReadOnlyList<(ulong Start, int Value)> table)
    {
        writer.Write7BitEncodedInt64(table.Count);
        var before = 0UL;
        foreach (var (start, value) in table)
        {
            writer.Write7BitEncodedInt64((long)(start - before));
            writer.Write7BitEncodedInt64(value);
            before = start;
        }
    }
}
