using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Deliveries;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Reports;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Reports;

[Named("Report")]
[Implements(typeof(INode))]
[Requires(Permissions.MessagesRead)]
[Description("Somebody says that a verdict is wrong.")]
internal sealed class ReportNode(ReportRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Report, row.Id);

    [Id]
    [Description("Id of the tenant.")]
    public string TenantId => GlobalId.Of(NodeKind.Tenant, row.TenantId);

    [Description("In which way.")]
    public ReportKind Kind => row.Kind;

    [Description("How it came.")]
    public ReportVia Via => row.Via;

    [Description("The mail it is about; when that is not kept here, the mail that carried it. Null when out of reach.")]
    public IDataLoaderResult<MessageNode?> Message([FromServices] MessageLoaders loaders) => loaders.Message(row.MessageId);

    [Description("The delivery that the person has, or was kept from; null when the mail is not kept here.")]
    public IDataLoaderResult<DeliveryNode?> Delivery([FromServices] MessageLoaders loaders) => loaders.Delivery(row.DeliveryId ?? Guid.Empty);

    [Description("The verdict at the time of the report; null where there was none.")]
    public VerdictKind? Verdict => row.Verdict;

    [Description("In the words of the person; may be empty.")]
    public string Comment => row.Comment;

    [Description("Who reports.")]
    public string ReportedBy => row.ReportedBy;

    [Description("When.")]
    public DateTimeOffset ReportedAt => row.ReportedAt;

    [Description("What became of it.")]
    public ReportState State => row.State;

    [Description("Who decided; null while nobody has.")]
    public string? DecidedBy => row.DecidedBy;

    [Description("When.")]
    public DateTimeOffset? DecidedAt => row.DecidedAt;

    [Description("What the one who decided says.")]
    public string? DecisionNote => row.DecisionNote;

    [Description("Deliveries of the same mail that the decision held.")]
    public int Held => row.Held;

    [Description("Deliveries of the same mail that the decision released.")]
    public int Released => row.Released;

    [Description("The decision put the sender on a list of the tenant.")]
    public bool Listed => row.Listed;
}
