using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Grains.Onboarding.Domains;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Domains that are proven by a DNS record before they take mail (TEN2).</summary>
internal sealed class DomainClaimRoutes(IPlatformDbFactory databases, IDomainClaims claims, IDomainProofs proofs, Idempotency idempotency)
{
    private const string Tag = "Onboarding";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/domains", (NewDomainBody body, HttpRequest request, DomainClaimRoutes route, CallerContext caller, CancellationToken token) => route.ClaimAsync(request, caller.Current, body, token))
            .WithName("addDomain").WithTags(Tag).WithSummary("Claim a domain for a tenant").TakesIdempotencyKey()
            .WithDescription("The answer names the TXT record to publish. It is looked for by itself, and at once by POST /v1/domain-claims/{id}/check; from then on the domain takes mail.")
            .Produces<DomainClaimAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapGet("/domain-claims", ([Description("Id of the tenant; needed where several are in reach.")] string? tenant, DomainClaimRoutes route, CallerContext caller, CancellationToken token) => route.ListAsync(caller.Current, tenant, token))
            .WithName("listDomainClaims").WithTags(Tag).WithSummary("Claims of a tenant to domains, proven ones among them, by name")
            .Produces<DomainClaimsAnswer>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapGet("/domain-claims/{id}", (string id, DomainClaimRoutes route, CallerContext caller, CancellationToken token) => route.ReadAsync(caller.Current, id, 200, token))
            .WithName("readDomainClaim").WithTags(Tag).WithSummary("A claim and its record")
            .Produces<DomainClaimAnswer>().ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapPost("/domain-claims/{id}/check", (string id, HttpRequest request, DomainClaimRoutes route, CallerContext caller, CancellationToken token) => route.CheckAsync(request, caller.Current, id, token))
            .WithName("checkDomainClaim").WithTags(Tag).WithSummary("Look for the record of a claim now").TakesIdempotencyKey()
            .Produces<DomainClaimAnswer>().ProducesProblems(401, 403, 404, 409, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapDelete("/domain-claims/{id}", (string id, DomainClaimRoutes route, CallerContext caller, CancellationToken token) => route.WithdrawAsync(caller.Current, id, token))
            .WithName("withdrawDomainClaim").WithTags(Tag).WithSummary("Take back a claim that is not proven")
            .Produces(204).ProducesProblems(401, 403, 404, 409, 422, 429).RequirePermission(Permissions.DirectoryWrite);
    }

    private async Task<IResult> ClaimAsync(HttpRequest request, Caller caller, NewDomainBody body, CancellationToken cancellationToken)
    {
        var (scope, tenant) = caller.ForTenant(body.Tenant);
        var result = await idempotency.RunAsync(
            scope, tenant, IdempotencyHeader.Read(request), "addDomain", body, () => claims.ClaimAsync(scope, tenant, body.Name, cancellationToken), cancellationToken);
        return result.Succeeded
            ? await ReadAsync(caller, GlobalId.Of(NodeKind.DomainClaim, result.Value), StatusCodes.Status201Created, cancellationToken)
            : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ListAsync(Caller caller, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, id) = caller.ForTenant(tenant);
        await using var db = databases.Open(scope);
        var rows = await db.DomainClaims.AsNoTracking().Where(row => row.TenantId == id).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return Results.Json(new DomainClaimsAnswer([.. rows.Select(row => DomainClaimAnswer.Of(row, caller.Language))]));
    }

    private async Task<IResult> ReadAsync(Caller caller, string id, int status, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Scope);
        var key = GlobalId.Find(id, NodeKind.DomainClaim);
        return key is not null && await db.DomainClaims.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row
            ? Results.Json(DomainClaimAnswer.Of(row, caller.Language), statusCode: status)
            : throw Unknown();
    }

    private async Task<IResult> CheckAsync(HttpRequest request, Caller caller, string id, CancellationToken cancellationToken)
    {
        var claim = GlobalId.Find(id, NodeKind.DomainClaim) ?? throw Unknown();
        var result = await idempotency.RunAsync(
            caller.Scope, caller.Home, IdempotencyHeader.Read(request), "checkDomainClaim", new { id }, () => proofs.CheckAsync(caller.Scope, claim, cancellationToken), cancellationToken);
        return result.Succeeded ? await ReadAsync(caller, id, StatusCodes.Status200OK, cancellationToken) : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> WithdrawAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var result = await claims.WithdrawAsync(caller.Scope, GlobalId.Find(id, NodeKind.DomainClaim) ?? throw Unknown(), cancellationToken);
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }

    private static ApiException Unknown() => ApiException.NotFound("id", "No such claim is in reach of this client.");
}
