using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>One tenant: its settings and its plan.</summary>
internal sealed class TenantRoutes(IPlatformDbFactory databases, IDirectoryCommands commands, ITenantPlans plans)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tenants/{id}", (string id, TenantRoutes route, CallerContext caller, CancellationToken token) => route.ReadAsync(caller.Current.Scope, id, token))
            .WithName("readTenant").WithTags("Provisioning").WithSummary("A tenant, and since when it is ready")
            .Produces<TenantAnswer>().ProducesProblems(401, 403, 404, 429).RequirePermission(Permissions.DirectoryRead);

        routes.MapPatch("/tenants/{id}", (string id, TenantChangeBody body, TenantRoutes route, CallerContext caller, CancellationToken token) =>
                ChangeAsync(id, key => route.Commands.UpdateTenantAsync(caller.Current.Scope, key, new TenantChange(body.Name, body.Language, body.Route, body.TrustedHops, body.JournalAddress), token)))
            .WithName("updateTenant").WithTags("Provisioning").WithSummary("Change a tenant, its route for one")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);

        routes.MapPut("/tenants/{id}/plan", (string id, TenantPlanBody body, TenantRoutes route, CallerContext caller, CancellationToken token) =>
                ChangeAsync(id, key => route.Plans.SetAsync(caller.Current.Scope, key, new TenantPlan(body.Name, body.Mailboxes, body.Domains, body.ApiClients), token)))
            .WithName("setTenantPlan").WithTags("Provisioning").WithSummary("Say what a tenant may have; of its MSP")
            .WithDescription("What is there already stays; more than the plan holds is refused with PLAN_LIMIT. The event plan.usage tells of 80 and 100 %.")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 415, 422, 429).RequirePermission(Permissions.DirectoryWrite);
    }

    private IDirectoryCommands Commands => commands;

    private ITenantPlans Plans => plans;

    private async Task<IResult> ReadAsync(Scope scope, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var key = GlobalId.Find(id, NodeKind.Tenant);
        return key is not null && await db.Tenants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row
            ? Results.Json(TenantAnswer.Of(row))
            : throw Unknown();
    }

    private static async Task<IResult> ChangeAsync(string id, Func<Guid, Task<CommandResult<Guid>>> command)
    {
        var result = await command(GlobalId.Find(id, NodeKind.Tenant) ?? throw Unknown());
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }

    private static ApiException Unknown() => ApiException.NotFound("id", "No such tenant is in reach of this client.");
}
