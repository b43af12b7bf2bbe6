using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Sending.Attackers;

/// <summary>What a person decides over the attackers of a tenant.</summary>
public interface IKnownAttackers
{
    /// <summary>Mail goes there again, from the next on; what is held stays held. The next attack makes an attacker of it anew.</summary>
    /// <param name="name">The address or domain.</param>
    Task<CommandResult<Guid>> ForgetAsync(Scope scope, Guid tenantId, string name, CancellationToken cancellationToken);
}
