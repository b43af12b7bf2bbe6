using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Accounts;

internal sealed class AccountQueries(IPlatformDbFactory databases, CallerContext caller)
{
    private const int MaxText = 320;

    [Requires(Permissions.AccountsRead)]
    [Description("Accounts of the tenants in reach, and of the MSP itself for its own; by address.")]
    public async Task<Connection<AccountNode>> Accounts(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Which accounts.")] AccountFilter? filter,
        [Id][Description("Accounts of one tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadKey(after);
        var scope = caller.Current.ForTenants(tenant);
        var ofTenants = tenant is not null;
        await using var db = databases.Open(scope);
        var page = Matching(db, filter, ofTenants).Behind(row => row.Address, from);
        var rows = await page.OrderBy(row => row.Address).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<AccountNode>(
            Paging.Of(rows, size, after, row => new AccountNode(row), row => Cursor.Of(row.Address)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await Matching(counting, filter, ofTenants).CountAsync(token);
            });
    }

    [Requires(Permissions.AccountsRead)]
    [Description("One account; null when it is unknown or out of reach.")]
    public async Task<AccountNode?> Account([Id][Description("Id of the account.")] string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.Account) is not { } key)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? new AccountNode(row) : null;
    }

    [Requires(Permissions.AccountsRead)]
    [Description("Roles that can be given: those of the platform, then those made by the tenant, by name.")]
    public async Task<IReadOnlyList<RoleNode>> Roles(
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        [Description("True: those of the MSP itself, for its own accounts.")] bool? ofMsp,
        CancellationToken cancellationToken)
    {
        var (scope, owner) = caller.Current.ForOwner(tenant, ofMsp);
        await using var db = databases.Open(scope);
        var own = await db.Roles.AsNoTracking().Where(row => row.OwnerId == owner.Id).OrderBy(row => row.NameKey).ToListAsync(cancellationToken);
        return [.. BuiltInRoles.All.Where(role => role.Of == owner.Kind).Select(role => new RoleNode(role, null)), .. own.Select(AccountLoaders.Node)];
    }

    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    private static IQueryable<AccountRow> Matching(PlatformDb db, AccountFilter? filter, bool ofTenants)
    {
        var accounts = db.Accounts.AsNoTracking();
        if (ofTenants)
            accounts = accounts.Where(row => row.OwnerKind == AccountOwnerKind.Tenant);
        if (filter?.States is { } states)
            accounts = accounts.Where(row => states.Contains(row.State));
        if (!string.IsNullOrWhiteSpace(filter?.Search))
        {
            if (filter.Search.Length > MaxText)
                throw ApiException.BadInput("filter.search", $"'filter.search' has at most {MaxText} characters.");
            var text = filter.Search.ToLowerInvariant();
            accounts = accounts.Where(row => row.Address.Contains(text) || row.Name.ToLower().Contains(text));
        }

        return accounts;
    }
}

[Description("Which accounts. All that is given must hold.")]
internal sealed record AccountFilter
{
    [Description("In one of these states.")]
    public IReadOnlyList<AccountState>? States { get; init; }

    [Description("Whose address or name contains this, case not regarded.")]
    public string? Search { get; init; }
}
