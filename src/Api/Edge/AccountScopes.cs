using Platform.Storage.Accounts;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.Edge;

/// <summary>The scope of a person who is signed in. Who issued the token does not matter: the account says what it may do now.</summary>
internal sealed class AccountScopes(IAccountDirectory accounts, MspTenants msps, ISupportAccess support)
{
    /// <summary>Begins the subject of a person's token.</summary>
    public const string SubjectPrefix = Scope.PersonPrefix;

    /// <summary>Begins the name under which support staff acts, on the audit log of the tenant that let it in.</summary>
    public const string SupportPrefix = Scope.SupportPrefix;

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
        var permissions = granted.Where(account.Permissions.Contains).ToHashSet(StringComparer.Ordinal);
        return (account, account switch
        {
            { TenantId: { } tenant } => new Scope(new HashSet<Guid> { tenant }, permissions, SubjectPrefix + account.Id, null, account.Mailboxes),
            { MspId: { } msp } => OfMsp(account, msp, await msps.OfAsync(msp, cancellationToken), permissions),
            _ => OfStaff(account, await support.InForceAsync(account.Id, cancellationToken), permissions),
        });
    }

    private static Scope OfMsp(SignInAccount account, Guid msp, MspReach reach, IReadOnlySet<string> permissions) =>
        new(reach.Tenants, permissions, SubjectPrefix + account.Id, msp) { ContentClosed = reach.ContentClosed };

    /// <summary>The tenants that let it in, and what all of them granted: more at one of them is not more at the others.</summary>
    private static Scope OfStaff(SignInAccount account, IReadOnlyList<SupportEntry> entries, IReadOnlySet<string> permissions) => new(
        entries.Select(entry => entry.TenantId).ToHashSet(),
        permissions.Where(permission => permission == Permissions.SupportRequest || (entries.Count > 0 && entries.All(entry => entry.Allows(permission)))).ToHashSet(StringComparer.Ordinal),
        SupportPrefix + account.Id);
}
