using System.Net;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Api.Edge;

/// <summary>Who calls, made once from the validated token. Nothing below the edge sees the HTTP request.</summary>
/// <param name="Subject">The subject of the token: the id of an API client, or <c>user:</c> and the id of an account.</param>
/// <param name="Language">Of sentences for people: <c>ja</c> or <c>en</c>, by the account, else by Accept-Language.</param>
/// <param name="Account">The person who is signed in; null for a program.</param>
internal sealed record Caller(Scope Scope, string Subject, string Language, SignInAccount? Account = null)
{
    /// <summary>By what it comes in, for the rules that say whence.</summary>
    public AccessService Service { get; init; } = AccessService.Api;

    /// <summary>Whence; null: not known.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The scope narrowed to one tenant: the one named, else the only one there is.</summary>
    /// <exception cref="ApiException">None was named and there are several, or it is out of reach.</exception>
    public (Scope Scope, Guid TenantId) ForTenant(string? tenant)
    {
        if (tenant is not null)
        {
            var id = GlobalId.Read(tenant, NodeKind.Tenant, "tenant");
            return Scope.Tenants.Contains(id)
                ? (Narrowed(id), id)
                : throw ApiException.NotFound("tenant", "No such tenant is in reach of this client.");
        }

        return Scope.Tenants.Count == 1
            ? (Scope, Scope.Tenants.First())
            : throw new ApiException(ErrorCodes.TenantRequired, "This client reaches several tenants: name one by 'tenant'.", 400, "tenant");
    }

    /// <summary>The feed of the tenant named; without a name that of the caller's MSP, else of the only tenant there is.</summary>
    /// <exception cref="ApiException">The tenant is out of reach.</exception>
    public (Scope Scope, FeedId Feed) ForFeed(string? tenant)
    {
        if (tenant is null && Scope.MspId is { } msp)
            return (Scope, FeedId.OfMsp(msp));
        var (scope, id) = ForTenant(tenant);
        return (scope, FeedId.OfTenant(id));
    }

    /// <summary>Whose the idempotency keys are where the thing asked about may be gone by the time of a repeat, its tenant with it.</summary>
    public Guid Home => Scope.MspId ?? Scope.Tenants.Order().FirstOrDefault();

    /// <summary>The scope narrowed to the tenant named; whole when none is.</summary>
    public Scope ForTenants(string? tenant) => tenant is null ? Scope : ForTenant(tenant).Scope;

    private Scope Narrowed(Guid tenantId) => Scope with { Tenants = new HashSet<Guid> { tenantId } };
}

/// <summary>Holds the caller of one request.</summary>
internal sealed class CallerContext
{
    private Caller? _caller;

    /// <summary>A token came with the request and was not taken.</summary>
    public bool TokenRefused { get; private set; }

    public bool IsKnown => _caller is not null;

    /// <exception cref="ScopeViolationException">Nobody is signed in.</exception>
    public Caller Current => _caller ?? throw new ScopeViolationException();

    public void Set(Caller caller) => _caller = caller;

    public void Refuse() => TokenRefused = true;
}
