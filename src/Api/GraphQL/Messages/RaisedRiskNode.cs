using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Misdirection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("RaisedRisk")]
[Requires(Permissions.MessagesRead)]
[Description("Why a mail that has arrived is worth a second look; see docs/sending.md.")]
internal sealed class RaisedRiskNode(string reason, DateTimeOffset at)
{
    [Description("Stable name: 'sender-stolen', the colleague's mailbox that sent it was blocked from sending afterwards.")]
    public string Reason => reason;

    [Description("Since when.")]
    public DateTimeOffset At => at;

    [Description("In a sentence.")]
    public string Text([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) => SendFindingText.Risk(reason, language.Culture(caller));
}
