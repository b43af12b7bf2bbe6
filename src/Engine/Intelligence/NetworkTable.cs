using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Intelligence;

/// <summary>
/// Country and network by local tables: sorted flat arrays and a binary search, so that nothing is allocated
/// but the answer. The embedded data holds countries; networks come from an MMDB file, or from a file derived
/// of IPtoASN's own table (<c>scripts/derive-network-data --tsv</c>).
/// </summary>
public sealed class NetworkTable : INetworkData
{
    private static readonly Lazy<NetworkTable> s_embedded = new(ReadEmbedded);

    private readonly string?[] _countries;
    private readonly (long Asn, string Name)[] _networks;
    private readonly RunTable<uint, byte> _countries4;
    private readonly RunTable<ulong, byte> _countries6;
    private readonly RunTable<uint, int> _networks4;
    private readonly RunTable<ulong, int> _networks6;

    /// <param name="countries">Entry 0 is "not known"; so in <paramref name="networks"/>.</param>
    internal NetworkTable(
        DateOnly day,
        string?[] countries,
        (long Asn, string Name)[] networks,
        RunTable<uint, byte> countries4,
        RunTable<ulong, byte> countries6,
        RunTable<uint, int> networks4,
        RunTable<ulong, int> networks6)
    {
        Day = day;
        _countries = countries;
        _networks = networks;
        _countries4 = countries4;
        _countries6 = countries6;
        _networks4 = networks4;
        _networks6 = networks6;
    }

    /// <summary>The data that lies in this assembly, read at first use.</summary>
    public static NetworkTable Embedded => s_embedded.Value;

    /// <summary>When the data was made.</summary>
    public DateOnly Day { get; }

    /// <exception cref="InvalidDataException">The file is not one of <c>scripts/derive-network-data</c>.</exception>
    public static NetworkTable Open(string path)
    {
        using var stream = File.OpenRead(path);
        return NetworkFile.Read(stream);
    }

    /// <summary>Null when nothing is known, and for addresses that are not of the public Internet.</summary>
    public NetworkPlace? Find(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (SpecialAddresses.Contain(address))
            return null;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        string? country;
        (long Asn, string Name) network;
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            var key = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            country = _countries[_countries4.At(key)];
            network = _networks[_networks4.At(key)];
        }
        else
        {
            var key = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            country = _countries[_countries6.At(key)];
            network = _networks[_networks6.At(key)];
        }

        if (country is null && network.Asn == 0)
            return null;
        return network.Asn == 0 ? new NetworkPlace(country, null, null) : new NetworkPlace(country, network.Asn, network.Name);
    }

    private static NetworkTable ReadEmbedded()
    {
        using var stream = typeof(NetworkTable).Assembly.GetManifestResourceStream("Platform.Engine.Intelligence.Data.networks.bin.gz")
            ?? throw new InvalidOperationException("The embedded network data is missing from the build.");
        return NetworkFile.Read(stream);
    }
}
