using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Onboarding;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Onboarding;

[Named("DomainClaim")]
[Implements(typeof(INode))]
[Requires(Permissions.DirectoryRead)]
[Description("A tenant's claim to a domain, and the DNS record that proves it.")]
internal sealed class DomainClaimNode(DomainClaimRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.DomainClaim, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Id]
    [Description("Id of the domain; null before it is proven.")]
    public string? DomainId => row.State == DomainClaimState.Proven ? GlobalId.Of(NodeKind.Domain, row.Id) : null;

    [Description("Name of the domain in lower case, A-labels.")]
    public string Name => row.Name;

    [Description("How far it is.")]
    public DomainClaimState State => row.State;

    [Description("Name of the record to publish.")]
    public string RecordName => DomainProof.RecordName(row.Name);

    [Description("Its type.")]
    public string RecordType { get; } = "TXT";

    [Description("What it must hold.")]
    public string RecordValue => DomainProof.RecordValue(row.Token);

    [Description("What the last look found wrong; null before it and when it is proven.")]
    public DomainProblem? Problem => row.Problem;

    [Description("How it stands and what to do, in words.")]
    public string Explanation(
        [Description("By default the caller's.")] Language? language, [FromServices] CallerContext caller) => OnboardingNames.Explain(row, language.Culture(caller).Name);

    [Description("When it was looked for last.")]
    public DateTimeOffset? CheckedAt => row.CheckedAt;

    [Description("When it is looked for next by itself.")]
    public DateTimeOffset? NextCheckAt => row.DueAt;

    [Description("When it was claimed.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Since when the domain is the tenant's.")]
    public DateTimeOffset? ProvenAt => row.ProvenAt;
}
