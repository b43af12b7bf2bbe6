using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Accounts of people for programs that provision them (TEN1). Roles are made by GraphQL.</summary>
internal sealed class AccountRoutes(IPlatformDbFactory databases, IAccountCommands commands, Idempotency idempotency)
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accounts", (
                [Description("How many, at most 200.")] int? limit,
                [Description("Cursor to go on behind.")] string? after,
                [Description("Id of one tenant; by default all in reach, and the MSP's own.")] string? tenant,
                AccountRoutes route,
                CallerContext caller,
                CancellationToken token) => route.PageAsync(caller.Current.ForTenants(tenant), tenant is not null, limit, after, token))
            .WithName("listAccounts").WithTags("Accounts").WithSummary("Accounts, by address")
            .Produces<ListAnswer<AccountAnswer>>().ProducesProblems(400, 401, 403, 404, 429).RequirePermission(Permissions.AccountsRead);

        routes.MapPost("/accounts", (NewAccountBody body, HttpRequest request, AccountRoutes route, CallerContext caller, CancellationToken token) =>
                route.InviteAsync(request, caller.Current, body, token))
            .WithName("inviteAccount").WithTags("Accounts").WithSummary("Make an account and invite its person by mail").TakesIdempotencyKey()
            .Produces<CreatedAnswer>(201).ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.AccountsWrite);

        routes.MapPatch("/accounts/{id}", (string id, AccountChangeBody body, AccountRoutes route, CallerContext caller, CancellationToken token) =>
                route.ChangeAsync(caller.Current.Scope, id, body, token))
            .WithName("changeAccount").WithTags("Accounts").WithSummary("Change an account, its roles, or whether it may sign in")
            .WithDescription("The parts are done in turn: address, name, language and mailbox, then roles, then whether it may sign in. The first that is refused ends it; what was done before stays.")
            .Produces<AccountAnswer>().ProducesProblems(400, 401, 403, 404, 409, 415, 422, 429).RequirePermission(Permissions.AccountsWrite);

        routes.MapDelete("/accounts/{id}", (string id, AccountRoutes route, CallerContext caller, CancellationToken token) =>
                route.RemoveAsync(caller.Current.Scope, id, token))
            .WithName("removeAccount").WithTags("Accounts").WithSummary("Remove an account; what it did stays on the audit log")
            .Produces(204).ProducesProblems(401, 403, 404, 409, 422, 429).RequirePermission(Permissions.AccountsWrite);
    }

    private async Task<IResult> PageAsync(Scope scope, bool ofTenants, int? limit, string? after, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
            throw ApiException.BadInput("limit", $"'limit' must be from 1 to {MaxLimit}.");
        var size = limit ?? DefaultLimit;
        await using var db = databases.Open(scope);
        var accounts = db.Accounts.AsNoTracking();
        if (ofTenants)
            accounts = accounts.Where(row => row.OwnerKind == AccountOwnerKind.Tenant);
        var page = await accounts.After(row => row.Address, Cursor.ReadKey(after)).OrderBy(row => row.Address).Take(size + 1).ToListAsync(cancellationToken);
        var ids = page.Select(row => row.Id).ToList();
        var roles = (await db.AccountRoles.AsNoTracking().Where(row => ids.Contains(row.AccountId)).ToListAsync(cancellationToken)).ToLookup(row => row.AccountId, row => row.RoleId);
        var hasMore = page.Count > size;
        return Results.Json(new ListAnswer<AccountAnswer>(
            [.. page.Take(size).Select(row => AccountAnswer.Of(row, roles[row.Id]))], hasMore ? Cursor.Of(page[size - 1].Address) : null, hasMore));
    }

    private async Task<IResult> InviteAsync(HttpRequest request, Caller caller, NewAccountBody body, CancellationToken cancellationToken)
    {
        var (scope, owner) = caller.ForOwner(body.Tenant, body.OfMsp);
        var account = new NewAccount(body.Address, body.Name, RoleKeys.Read(body.Roles), body.Language, MailboxOf(body.Mailbox));
        var result = await idempotency.RunAsync(
            scope, owner.Id, IdempotencyHeader.Read(request), "inviteAccount", body, () => commands.InviteAsync(scope, owner, account, cancellationToken), cancellationToken);
        return result.Succeeded
            ? Results.Json(new CreatedAnswer(GlobalId.Of(NodeKind.Account, result.Value)), statusCode: StatusCodes.Status201Created)
            : Refusal.Of(result.Code!, result.Message);
    }

    private async Task<IResult> ChangeAsync(Scope scope, string id, AccountChangeBody body, CancellationToken cancellationToken)
    {
        var key = Find(id);
        List<Func<Task<CommandResult<Guid>>>> steps = [];
        if (body is not { Address: null, Name: null, Language: null, Mailbox: null })
            steps.Add(() => commands.ChangeAsync(scope, key, new AccountChange(body.Name, body.Language, body.Address, MailboxOf(body.Mailbox)), cancellationToken));
        if (body.Roles is { } roles)
            steps.Add(() => commands.SetRolesAsync(scope, key, RoleKeys.Read(roles), cancellationToken));
        if (body.Enabled is { } enabled)
            steps.Add(() => enabled ? commands.EnableAsync(scope, key, cancellationToken) : commands.DisableAsync(scope, key, cancellationToken));
        foreach (var step in steps)
        {
            if (await step() is { Succeeded: false } refused)
                return Refusal.Of(refused.Code!, refused.Message);
        }

        await using var db = databases.Open(scope);
        var row = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) ?? throw Unknown();
        return Results.Json(AccountAnswer.Of(row, await db.AccountRoles.AsNoTracking().Where(given => given.AccountId == key).Select(given => given.RoleId).ToListAsync(cancellationToken)));
    }

    private async Task<IResult> RemoveAsync(Scope scope, string id, CancellationToken cancellationToken) =>
        await commands.RemoveAsync(scope, Find(id), cancellationToken) is { Succeeded: false } refused ? Refusal.Of(refused.Code!, refused.Message) : Results.NoContent();

    /// <exception cref="ApiException">No id of an account.</exception>
    private static Guid Find(string id) => GlobalId.Find(id, NodeKind.Account) ?? throw Unknown();

    private static ApiException Unknown() => ApiException.NotFound("id", "No such account is in reach of this client.");

    /// <summary>One that is no mailbox's id stays unknown.</summary>
    private static Guid? MailboxOf(string? id) => id is null ? null : GlobalId.Find(id, NodeKind.Mailbox) ?? Guid.Empty;
}
