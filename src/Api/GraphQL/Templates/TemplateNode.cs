using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;
using Platform.Storage.Templates;

namespace Platform.Api.GraphQL.Templates;

[Named("PolicyTemplate")]
[Implements(typeof(INode))]
[Requires(Permissions.TemplatesRead)]
[Description("A named set of values of the policy that an MSP applies to tenants of its own.")]
internal sealed class TemplateNode(PolicyTemplateRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.PolicyTemplate, row.Id);

    [Description("Name for people, unique for the MSP, case not regarded.")]
    public string Name => row.Name;

    [Description("What it is for, in your words.")]
    public string Description => row.Description;

    [Description("What it sets for each tenant.")]
    public IReadOnlyList<TemplateValueNode> Values => [.. TemplateJson.ReadValues(row.ValuesJson).Select(value => new TemplateValueNode(value))];

    [Description("Which tenants it is for.")]
    public TemplateCoverage Coverage => row.Coverage;

    [Id]
    [Description("Ids of the tenants that it names: those it is for, or, where it is for all, those that it is not for.")]
    public IReadOnlyList<string> NamedTenants => [.. TemplateJson.ReadTenants(row.Tenants).Select(id => GlobalId.Of(NodeKind.Tenant, id))];

    [Description("The tenants that it is for, by short name, each with what applying it now would change: its drift and the preview of an application.")]
    public Task<Connection<TenantDifferencesNode>> Tenants(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [FromServices] TemplateQueries queries,
        CancellationToken cancellationToken) => queries.DifferencesAsync(row, first, after, cancellationToken);

    [Description("Its last application; null: it was never applied.")]
    public Task<TemplateApplicationNode?> LastApplication([FromServices] TemplateQueries queries, CancellationToken cancellationToken) => queries.LastApplicationAsync(row.Id, cancellationToken);

    [Description("From 1; grows with each change.")]
    public int Revision => row.Revision;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it.")]
    public string ChangedBy => row.ChangedBy;
}

[Named("TemplateValue")]
[Requires(Permissions.TemplatesRead)]
[Description("A value that a template sets.")]
internal sealed class TemplateValueNode(TemplateValue value)
{
    [Description("Key of the setting: 'action.spam'.")]
    public string Setting => value.Setting;

    [Description("The value.")]
    public string Value => value.Value;

    [Description("Neither the tenant nor its groups and mailboxes can change it.")]
    public bool Locked => value.Locked;
}

[Named("TemplateTenant")]
[Requires(Permissions.TemplatesRead)]
[Description("A tenant that a template is for, and how far it is from it.")]
internal sealed class TenantDifferencesNode(TenantDifferences tenant)
{
    [Requires(Permissions.DirectoryRead)]
    [Description("The tenant.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(tenant.TenantId, cancellationToken);

    [Description("It has what the template says.")]
    public bool InStep => tenant.Differences.Count == 0;

    [Description("What differs; applying the template sets it.")]
    public IReadOnlyList<TemplateDifferenceNode> Differences => [.. tenant.Differences.Select(difference => new TemplateDifferenceNode(difference))];
}

[Named("TemplateDifference")]
[Requires(Permissions.TemplatesRead)]
[Description("What a tenant has set otherwise than the template says.")]
internal sealed class TemplateDifferenceNode(TemplateDifference difference)
{
    [Description("Key of the setting.")]
    public string Setting => difference.Setting;

    [Description("Why it differs.")]
    public TemplateDifferenceKind Kind => difference.Kind;

    [Description("What the template says; null: it no longer has the setting.")]
    public TemplateValueNode? Wanted => difference.Wanted is { } wanted ? new TemplateValueNode(wanted) : null;

    [Description("What the tenant has set; null: nothing.")]
    public string? Value => difference.Value;

    [Description("What the tenant has set is locked.")]
    public bool Locked => difference.Locked;

    [Description("When the tenant's value was last changed; null: it was never set.")]
    public DateTimeOffset? Since => difference.Since;

    [Description("Who changed it.")]
    public string? By => difference.By;
}

[Named("TemplateApplication")]
[Requires(Permissions.TemplatesRead)]
[Description("One application of a template.")]
internal sealed class TemplateApplicationNode(TemplateApplicationRow row)
{
    [Description("The template's revision that was applied.")]
    public int Revision => row.Revision;

    [Description("How many tenants it changed.")]
    public int ChangedTenants => row.Tenants;

    [Description("When.")]
    public DateTimeOffset AppliedAt => row.AppliedAt;

    [Description("By whom.")]
    public string AppliedBy => row.AppliedBy;

    [Description("When it was undone; null: it was not.")]
    public DateTimeOffset? UndoneAt => row.UndoneAt;

    [Description("Who undid it.")]
    public string? UndoneBy => row.UndoneBy;
}
