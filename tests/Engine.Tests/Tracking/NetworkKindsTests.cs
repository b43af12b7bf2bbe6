using System.Net;
using Platform.Engine.Intelligence;
using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

public sealed class NetworkKindsTests
{
    [Theory]
    [InlineData(4713, "NTT Communications Corporation", NetworkKind.Access)]
    [InlineData(3320, "Deutsche Telekom AG", NetworkKind.Access)]
    [InlineData(64500, "McLeodUSA", NetworkKind.Access)]
    [InlineData(16509, "AMAZON-02", NetworkKind.Hosting)]
    [InlineData(64500, "AMAZON-AES", NetworkKind.Hosting)]
    [InlineData(64500, "Fine Cloud Ltd", NetworkKind.Hosting)]
    [InlineData(64500, "Some VPS Company", NetworkKind.Hosting)]
    [InlineData(16509, "Proofpoint, Inc.", NetworkKind.Scanner)]
    [InlineData(64500, "MIMECAST Services Limited", NetworkKind.Scanner)]
    [InlineData(15169, "GOOGLE", NetworkKind.Hosting)]
    [InlineData(396982, "GOOGLE-CLOUD-PLATFORM", NetworkKind.Hosting)]
    [InlineData(396982, "", NetworkKind.Hosting)]
    [InlineData(8075, "MICROSOFT-CORP-MSN-AS-BLOCK", NetworkKind.Microsoft)]
    [InlineData(714, "APPLE-ENGINEERING", NetworkKind.Apple)]
    public void The_kind_is_told_by_number_and_name(long asn, string name, NetworkKind kind) => Assert.Equal(kind, NetworkKinds.Of(IPAddress.Parse("192.0.2.1"), new NetworkPlace(null, asn, name)));

    [Theory]
    [InlineData("66.249.84.7", NetworkKind.Google)]
    [InlineData("::ffff:66.249.84.7", NetworkKind.Google)]
    [InlineData("17.58.1.1", NetworkKind.Apple)]
    [InlineData("192.0.2.1", NetworkKind.Unknown)]
    [InlineData("2001:db8::1", NetworkKind.Unknown)]
    public void Without_data_on_networks_what_is_published_is_known_and_nothing_else(string address, NetworkKind kind) => Assert.Equal(kind, NetworkKinds.Of(IPAddress.Parse(address), new NetworkPlace("JP", null, null)));

    [Theory]
    [InlineData("66.249.84.7", 15169, NetworkKind.Google)]
    [InlineData("34.64.0.1", 15169, NetworkKind.Hosting)]
    [InlineData("66.249.84.7", 396982, NetworkKind.Hosting)]
    public void Googles_proxy_is_where_its_own_network_and_its_ranges_meet(string address, long asn, NetworkKind kind) =>
        Assert.Equal(kind, NetworkKinds.Of(IPAddress.Parse(address), new NetworkPlace("US", asn, "GOOGLE")));

    [Fact]
    public void A_network_that_claims_an_address_of_googles_is_taken_at_its_number() =>
        Assert.Equal(NetworkKind.Access, NetworkKinds.Of(IPAddress.Parse("66.249.84.7"), new NetworkPlace(null, 4713, "NTT Communications Corporation")));
}
