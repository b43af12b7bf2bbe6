namespace Platform.Engine.Intelligence;

/// <summary>The address that attacked: the first hop before the tenant's trusted ones (IN6).</summary>
/// <param name="Address">Textual IP address; null when nothing but trusted hops was seen.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper-case; null when unknown.</param>
/// <param name="Asn">Autonomous system number; null when unknown.</param>
/// <param name="Hint">X-Originating-IP, a hint only, never counted.</param>
public sealed record Origin(string? Address, string? Country, long? Asn, string? Network, string Source, string? Hint = null)
{
    public static Origin Unknown { get; } = new(null, null, null, null, "none");
}

/// <summary>Country and network of an address from local data. Never asks the network.</summary>
public interface INetworkData
{
    NetworkPlace? Find(System.Net.IPAddress address);
}

/// <param name="Country">ISO 3166-1 alpha-2, upper-case; null when the data has none.</param>
public sealed record NetworkPlace(string? Country, long? Asn, string? Network)
{
    /// <summary>Name of the first subdivision in English; null when the data has none.</summary>
    public string? Region { get; init; }
}
