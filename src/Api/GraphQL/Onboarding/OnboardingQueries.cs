using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Onboarding.Guides;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

internal sealed class OnboardingQueries(IPlatformDbFactory databases, ITenantPlans plans, MailFlowGuides guides, IRecipientDirectory directory, CallerContext caller)
{
    [Requires(Permissions.DirectoryRead)]
    [Description("How far a tenant is on its way in; of the only one when none is named. Null when it is unknown or out of reach, or when several are in reach and none is named.")]
    public async Task<OnboardingNode?> Onboarding([Id][Description("Id of the tenant.")] string? tenant, CancellationToken cancellationToken)
    {
        if (Tenant(tenant) is not { } id || await plans.FindAsync(caller.Current.Scope, id, cancellationToken) is not { } usage)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        var readyAt = await db.Tenants.AsNoTracking().Where(row => row.Id == id).Select(row => row.ReadyAt).SingleOrDefaultAsync(cancellationToken);
        var claims = await db.DomainClaims.AsNoTracking().Where(row => row.TenantId == id).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var checks = await db.FlowChecks.AsNoTracking().Where(row => row.TenantId == id).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        var ldap = await db.LdapDirectories.AsNoTracking().SingleOrDefaultAsync(row => row.TenantId == id, cancellationToken);
        return new OnboardingNode(
            id, readyAt, [.. claims.Select(row => new DomainClaimNode(row))], [.. checks.Select(row => new FlowCheckNode(row))], ldap is null ? null : new LdapDirectoryNode(ldap), usage);
    }

    [Requires(Permissions.DirectoryRead)]
    [Description("One claim to a domain; null when it is unknown or out of reach.")]
    public async Task<DomainClaimNode?> DomainClaim([Id][Description("Id of the claim.")] string id, CancellationToken cancellationToken) =>
        GlobalId.Find(id, NodeKind.DomainClaim) is { } key ? await FindClaimAsync(key, cancellationToken) : null;

    [Requires(Permissions.DirectoryRead)]
    [Description("One check of mail flow; null when it is unknown or out of reach.")]
    public async Task<FlowCheckNode?> FlowCheck([Id][Description("Id of the check.")] string id, CancellationToken cancellationToken) =>
        GlobalId.Find(id, NodeKind.FlowCheck) is { } key ? await FindCheckAsync(key, cancellationToken) : null;

    [Requires(Permissions.DirectoryRead)]
    [Description("How a mail system is put behind the inspection, filled with a tenant's values.")]
    public async Task<MailFlowGuideNode> MailFlowGuide(
        [Description("Which mail system.")] MailSystem system,
        [Description("The domain that is filled in; by default the tenant's first.")] string? domain,
        [Id][Description("Which tenant; needed where several are in reach and no domain is named.")] string? tenant,
        [Description("By default the caller's.")] Language? language,
        CancellationToken cancellationToken)
    {
        var named = domain ?? (await directory.FindTenantAsync(caller.Current.ForTenant(tenant).TenantId, cancellationToken))?.Domains.Order(StringComparer.Ordinal).FirstOrDefault() ?? "";
        // What is filled in stands in records that people copy.
        return Uri.CheckHostName(named) == UriHostNameType.Dns
            ? new MailFlowGuideNode(guides.Make(system, named.ToLowerInvariant(), language.Culture(caller).Name))
            : throw ApiException.BadInput("domain", "Name a domain such as 'example.com', without protocol or path.");
    }

    internal async Task<DomainClaimNode?> FindClaimAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.DomainClaims.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new DomainClaimNode(row) : null;
    }

    /// <summary>A domain has the id of its claim.</summary>
    internal async Task<DomainNode?> FindDomainAsync(Guid claimId, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Domains.AsNoTracking().SingleOrDefaultAsync(row => row.Id == claimId, cancellationToken) is { } row ? new DomainNode(row) : null;
    }

    internal async Task<FlowCheckNode?> FindCheckAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.FlowChecks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new FlowCheckNode(row) : null;
    }

    internal async Task<LdapDirectoryNode?> FindDirectoryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.LdapDirectories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? new LdapDirectoryNode(row) : null;
    }

    internal async Task<TenantPlanNode?> FindPlanAsync(Guid tenantId, CancellationToken cancellationToken) =>
        (await plans.FindAsync(caller.Current.Scope, tenantId, cancellationToken))?.Plan is { } plan ? new TenantPlanNode(plan) : null;

    private Guid? Tenant(string? tenant) => tenant is not null
        ? GlobalId.Find(tenant, NodeKind.Tenant)
        : caller.Current.Scope.Tenants is { Count: 1 } one ? one.First() : null;
}
