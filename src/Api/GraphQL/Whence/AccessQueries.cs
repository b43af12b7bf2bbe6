using System.ComponentModel;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.Edge.Whence;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Accounts;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Whence;

internal sealed class AccessQueries(IPlatformDbFactory databases, IAccessBook book, AccessGate gate, IAccountPlaces places, CallerContext caller, TimeProvider time)
{
    [Requires(Permissions.AccessRulesRead)]
    [Description("Rules that say whence people, programs and mailboxes come in, newest first.")]
    public async Task<Connection<AccessRuleNode>> AccessRules(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Only what is set for this tenant, group, mailbox or account.")] string? place,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        // What is no id of such a place has no rules.
        var of = place is null ? (Guid?)null
            : GlobalId.Find(place, NodeKind.Tenant) ?? GlobalId.Find(place, NodeKind.Group) ?? GlobalId.Find(place, NodeKind.Mailbox) ?? GlobalId.Find(place, NodeKind.Account) ?? Guid.Empty;
        return await databases.PageAsync(
            scope,
            first,
            after,
            db => db.AccessRules.AsNoTracking().Where(row => of == null || row.SubjectId == of),
            row => row.CreatedAt,
            row => Cursor.Of(row.CreatedAt, row.Id),
            row => new AccessRuleNode(row),
            cancellationToken);
    }

    [Requires(Permissions.AccessRulesRead)]
    [Description("Which rules decide over a mailbox, an account, or else a tenant's programs, for each service. Null when it is unknown or out of reach.")]
    public async Task<IReadOnlyList<EffectiveAccessNode>?> EffectiveAccess(
        [Id][Description("A tenant; needed where several are in reach and nothing else is named.")] string? tenant,
        [Id][Description("A mailbox.")] string? mailbox,
        [Id][Description("An account.")] string? account,
        CancellationToken cancellationToken)
    {
        if (await WhoAsync(tenant, mailbox, account, cancellationToken) is not { } who)
            return null;
        var rules = await book.OfAsync(who.Who, cancellationToken);
        return [.. AccessServices.All.Select(service => new EffectiveAccessNode(service, rules, time.GetUtcNow()))];
    }

    [Requires(Permissions.AccessRulesRead)]
    [Description("Whether an address would be let in now, and why. Null when the mailbox or account is unknown or out of reach.")]
    public async Task<AccessCheckNode?> CheckAccess(
        [Description("The IP address.")] string address,
        [Description("By what.")] AccessService service,
        [Id][Description("A tenant; needed where several are in reach and nothing else is named.")] string? tenant,
        [Id][Description("A mailbox.")] string? mailbox,
        [Id][Description("An account.")] string? account,
        CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(address, out var ip))
            throw ApiException.BadInput("address", "'address' is an IP address, such as '192.0.2.7'.");
        if (await WhoAsync(tenant, mailbox, account, cancellationToken) is not { } who)
            return null;
        var source = gate.SourceOf(ip);
        return new AccessCheckNode(AccessDecision.Of(await book.OfAsync(who.Who, cancellationToken), service, source, time.GetUtcNow()), source);
    }

    [Requires(Permissions.AccessRulesRead)]
    [Description("Attempts to get in that were refused, those of an hour that are alike together, newest first. Kept for 30 days.")]
    public async Task<Connection<AccessRefusalNode>> AccessRefusals(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Only of this account, by its address.")] string? account,
        [Description("Only by this service.")] AccessService? service,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var name = account?.ToLowerInvariant();
        return await databases.PageAsync(
            caller.Current.ForTenants(tenant),
            first,
            after,
            db => db.AccessRefusals.AsNoTracking().Where(row => (name == null || row.Account == name) && (service == null || row.Service == service)),
            row => row.FirstAt,
            row => Cursor.Of(row.FirstAt, row.Id),
            row => new AccessRefusalNode(row),
            cancellationToken);
    }

    [Requires(Permissions.AccessRulesRead)]
    [Description("Whence a mailbox or a person came in lately, by whatever service, the latest first; at most 32. Null when it is unknown, out of reach, or cannot be asked now.")]
    public async Task<IReadOnlyList<RecentPlaceNode>?> RecentPlaces(
        [Id][Description("A mailbox.")] string? mailbox,
        [Id][Description("An account.")] string? account,
        CancellationToken cancellationToken)
    {
        if (mailbox is not null && account is not null)
            throw ApiException.BadInput("mailbox", "Name a mailbox or an account.");
        if (mailbox is null && account is null)
            return null;
        if (await WhoAsync(null, mailbox, account, cancellationToken) is not { } who)
            return null;
        var seen = await places.OfAsync(who.Who.TenantId, who.Address, cancellationToken);
        return seen is null ? null : [.. seen.Reverse().Select(place => new RecentPlaceNode(place))];
    }

    private async Task<(AccessWho Who, string Address)?> WhoAsync(string? tenant, string? mailbox, string? account, CancellationToken cancellationToken)
    {
        var place = AccessPlaces.Find(caller.Current, tenant, null, mailbox, account);
        if (place.Level == AccessLevel.Tenant)
            return (new AccessWho(place.Id), "");
        await using var db = databases.Open(caller.Current.Scope);
        if (place.Level == AccessLevel.Mailbox)
        {
            var found = await db.Mailboxes.AsNoTracking().Where(row => row.Id == place.Id).Select(row => new { row.TenantId, row.Address }).SingleOrDefaultAsync(cancellationToken);
            return found is null ? null : (new AccessWho(found.TenantId, place.Id), found.Address);
        }

        var person = await db.Accounts.AsNoTracking().Where(row => row.Id == place.Id && row.OwnerKind == AccountOwnerKind.Tenant)
            .Select(row => new { row.OwnerId, row.Address }).SingleOrDefaultAsync(cancellationToken);
        return person is null ? null : (new AccessWho(person.OwnerId, null, place.Id), person.Address);
    }
}
