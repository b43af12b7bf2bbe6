using Platform.Storage.Scopes;

namespace Platform.Storage.Directory;

/// <summary>Changes of the directory. Each writes its event and audit entry in the same transaction.</summary>
public interface IDirectoryCommands
{
    Task<CommandResult<Guid>> CreateMspAsync(string slug, string name, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> CreateTenantAsync(NewTenant tenant, string actor, CancellationToken cancellationToken);

    /// <summary>Adds a domain that the platform itself vouches for; what tenants and MSPs add is proven first (<see cref="Onboarding.IDomainClaims"/>).</summary>
    Task<CommandResult<Guid>> AddDomainAsync(Scope scope, Guid tenantId, string domain, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> AddMailboxAsync(Scope scope, Guid tenantId, string address, string? displayName, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveMailboxAsync(Scope scope, Guid tenantId, Guid mailboxId, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> UpdateTenantAsync(Scope scope, Guid tenantId, TenantChange change, CancellationToken cancellationToken);
}

public sealed record NewTenant(string Slug, string Name, string Language, Guid? MspId, string Route, IReadOnlyList<string> TrustedHops, string? JournalAddress);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="ReportAddress">Empty turns it off.</param>
public sealed record TenantChange(string? Name = null, string? Language = null, string? Route = null, IReadOnlyList<string>? TrustedHops = null, string? JournalAddress = null, TenantLimits? Limits = null, string? ReportAddress = null);

/// <summary>Either the value or a stable code with a sentence that says what to do.</summary>
/// <param name="Code">Null on success; else for example <c>DOMAIN_TAKEN</c>, <c>INVALID_ADDRESS</c>, <c>NOT_FOUND</c>.</param>
public sealed record CommandResult<T>(T? Value, string? Code, string? Message)
{
    public bool Succeeded => Code is null;
}
