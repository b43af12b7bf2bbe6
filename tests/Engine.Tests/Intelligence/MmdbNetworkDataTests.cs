using System.Net;
using MaxMind.Db;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Intelligence;

public sealed class MmdbNetworkDataTests : IDisposable
{
    private static readonly IPAddress s_covered = IPAddress.Parse("193.0.6.139");
    private readonly string _folder = Directory.CreateTempSubdirectory("mmdb-").FullName;

    public static TheoryData<Dictionary<string, object>, NetworkPlace> Records => new()
    {
        { new() { ["country_code"] = "NL" }, new NetworkPlace("NL", null, null) },
        { new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "NL" } }, new NetworkPlace("NL", null, null) },
        { new() { ["country"] = "nl", ["asn"] = "AS3333", ["as_name"] = "RIPE NCC" }, new NetworkPlace("NL", 3333, "RIPE NCC") },
        { new() { ["autonomous_system_number"] = 3333u, ["autonomous_system_organization"] = "RIPE NCC" }, new NetworkPlace(null, 3333, "RIPE NCC") },
        { new() { ["country_code"] = "NL", ["state1"] = "Noord-Holland" }, new NetworkPlace("NL", null, null) { Region = "Noord-Holland" } },
    };

    [Theory]
    [MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void The_field_names_in_use_are_read(Dictionary<string, object> record, NetworkPlace place)
    {
        using var data = MmdbNetworkData.Open([Written(record)]);

        Assert.Equal(place, data.Find(s_covered));
    }

    [Fact]
    public void Files_complete_each_other()
    {
        using var data = MmdbNetworkData.Open([Written(new() { ["country_code"] = "NL" }), Written(new() { ["asn"] = 3333u })]);

        Assert.Equal(new NetworkPlace("NL", 3333, null), data.Find(s_covered));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("2001:200::1")]
    [InlineData("192.168.0.1")]
    public void What_the_file_does_not_cover_has_no_place(string address)
    {
        using var data = MmdbNetworkData.Open([Written(new() { ["country_code"] = "NL" })]);

        Assert.Null(data.Find(IPAddress.Parse(address)));
    }

    [Fact]
    public void A_country_that_is_no_code_is_passed_over()
    {
        using var data = MmdbNetworkData.Open([Written(new() { ["country"] = "Netherlands" })]);

        Assert.Null(data.Find(s_covered));
    }

    [Fact]
    public void Another_file_is_refused()
    {
        var path = Path.Combine(_folder, "other.mmdb");
        File.WriteAllText(path, "not an MMDB file");

        Assert.Throws<InvalidDatabaseException>(() => MmdbNetworkData.Open([path]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(Dictionary<string, object> record)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, MmdbBytes.UpperHalf(record));
        return path;
    }
}
