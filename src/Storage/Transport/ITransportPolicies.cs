using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Transport;

/// <summary>How tenants want TLS towards domains outside.</summary>
public interface ITransportPolicies
{
    /// <summary>What holds for a domain: the tenant's word on it, else that on all, else <see cref="TransportTls.Automatic"/>.</summary>
    Task<TransportSetting> FindAsync(Guid tenantId, string domain, CancellationToken cancellationToken);

    /// <summary>Sets it for a domain, or for all.</summary>
    /// <param name="domain"><see cref="TransportPolicyRow.AllDomains"/> for all.</param>
    /// <returns>Id of the row. Codes: <c>NOT_FOUND</c>, <c>INVALID_DOMAIN</c>, <c>TRANSPORT_POLICY_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, string domain, TransportTls tls, CancellationToken cancellationToken);

    /// <summary>Takes the word back.</summary>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid policyId, CancellationToken cancellationToken);
}

public sealed record TransportSetting(TransportTls Tls, TransportSource Source)
{
    public static TransportSetting Standard { get; } = new(TransportTls.Automatic, TransportSource.Standard);
}
