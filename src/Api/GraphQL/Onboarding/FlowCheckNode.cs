using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

[Named("FlowCheck")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("A check of a tenant's mail flow, from its domain to a test mail that came through.")]
internal sealed class FlowCheckNode(FlowCheckRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.FlowCheck, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("Where the test mail goes; null: there is no mailbox.")]
    public string? Address => row.Mailbox;

    [Description("'queued', 'running', 'passed' or 'failed'.")]
    public string State => row.State;

    [Description("What was and is being done, in order.")]
    public IReadOnlyList<FlowStepNode> Steps => [.. FlowStep.Read(row.Steps).Select(step => new FlowStepNode(step))];

    [Description("Who asked for it.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("When it ended; null before.")]
    public DateTimeOffset? EndedAt => row.EndedAt;
}

[Named("FlowStep")]
[Requires(Permissions.DirectoryRead)]
[Description("A step of a check of mail flow.")]
internal sealed class FlowStepNode(FlowStep step)
{
    [Description("Which step.")]
    public FlowStepKind Kind => step.Kind;

    [Description("How it stands.")]
    public FlowStepState State => step.State;

    [Description("What was found, to branch on, such as 'mx-elsewhere'; empty before.")]
    public string Finding => step.Code;

    [Description("Name of the step.")]
    public string Title([Description("By default the caller's.")] Language? language, [FromServices] CallerContext caller) => OnboardingNames.Title(step.Kind, language.Culture(caller).Name);

    [Description("What was found, in words.")]
    public string Explanation([Description("By default the caller's.")] Language? language, [FromServices] CallerContext caller) => OnboardingNames.Explain(step, language.Culture(caller).Name);

    [Description("What to do; null where there is nothing to do.")]
    public string? Advice([Description("By default the caller's.")] Language? language, [FromServices] CallerContext caller) => OnboardingNames.Advise(step, language.Culture(caller).Name);

    [Description("When it began.")]
    public DateTimeOffset? StartedAt => step.StartedAt;

    [Description("When it ended.")]
    public DateTimeOffset? EndedAt => step.EndedAt;
}
