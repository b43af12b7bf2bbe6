using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Grains.Onboarding.Domains;

/// <summary>Looks for the record of a claim at once.</summary>
public interface IDomainProofs
{
    /// <summary>What was found stands in the claim. A claim that was looked at within the last two seconds is not looked at again.</summary>
    /// <returns>Id of the claim; else <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> CheckAsync(Scope scope, Guid claimId, CancellationToken cancellationToken);
}
