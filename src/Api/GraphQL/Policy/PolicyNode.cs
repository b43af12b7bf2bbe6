using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Policy;

[Named("Policy")]
[Requires(Permissions.PolicyRead)]
[Description("What a tenant does with mail of each verdict where no group and no mailbox says otherwise.")]
internal sealed class PolicyNode(VerdictPolicy policy)
{
    [Description("One rule for each verdict.")]
    public IReadOnlyList<PolicyRuleNode> Rules => [.. Enum.GetValues<VerdictKind>().Select(kind => new PolicyRuleNode(kind, policy.For(kind)))];
}

[Named("PolicyRule")]
[Requires(Permissions.PolicyRead)]
[Description("What is done with mail of one verdict.")]
internal sealed class PolicyRuleNode(VerdictKind verdict, PolicyAction action)
{
    [Description("The verdict.")]
    public VerdictKind Verdict => verdict;

    [Description("What is done.")]
    public PolicyAction Action => action;
}
