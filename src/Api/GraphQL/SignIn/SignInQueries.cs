using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Identity.Outside;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

internal sealed class SignInQueries(IPlatformDbFactory databases, CallerContext caller, OutsideAddress address)
{
    [Requires(Permissions.SignInRead)]
    [Description("OpenID providers that people sign in by, newest first.")]
    public async Task<Connection<SignInProviderNode>> SignInProviders(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        return await databases.PageAsync(
            scope, first, after, db => db.SignInProviders, row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new SignInProviderNode(row), cancellationToken);
    }

    [Requires(Permissions.SignInRead)]
    [Description("The redirect address to register with a tenant's provider, before there is one here.")]
    public string SignInRedirectUri([Id][Description("Which tenant; needed where several are in reach.")] string? tenant) => address.Of(caller.Current.ForTenant(tenant).TenantId, null);
}
