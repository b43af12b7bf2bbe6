using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.GraphQL.Support;

[Named("SupportGrant")]
[Implements(typeof(INode))]
[Requires(Permissions.AccessGrant)]
[Description("Access that the platform's support staff asked a tenant for, and what became of it.")]
internal sealed class SupportGrantNode(SupportGrantRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.SupportGrant, row.Id);

    [Description("Who asks.")]
    public string StaffName => row.AccountName;

    [Description("Mail address of the one who asks.")]
    public string StaffAddress => row.AccountAddress;

    [Description("Its name on the audit log while it is let in.")]
    public string Actor => AccountScopes.SupportPrefix + row.AccountId;

    [Description("Why, in its own words.")]
    public string Reason => row.Reason;

    [Description("What it may do.")]
    public SupportLevel Level => row.Level;

    [Description("It may open messages, too.")]
    public bool IncludesContent => row.IncludesContent;

    [Description("For how many hours from the moment it is granted.")]
    public int Hours => row.Hours;

    [Description("How things stand. What is past its end holds no more, even where this still says GRANTED for a moment.")]
    public SupportState State => row.State;

    [Description("When it was asked for.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("When it was granted or refused.")]
    public DateTimeOffset? DecidedAt => row.DecidedAt;

    [Description("Who granted or refused it.")]
    public string? DecidedBy => row.DecidedBy;

    [Description("When what is granted ends, or the request lapses; null once it is over.")]
    public DateTimeOffset? Until => row.DueAt;

    [Description("When it ended.")]
    public DateTimeOffset? EndedAt => row.EndedAt;

    [Description("Who ended it before its time.")]
    public string? EndedBy => row.EndedBy;
}

[Named("SupportRequest")]
[AnyClient]
[Description("A request as the support staff that made it sees it.")]
internal sealed class SupportRequestNode(SupportGrantRow row)
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.SupportGrant, row.Id);

    [Id]
    [Description("Id of the tenant, in reach while the access is in force.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("Why.")]
    public string Reason => row.Reason;

    [Description("What was asked for.")]
    public SupportLevel Level => row.Level;

    [Description("Messages may be opened, too.")]
    public bool IncludesContent => row.IncludesContent;

    [Description("For how many hours.")]
    public int Hours => row.Hours;

    [Description("How things stand.")]
    public SupportState State => row.State;

    [Description("When it was asked for.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("When what is granted ends, or the request lapses; null once it is over.")]
    public DateTimeOffset? Until => row.DueAt;
}
