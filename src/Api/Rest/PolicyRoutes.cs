using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Policies;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>The inherited policy (DET9) for programs that provision customers.</summary>
internal sealed class PolicyRoutes(IPolicyCommands commands, IPolicyReading reading)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/policy", (
                [Description("Id of a tenant; needed where several are in reach and nothing else is named.")] string? tenant,
                [Description("Id of a group: what holds for a mailbox that is in it alone.")] string? group,
                [Description("Id of a mailbox.")] string? mailbox,
                [Description("true: the client's own MSP.")] bool? msp,
                PolicyRoutes route,
                CallerContext caller,
                CancellationToken token) => route.ReadAsync(caller.Current.Scope, PolicyPlaces.Find(caller.Current, tenant, group, mailbox, msp ?? false), token))
            .WithName("getPolicy").WithTags("Policy").WithSummary("What holds at a place, and where each value comes from")
            .Produces<PolicyAnswer>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.PolicyRead);

        routes.MapPatch("/policy", (PolicyBody body, PolicyRoutes route, CallerContext caller, CancellationToken token) => route.SetAsync(caller.Current, body, token))
            .WithName("setPolicy").WithTags("Policy").WithSummary("Set, unset and lock values of the policy at a place")
            .WithDescription("All or nothing. What is set already counts as done, so that the call may be repeated.")
            .Produces(204).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.PolicyWrite);
    }

    private async Task<IResult> ReadAsync(Scope scope, PolicyTarget target, CancellationToken cancellationToken) =>
        await reading.FindAsync(scope, target, cancellationToken) is { } view ? Results.Json(PolicyAnswer.Of(view)) : throw PolicyPlaces.Unknown(target.Level.ToString().ToLowerInvariant());

    private async Task<IResult> SetAsync(Caller caller, PolicyBody body, CancellationToken cancellationToken)
    {
        var target = PolicyPlaces.Find(caller, body.Tenant, body.Group, body.Mailbox, body.Msp ?? false);
        var changes = body.Values.Select(value => new PolicyChange(value.Setting, value.Value, value.Locked ?? false)).ToList();
        var result = await commands.SetAsync(caller.Scope, target, changes, cancellationToken);
        return result.Succeeded ? Results.NoContent() : Refusal.Of(result.Code!, result.Message);
    }
}
