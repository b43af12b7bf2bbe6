using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Policy.Replays;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SendRules;

[Named("SendRule")]
[Implements(typeof(INode))]
[Requires(Permissions.PolicyRead)]
[Description("A sending rule: what outgoing mail passes for which its condition holds. Rules are tried in order, those of the MSP first, and all that hold count.")]
internal sealed class SendRuleNode(SendRuleRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.SendRule, row.Id);

    [Description("Name for people.")]
    public string Name => row.Name;

    [Description("Of which mail it speaks, in the language of docs/rules.md.")]
    public string Condition => row.Condition;

    [Description("What it does.")]
    public IReadOnlyList<SendActionNode> Actions => SendActions.TryRead(row.Action, out var actions) ? [.. actions.Select(action => new SendActionNode(action))] : [];

    [Description("Whether it is in force.")]
    public bool Enabled => row.Enabled;

    [Description("Its place among the sending rules of its owner, from 1.")]
    public int Position => row.Position;

    [Description("From 1; grows with each change.")]
    public int Revision => row.Revision;

    [Description("Where it comes from: the tenant itself, or its MSP.")]
    public RuleOrigin Origin => row.MspId is null ? RuleOrigin.Tenant : RuleOrigin.Msp;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => row.ChangedBy;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is; null when it is the MSP's.")]
    public async Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) =>
        row.TenantId is { } tenant ? await tenants.FindAsync(tenant, cancellationToken) : null;
}

[Named("SendRuleTemplate")]
[Requires(Permissions.PolicyRead)]
[Description("A sending rule to begin with.")]
internal sealed class SendRuleTemplateNode(SendRuleTemplate template, string name)
{
    [Description("Stable name.")]
    public string Key => template.Key;

    [Description("Name for people, in the language asked for.")]
    public string Name => name;

    [Description("Of which mail it speaks, in the language of docs/rules.md.")]
    public string Condition => template.Condition;

    [Description("What it does. An approval asks for a chain: name one of the tenant's.")]
    public IReadOnlyList<SendActionKind> Actions => template.Actions;

    [Description("Minutes of its wait; null where it has none.")]
    public int? Minutes => template.Minutes;
}

[Named("SendRuleTrial")]
[Requires(Permissions.PolicyRead)]
[Description("What the condition of a sending rule would have held for.")]
internal sealed class SendRuleTrialNode(SendRuleTrial trial, Outcome outcome)
{
    [Description("Mails that were examined.")]
    public int Examined => trial.Examined;

    [Description("Of those, mails for which it holds for one recipient at least.")]
    public int Matched => trial.Matched;

    [Id]
    [Description("Ids of the newest 50 of those.")]
    public IReadOnlyList<string> MessageIds => [.. trial.First.Select(message => GlobalId.Of(NodeKind.Message, message))];

    [Description("Mails whose text it asks for, which is gone.")]
    public int WithoutText => trial.WithoutText;

    [Description("Why the condition could not be tried; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;
}
