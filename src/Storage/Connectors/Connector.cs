using System.Net;
using Platform.Storage.Submission;

namespace Platform.Storage.Connectors;

/// <summary>A connector as a session meets it.</summary>
/// <param name="Networks">Empty: any address.</param>
/// <param name="Certificates">SHA-256, lower-case hex; empty: none is asked for.</param>
/// <param name="Keys">Of its login; null: it does not log in.</param>
public sealed record Connector(
    Guid Id, Guid TenantId, string Name, IReadOnlyList<IPNetwork> Networks, IReadOnlySet<string> Certificates, string? Login, AppPasswordKeys? Keys, DateTimeOffset? LastUsedAt, string? LastUsedFrom)
{
    /// <summary>The accounts that made its password, and so may know it; empty where it does not log in.</summary>
    public IReadOnlyList<Guid> Makers { get; init; } = [];

    public bool TakesFrom(IPAddress address) => Networks.Count == 0 || Networks.Any(network => network.Contains(address));

    /// <summary>A session that did not log in is this server's: by its certificate, or, where it has neither certificate nor login, by its address.</summary>
    public bool Knows(IPAddress address, string? certificate) =>
        TakesFrom(address) && (Certificates.Count > 0 ? certificate is not null && Certificates.Contains(certificate) : Keys is null && Networks.Count > 0);
}
