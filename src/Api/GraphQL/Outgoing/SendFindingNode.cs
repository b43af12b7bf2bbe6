using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Misdirection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

internal sealed class SendFindingKindEnum : EnumerationGraphType
{
    public SendFindingKindEnum()
    {
        Name = "SendFindingKind";
        Description = "What may be wrong with whom an outgoing mail goes to.";
        Add("LOOK_ALIKE_DOMAIN", SendFindingKind.LookAlikeDomain, "The recipient's domain is a slip of the finger or a confusable letter away from a known one.");
        Add("NEW_AMONG_KNOWN", SendFindingKind.NewAmongKnown, "The mailbox never wrote to the recipient, but to others of the same mail.");
        Add("JOINED_THREAD", SendFindingKind.JoinedThread, "The conversation never had the recipient, nor anybody of its domain.");
        Add("KNOWN_ELSEWHERE", SendFindingKind.KnownElsewhere, "The mailbox writes to the same name at another domain.");
        Add("MANY_VISIBLE", SendFindingKind.ManyVisible, "Many people of several organisations see each other's addresses.");
        Add("MISNAMED_FILE", SendFindingKind.MisnamedFile, "A file's name says that it is for another organisation.");
        Add("MISNAMED_GREETING", SendFindingKind.MisnamedGreeting, "The greeting names another organisation.");
        Add("KNOWN_ATTACKER", SendFindingKind.KnownAttacker, "Attacks came from the recipient lately.");
        Add("BLOCK_LISTED", SendFindingKind.BlockListed, "The recipient stands on a block list.");
        Add("PARTNER_LOOK_ALIKE", SendFindingKind.PartnerLookAlike, "The recipient's domain looks like a partner's, and was made to, or came into the conversation from outside.");
    }
}

[Named("SendFinding")]
[Requires(Permissions.MessagesRead)]
[Description("Something found of whom an outgoing mail goes to; see docs/outgoing.md.")]
internal sealed class SendFindingNode(SendFinding finding)
{
    [Description("What.")]
    public SendFindingKind Kind => finding.Kind;

    [Description("The recipient it is about; null: the mail as a whole.")]
    public string? Recipient => finding.Recipient;

    [Description("What speaks for it, sorted by name: 'known' is the domain or address that was meant.")]
    public IReadOnlyList<SendEvidenceNode> Evidence => [.. finding.Evidence.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new SendEvidenceNode(one.Key, one.Value))];

    [Description("It all in a sentence. Hostile text: it quotes the mail.")]
    public string Text([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) => SendFindingText.Render(finding, language.Culture(caller));
}

[Named("SendEvidence")]
[Requires(Permissions.MessagesRead)]
[Description("One piece of what speaks for a finding.")]
internal sealed class SendEvidenceNode(string name, string value)
{
    [Description("What it is: domain, known, count.")]
    public string Name => name;

    [Description("Its value. Hostile text.")]
    public string Value => value;
}
