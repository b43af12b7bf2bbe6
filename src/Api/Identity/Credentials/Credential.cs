using Microsoft.AspNetCore.Identity;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// How a person proves to be the account with this id: a password and passkeys here, one-time codes in rows of their own.
/// Name, address, state and roles are the account's and lie in the platform's database; the user name is the id again, since
/// an address may change.
/// </summary>
public sealed class Credential : IdentityUser<Guid>
{
    public static Credential Of(Guid accountId) => new() { Id = accountId, UserName = accountId.ToString("N") };
}
