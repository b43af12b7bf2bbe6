using System.IO.Compression;
using System.Text;

namespace Platform.Engine.Intelligence;

// The compact file of countries and networks, written by scripts/derive-network-data, gzip over:
//
//   "NETPLACE" version day            day as yyyymmdd; every number is an unsigned LEB128 integer
//   n, n times two letters            countries (ISO 3166-1 alpha-2)
//   n, n times (number, length, name) networks: number as the difference from the one before, name in UTF-8
//   four tables of n (start, value)   country by IPv4, by IPv6; network by IPv4, by IPv6
//
// A table lists where a run of equal values starts, as the difference from the start before; it lasts to the next start.
// The value is a place in the list above counted from 1; 0 is "not known". Of IPv6 the upper 64 bits count.
// Runs and differences make half a million ranges fit in half a megabyte; in memory they become flat sorted arrays.
internal static class NetworkFile
{
    private const int Version = 1;
    private const int MaxEntries = 10_000_000;

    /// <exception cref="InvalidDataException">The stream is not such a file.</exception>
    public static NetworkTable Read(Stream compressed)
    {
        using var reader = new BinaryReader(new BufferedStream(new GZipStream(compressed, CompressionMode.Decompress), 65536), Encoding.UTF8);
        try
        {
            if (!reader.ReadBytes(8).AsSpan().SequenceEqual("NETPLACE"u8) || Number(reader) != Version)
                throw new InvalidDataException("Not a file of countries and networks of a known version.");
            var day = (int)Number(reader);
            var countries = new string?[Count(reader, byte.MaxValue) + 1];
            for (var i = 1; i < countries.Length; i++)
                countries[i] = Encoding.ASCII.GetString(reader.ReadBytes(2));
            var networks = Networks(reader);
            return new NetworkTable(
                new DateOnly(day / 10_000, day / 100 % 100, day % 100),
                countries,
                networks,
                Table(reader, static start => (uint)start, static value => (byte)value, (ulong)countries.Length),
                Table(reader, static start => start, static value => (byte)value, (ulong)countries.Length),
                Table(reader, static start => (uint)start, static value => (int)value, (ulong)networks.Length),
                Table(reader, static start => start, static value => (int)value, (ulong)networks.Length));
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("The file of countries and networks is damaged.", e);
        }
    }

    private static (long Asn, string Name)[] Networks(BinaryReader reader)
    {
        var networks = new (long Asn, string Name)[Count(reader, MaxEntries) + 1];
        var asn = 0L;
        for (var i = 1; i < networks.Length; i++)
        {
            asn += (long)Number(reader);
            networks[i] = (asn, Encoding.UTF8.GetString(reader.ReadBytes(Count(reader, 1024))));
        }

        return networks;
    }

    private static RunTable<TStart, TValue> Table<TStart, TValue>(BinaryReader reader, Func<ulong, TStart> start, Func<ulong, TValue> value, ulong values)
        where TStart : unmanaged, IComparable<TStart>
        where TValue : unmanaged
    {
        var count = Count(reader, MaxEntries);
        var starts = new TStart[count];
        var picked = new TValue[count];
        var at = 0UL;
        for (var i = 0; i < count; i++)
        {
            at = checked(at + Number(reader));
            starts[i] = start(at);
            var number = Number(reader);
            picked[i] = value(number < values ? number : throw new InvalidDataException("A run names a place that is not listed."));
        }

        return new RunTable<TStart, TValue>(starts, picked);
    }

    private static int Count(BinaryReader reader, int most)
    {
        var count = Number(reader);
        return count <= (ulong)most ? (int)count : throw new InvalidDataException($"A count of {count} exceeds {most}.");
    }

    private static ulong Number(BinaryReader reader) => (ulong)reader.Read7BitEncodedInt64();
}
