using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
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
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.ForTenants(tenant);
        await using var db = databases.Open(scope);
        var providers = db.SignInProviders.AsNoTracking();
        if (from is var (at, id))
            providers = providers.Where(row => row.CreatedAt < at || (row.CreatedAt == at && row.Id < id));
        var rows = await providers.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<SignInProviderNode>(
            Paging.Of(rows, size, after, row => new SignInProviderNode(row), row => Cursor.Of(row.CreatedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await counting.SignInProviders.CountAsync(token);
            });
    }

    [Requires(Permissions.SignInRead)]
    [Description("The redirect address to register with a tenant's provider, before there is one here.")]
    public string SignInRedirectUri([Id][Description("Which tenant; needed where several are in reach.")] string? tenant) => address.Of(caller.Current.ForTenant(tenant).TenantId, null);
}
