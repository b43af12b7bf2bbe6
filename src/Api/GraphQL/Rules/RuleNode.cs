using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Conditions;
using Platform.Storage.Directory;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

/// <summary>Whose a rule is.</summary>
internal enum RuleOrigin
{
    Msp,
    Tenant,
}

[Named("Rule")]
[Implements(typeof(INode))]
[Requires(Permissions.PolicyRead)]
[Description("A custom rule: what is done with mail for which its condition holds. Rules are tried in order, those of the MSP first; the first that holds decides.")]
internal sealed class RuleNode(RuleRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Rule, row.Id);

    [Description("Name for people.")]
    public string Name => row.Name;

    [Description("Of which mail it speaks, in the language of docs/rules.md.")]
    public string Condition => row.Condition;

    [Description("What is done. It may always be stricter than the policy; it eases only what happens to mail that is neither malware nor phishing nor on a block list and did not fail authentication.")]
    public PolicyAction Action => row.Action;

    [Description("Whether it is in force.")]
    public bool Enabled => row.Enabled;

    [Description("Its place among the rules of its owner, from 1.")]
    public int Position => row.Position;

    [Description("From 1; grows with each change.")]
    public int Revision => row.Revision;

    [Description("Where it comes from: the tenant itself, or its MSP.")]
    public RuleOrigin Origin => row.MspId is null ? RuleOrigin.Tenant : RuleOrigin.Msp;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it last: 'client:our-siem'.")]
    public string ChangedBy => row.ChangedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is; null when it is the MSP's.")]
    public async Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) =>
        row.TenantId is { } tenant ? await tenants.FindAsync(tenant, cancellationToken) : null;
}

[Named("RuleFact")]
[Requires(Permissions.PolicyRead)]
[Description("Something that a condition may ask of a message.")]
internal sealed class RuleFactNode(FactDescription fact, CallerContext caller)
{
    [Description("As written in a condition: 'from.domain'.")]
    public string Name => fact.Name;

    [Description("What it is compared with.")]
    public ConditionType Type => fact.Type;

    [Description("What it is.")]
    public string Description([Description("By default the language of Accept-Language.")] Language? language) =>
        fact.Says(language.Culture(caller));
}
