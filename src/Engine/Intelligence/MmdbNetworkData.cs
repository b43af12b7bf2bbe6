using System.Net;
using MaxMind.Db;

namespace Platform.Engine.Intelligence;

/// <summary>
/// Country and network from MMDB files that the settings name, in place of the embedded data. Several files are asked in
/// order and complete each other, since country and network usually come apart. The names of fields are those
/// in use: GeoIP2 and GeoLite2 (<c>country.iso_code</c>), DB-IP, IPinfo and ip-location-db (<c>country_code</c>, <c>asn</c>).
/// </summary>
public sealed class MmdbNetworkData : INetworkData, IDisposable
{
    private readonly IReadOnlyList<Reader> _readers;

    private MmdbNetworkData(IReadOnlyList<Reader> readers) => _readers = readers;

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDatabaseException">A file is no MMDB file.</exception>
    public static MmdbNetworkData Open(IReadOnlyList<string> paths)
    {
        List<Reader> readers = [];
        try
        {
            // Mapped, so that all processes of the machine share one copy.
            foreach (var path in paths)
                readers.Add(new Reader(path, FileAccessMode.MemoryMapped));
            return new MmdbNetworkData(readers);
        }
        catch
        {
            readers.ForEach(static reader => reader.Dispose());
            throw;
        }
    }

    public NetworkPlace? Find(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (SpecialAddresses.Contain(address))
            return null;

        string? country = null;
        long? asn = null;
        string? network = null;
        string? region = null;
        foreach (var reader in _readers)
        {
            if (!Covers(reader, address) || reader.Find<Dictionary<string, object>>(address) is not { } record)
                continue;
            country ??= CountryOf(record);
            asn ??= AsnOf(record);
            region ??= RegionOf(record);
            network ??= Text(record, "autonomous_system_organization") ?? Text(record, "as_name") ?? Text(record, "as_organization");
        }

        return country is null && asn is null ? null : new NetworkPlace(country, asn, network) { Region = region };
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader.Dispose();
    }

    private static bool Covers(Reader reader, IPAddress address) =>
        reader.Metadata.IPVersion == 6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

    private static string? CountryOf(Dictionary<string, object> record)
    {
        var nested = record.GetValueOrDefault("country") as Dictionary<string, object>;
        var code = (nested is null ? null : Text(nested, "iso_code")) ?? Text(record, "country_code") ?? Text(record, "country");
        return code is { Length: 2 } && char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1]) ? code.ToUpperInvariant() : null;
    }

    /// <summary>GeoIP2 and DB-IP list <c>subdivisions</c>, ip-location-db <c>state1</c>, IPinfo <c>region</c>.</summary>
    private static string? RegionOf(Dictionary<string, object> record) =>
        record.GetValueOrDefault("subdivisions") is List<object> { Count: > 0 } divisions && divisions[0] is Dictionary<string, object> first && first.GetValueOrDefault("names") is Dictionary<string, object> names
            ? Text(names, "en")
            : Text(record, "state1") ?? Text(record, "region");

    private static long? AsnOf(Dictionary<string, object> record)
    {
        switch (record.GetValueOrDefault("autonomous_system_number") ?? record.GetValueOrDefault("asn"))
        {
            case int number:
                return number;
            case long number:
                return number;
            case string text:
                var digits = text.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
                return long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var asn) ? asn : null;
            default:
                return null;
        }
    }

    private static string? Text(Dictionary<string, object> record, string name) => record.GetValueOrDefault(name) as string;
}
