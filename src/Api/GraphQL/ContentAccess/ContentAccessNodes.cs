using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.ContentAccess;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.ContentAccess;

[Named("ContentAccess")]
[Requires(Permissions.PolicyRead)]
[Description("What a tenant asks of whoever opens another person's mail. People always give a reason.")]
internal sealed class ContentAccessNode(ContentAccessRules rules)
{
    [Description("API clients give a reason too.")]
    public bool ReasonOfClients => rules.ReasonOfClients;

    [Description("A second person approves each opening, for all who give a reason.")]
    public bool FourEyes => rules.FourEyes;
}

[Named("ContentRequest")]
[Requires(Permissions.MessagesContent)]
[Description("A wish to open one message, and what a second person said to it.")]
internal sealed class ContentRequestNode(ContentRequestRow row)
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ContentRequest, row.Id);

    [Id]
    [Description("Id of the message.")]
    public string MessageId => GlobalId.Of(NodeKind.Message, row.MessageId);

    [Description("Why.")]
    public string Reason => row.Reason;

    [Description("Who asks.")]
    public string RequestedBy => row.RequestedBy;

    [Description("When.")]
    public DateTimeOffset RequestedAt => row.RequestedAt;

    [Description("'waiting', 'granted' or 'refused'.")]
    public string State => row.State;

    [Description("Who decided; null while nobody has.")]
    public string? DecidedBy => row.DecidedBy;

    [Description("When.")]
    public DateTimeOffset? DecidedAt => row.DecidedAt;

    [Description("Until when the one who asked may open the message.")]
    public DateTimeOffset? GrantedUntil => row.GrantedUntil;
}
