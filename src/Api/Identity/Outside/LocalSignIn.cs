using Platform.Storage.Accounts;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.Identity.Outside;

/// <summary>Whether an account may use passwords and passkeys of the platform: a tenant may have its people sign in by its provider alone.</summary>
internal sealed class LocalSignIn(ISignInProviders providers)
{
    /// <summary>A tenant closes it for its own accounts only: an MSP's with an address in the tenant's domain stays open.</summary>
    public async Task<bool> IsClosedAsync(SignInAccount account, CancellationToken cancellationToken) =>
        account.TenantId is { } tenant && await providers.FindByAddressAsync(account.Address, cancellationToken) is { LocalSignIn: false } provider && provider.TenantId == tenant;
}
