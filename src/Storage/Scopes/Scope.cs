namespace Platform.Storage.Scopes;

/// <summary>
/// The tenants and permissions a caller may use, made once at the edge from the token or the SMTP credential.
/// No query runs without one.
/// </summary>
/// <param name="Tenants">Ids of the tenants in reach; a query sees these and no other.</param>
/// <param name="Actor">Who acts, for the audit log: <c>client:acme-siem</c>, <c>user:…</c>, <c>system:worker</c>.</param>
/// <param name="Mailboxes">Of an employee: the only mailboxes whose deliveries are in reach, within the tenants. Null: all of them.</param>
public sealed record Scope(IReadOnlySet<Guid> Tenants, IReadOnlySet<string> Permissions, string Actor, Guid? MspId = null, IReadOnlySet<Guid>? Mailboxes = null)
{
    /// <summary>How the actor of a person begins; the account's id follows.</summary>
    public const string PersonPrefix = "user:";

    /// <summary>How the actor of the platform's staff begins that a tenant let in; the account's id follows.</summary>
    public const string SupportPrefix = "support:";

    /// <summary>Of an API client: the accounts that made it or set its secret, and so can be it.</summary>
    public IReadOnlyList<Guid> Makers { get; init; } = [];

    /// <summary>The accounts that act here: the person, or those behind an API client.</summary>
    public IReadOnlyList<Guid> People => Actor.StartsWith(PersonPrefix, StringComparison.Ordinal) && Guid.TryParse(Actor.AsSpan(PersonPrefix.Length), out var account) ? [account] : Makers;

    public bool IsPerson => Actor.StartsWith(PersonPrefix, StringComparison.Ordinal) || IsSupport;

    public bool IsSupport => Actor.StartsWith(SupportPrefix, StringComparison.Ordinal);

    /// <summary>Everything of its tenants is in reach, not only the deliveries of some mailboxes.</summary>
    public bool IsWhole => Mailboxes is null;

    /// <summary>Tenants in reach whose messages this scope may not open: they keep their MSP from it.</summary>
    public IReadOnlySet<Guid> ContentClosed { get; init; } = new HashSet<Guid>();

    /// <summary>For the workers of the platform itself: each call names its one tenant.</summary>
    public static Scope System(Guid tenantId, string actor) =>
        new(new HashSet<Guid> { tenantId }, Scopes.Permissions.All, "system:" + actor);

    /// <summary>Bound to mailboxes, a scope allows what makes sense for a mailbox, whatever it was given.</summary>
    public bool Allows(string permission) => Permissions.Contains(permission) && (IsWhole || Scopes.Permissions.OfMailbox.Contains(permission));

    /// <summary>What is allowed in one of the tenants. Who is kept from its messages cannot let itself in either: not by a grant, nor as the directory that says whose an account is.</summary>
    public bool AllowsFor(Guid tenantId, string permission) =>
        Allows(permission)
        && (permission is not (Scopes.Permissions.MessagesContent or Scopes.Permissions.AccessGrant or Scopes.Permissions.AccountsProvision or Scopes.Permissions.SubmissionWrite or Scopes.Permissions.ConnectorsWrite) || !ContentClosed.Contains(tenantId));

    public bool Reaches(Guid? mailboxId) => Mailboxes is null || (mailboxId is { } id && Mailboxes.Contains(id));

    /// <exception cref="ScopeViolationException">The tenant is out of reach.</exception>
    public void Require(Guid tenantId)
    {
        if (!Tenants.Contains(tenantId))
            throw new ScopeViolationException();
    }

    /// <summary>The id is a tenant in reach, or the MSP this scope acts for.</summary>
    public bool Owns(Guid ownerId) => Tenants.Contains(ownerId) || (MspId == ownerId);

    /// <exception cref="ScopeViolationException">Neither a tenant in reach nor the MSP of this scope.</exception>
    public void RequireOwner(Guid ownerId)
    {
        if (!Owns(ownerId))
            throw new ScopeViolationException();
    }

    /// <exception cref="PermissionDeniedException">The permission is missing.</exception>
    public void Require(string permission)
    {
        if (!Allows(permission))
            throw new PermissionDeniedException(permission);
    }
}

/// <summary>A query or command without a scope, or outside of it. Always a bug or an attack, so it is loud.</summary>
public sealed class ScopeViolationException() : Exception("The request reaches outside its tenants.");

public sealed class PermissionDeniedException(string permission) : Exception($"The permission '{permission}' is missing.")
{
    public string Permission { get; } = permission;
}
