using Platform.Api.Edge;
using Platform.Api.Scim.Groups;
using Platform.Api.Scim.Users;
using Platform.Storage.Scopes;

namespace Platform.Api.Scim;

// SCIM 2.0: a tenant's own directory (Microsoft Entra ID, Okta, ...) keeps the tenant's accounts and groups here. RFC 7643 says what a user
// and a group look like, RFC 7644 how they are asked for and changed. A program comes with a key of the tenant (scim_...), or with the
// token of an API client that has the permission. docs/scim.md says what is kept and what is passed over.

internal static class ScimRoutes
{
    public const string Path = "/scim/v2";

    public static IServiceCollection AddScim(this IServiceCollection services)
    {
        services.AddSingleton<ProvisioningCaller>();
        services.AddScoped<ScimSessions>();
        services.AddScoped<RoleSync>();
        services.AddScoped<UserRoutes>();
        services.AddScoped<GroupRoutes>();
        return services;
    }

    public static void MapScim(this IEndpointRouteBuilder routes)
    {
        var scim = routes.MapGroup(Path).RequirePermission(Permissions.AccountsProvision);
        // It describes itself, at /Schemas.
        scim.ExcludeFromDescription().AddEndpointFilter(TellAsync);
        UserRoutes.Map(scim);
        GroupRoutes.Map(scim);
        ScimDiscovery.Map(scim);
    }

    private static async ValueTask<object?> TellAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ScimException refused)
        {
            return ScimAnswer.Error(refused.Status, refused.Type, refused.Message);
        }
        catch (Exception exception) when (exception is not ScimException && ErrorMapping.Translate(exception) is { } known)
        {
            return ScimAnswer.Error(known.Status, null, known.Message);
        }
    }
}
