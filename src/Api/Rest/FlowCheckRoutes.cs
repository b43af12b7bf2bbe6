using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Model;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Checks of mail flow (TEN2).</summary>
internal sealed class FlowCheckRoutes(IPlatformDbFactory databases, IFlowChecks checks, Idempotency idempotency)
{
    private const string Tag = "Onboarding";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/flow-checks", (NewFlowCheckBody body, HttpRequest request, FlowCheckRoutes route, CallerContext caller, CancellationToken token) => route.StartAsync(request, caller.Current, body, token))
            .WithName("startFlowCheck").WithTags(Tag).WithSummary("Check a tenant's mail flow and send a test mail through it").TakesIdempotencyKey()
            .WithDescription("It runs in the background: ask GET /v1/flow-checks/{id} for its progress. One check of a tenant runs at a time; asked for again meanwhile, that one is given.")
            .Produces<FlowCheckAnswer>(201).ProducesProblems(400, 401, 403, 404, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapGet("/flow-checks/{id}", (string id, FlowCheckRoutes route, CallerContext caller, CancellationToken token) => route.ReadAsync(caller.Current, id, 200, token))
            .WithName("readFlowCheck").WithTags(Tag).WithSummary("How far a check has come, what it found and what to do")
            .Produces<FlowCheckAnswer>().ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);
    }

    private async Task<IResult> StartAsync(HttpRequest request, Caller caller, NewFlowCheckBody body, CancellationToken cancellationToken)
    {
        var (scope, tenant) = caller.ForTenant(body.Tenant);
        var result = await idempotency.RunAsync(
            scope, tenant, IdempotencyHeader.Read(request), "startFlowCheck", body, () => checks.StartAsync(scope, tenant, body.Address, cancellationToken), cancellationToken);
        return result.Succeeded
            ? await ReadAsync(caller, GlobalId.Of(NodeKind.FlowCheck, result.Value), StatusCodes.Status201Created, cancellationToken)
            : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ReadAsync(Caller caller, string id, int status, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Scope);
        var key = GlobalId.Find(id, NodeKind.FlowCheck);
        return key is not null && await db.FlowChecks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row
            ? Results.Json(FlowCheckAnswer.Of(row, caller.Language), statusCode: status)
            : throw ApiException.NotFound("id", "No such check is in reach of this client.");
    }
}
