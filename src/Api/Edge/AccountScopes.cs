using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>The scope of a person who is signed in. Who issued the token does not matter: the account says what it may do now.</summary>
internal sealed class AccountScopes(IAccountDirectory accounts, MspTenants msps)
{
    /// <summary>Begins the subject of a person's token.</summary>
    public const string SubjectPrefix = "user:";

    public static bool IsOfAccount(string subject, out Guid accountId)
    {
        accountId = default;
        return subject.StartsWith(SubjectPrefix, StringComparison.Ordinal) && Guid.TryParseExact(subject.AsSpan(SubjectPrefix.Length), "D", out accountId);
    }

    /// <param name="granted">The permissions that the token was issued for.</param>
    /// <returns>Null when the account is gone, or may not sign in.</returns>
    public async Task<(SignInAccount Account, Scope Scope)?> FindAsync(Guid id, IEnumerable<string> granted, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(id, cancellationToken) is not { State: AccountState.Active } account)
            return null;
        return (account, new Scope(
            await TenantsAsync(account, cancellationToken),
            granted.Where(account.Permissions.Contains).ToHashSet(StringComparer.Ordinal),
            SubjectPrefix + account.Id,
            account.MspId,
            account.Mailboxes));
    }

    private async Task<IReadOnlySet<Guid>> TenantsAsync(SignInAccount account, CancellationToken cancellationToken) => account switch
    {
        { TenantId: { } tenant } => new HashSet<Guid> { tenant },
        { MspId: { } msp } => await msps.OfAsync(msp, cancellationToken),
        _ => new HashSet<Guid>(),
    };
}
