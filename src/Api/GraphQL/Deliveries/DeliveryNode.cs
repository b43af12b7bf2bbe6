using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Protection;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Quarantine;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Tracking;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Quarantine;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Deliveries;

[Named("Delivery")]
[Implements(typeof(INode))]
[Requires(Permissions.MessagesRead)]
[Description("One message for one recipient.")]
internal sealed class DeliveryNode(DeliveryRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.Delivery, row.Id);

    [Description("Address it goes to.")]
    public string Recipient => row.Recipient;

    [Requires(Permissions.DirectoryRead)]
    [Description("The mailbox of the recipient; null when it is none of the tenant's, or gone.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] MailboxLoaders mailboxes) => mailboxes.Mailbox(row.MailboxId ?? Guid.Empty);

    [Description("Where it stands.")]
    public DeliveryState State => row.State;

    [Description("The policy action that led here: 'deliver', 'tag', 'quarantine', 'reject'.")]
    public string? Action => row.Action;

    [Description("Why: the policy or the rule that decided; null before inspection.")]
    public DecisionNode? Decision => row.DecisionJson is { } json ? new DecisionNode(RuleJson.ReadDecision(json)) : null;

    [Description("Whether it can be called back; null for mail that no mailbox of the tenant sends.")]
    public RecallLabel? Recall => row.SenderMailboxId is null ? null : Storage.Outgoing.Recall.Of(row.State, SendJson.ReadForm(row.FormJson));

    [Description("What is left to do before it leaves, the stage it is in first; of held mail, the approvals that its release asks for. Empty: nothing.")]
    public IReadOnlyList<SendStageNode> Stages => [.. (SendJson.FindPlan(row.PlanJson) ?? SendPlan.AtOnce).Stages.Select(stage => new SendStageNode(stage))];

    [Description("What the recipient reads in the secure reader alone; null: nothing.")]
    public IDataLoaderResult<ProtectionNode?> Protection([FromServices] ProtectionLoaders loaders) => loaders.OfDelivery(row.Id);

    [Description("A copy that a sending rule asks for, unseen by the others; 'decision' names the rule.")]
    public bool IsCopy => row.IsCopy;

    [Description("How often the relay tried.")]
    public int Attempts => row.Attempts;

    [Description("When the relay tries next, or the stage it is in ends by itself; null when nothing is to be done.")]
    public DateTimeOffset? DueAt => row.DueAt;

    [Description("When it last moved.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("The next hop's last reply, or what went wrong.")]
    public string? LastStatus => row.LastStatus;

    [Description("Who released it.")]
    public string? ReleasedBy => row.ReleasedBy;

    [Description("What the owner of its mailbox may do with it, by the policy of the mailbox for its verdict.")]
    public IDataLoaderResult<IReadOnlyList<QuarantineRights>> Rights([FromServices] RightsLoader rights) => rights.Of(row);

    [Description("How often, when and whence its recipient opened it; null: it is not tracked, or the tenant keeps its MSP from its messages.")]
    public IDataLoaderResult<DeliveryReadsNode?> Reads([FromServices] ReadLoader reads) => reads.Of(row.Id);

    [Description("The message.")]
    public IDataLoaderResult<MessageNode?> Message([FromServices] MessageLoaders loaders) => loaders.Message(row.MessageId);
}
