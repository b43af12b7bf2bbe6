using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Access;

/// <summary>
/// Changes of whence a tenant's people come in. Each writes an event and an audit entry. Whoever makes one is not locked out by it: a change
/// after which the maker's own address is refused is refused, unless it was said to be meant.
/// </summary>
public interface IAccessRuleCommands
{
    /// <returns>Its id. Codes: <c>NOT_FOUND</c>, <c>INVALID_ACCESS_RULE</c>, <c>ACCESS_RULE_LIMIT</c>, <c>OWN_ADDRESS_REFUSED</c>.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, AccessTarget target, NewAccessRule rule, AccessMaker maker, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreateAsync"/>
    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid ruleId, AccessRuleChange change, AccessMaker maker, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreateAsync"/>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid ruleId, AccessMaker maker, CancellationToken cancellationToken);
}

/// <param name="Networks">CIDR ranges and addresses; empty: any address.</param>
/// <param name="Countries">ISO 3166-1 alpha-2; empty: any country.</param>
/// <param name="CountriesExcluded">Every country but these.</param>
public sealed record NewAccessRule(
    IReadOnlyList<AccessService> Services,
    IReadOnlyList<string> Networks,
    IReadOnlyList<string> Countries,
    bool CountriesExcluded,
    bool TakesUnknownCountry,
    string Comment,
    DateTimeOffset? ExpiresAt);

/// <summary>Null leaves a value as it is.</summary>
public sealed record AccessRuleChange(
    IReadOnlyList<AccessService>? Services,
    IReadOnlyList<string>? Networks,
    IReadOnlyList<string>? Countries,
    bool? CountriesExcluded,
    bool? TakesUnknownCountry,
    string? Comment,
    DateTimeOffset? ExpiresAt,
    bool NeverExpires);

/// <summary>Who makes a change, and whence.</summary>
/// <param name="AccountId">Null: a program.</param>
/// <param name="IsBound">The rules hold for it: it is of the tenant, and not of its MSP or the platform.</param>
/// <param name="ConfirmsOwnAddressRefused">It is meant that its own address is refused from then on.</param>
public sealed record AccessMaker(Guid? AccountId, bool IsBound, IReadOnlyList<AccessService> Services, AccessSource? Source, bool ConfirmsOwnAddressRefused);
