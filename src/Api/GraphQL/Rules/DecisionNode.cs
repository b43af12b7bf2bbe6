using System.ComponentModel;
using System.Globalization;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Conditions;
using Platform.Engine.Misdirection;
using Platform.Grains.Policy;
using Platform.Storage.Directory;
using Platform.Storage.Policies;
using Platform.Storage.Rules;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Rules;

[Named("Decision")]
[Requires(Permissions.MessagesRead)]
[Description("Why a delivery went where it went, as it was when it was decided.")]
internal sealed class DecisionNode(DecisionRecord decision)
{
    [Description("What policy and lists do with the verdict where no rule decides.")]
    public PolicyAction PolicyAction => decision.Policy;

    [Description("Where the action for the verdict was set; null where a list decides before it.")]
    public PolicyOriginNode? PolicyOrigin => decision.Origin is { } origin ? new PolicyOriginNode(origin) : null;

    [Description("What was decided.")]
    public PolicyAction Action => decision.Action;

    [Description("The rule that decided; null when the policy did.")]
    public RuleHitNode? Rule => decision.Rule is { } rule ? new RuleHitNode(rule) : null;

    [Description("Rules that hold too but would ease what happens to malware, phishing, what stands on a block list, or a sender that failed authentication.")]
    public IReadOnlyList<RuleHitNode> Withheld => [.. decision.Withheld.Select(hit => new RuleHitNode(hit))];

    [Description("The rules cost more steps than a message may, or what they ask for was not looked through; it was quarantined for a person to look at.")]
    public bool Unfinished => decision.Unfinished;

    [Description("What was found of the recipient of an outgoing mail, whether or not anything followed.")]
    public IReadOnlyList<SendFindingNode> Findings => [.. decision.Findings.Select(finding => new SendFindingNode(finding))];

    [Description("It all in sentences for people.")]
    public string Summary([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller)
    {
        var culture = language.Culture(caller);
        return string.Join(" ", decision.Withheld.Select(hit => RuleText.Withheld(hit.Name, hit.Revision, culture)).Concat(Held(culture)).Prepend(Reason(culture)));
    }

    private string Basis => decision.Basis switch
    {
        DecisionBasis.AllowList => "allowed",
        DecisionBasis.BlockList => "blocked",
        DecisionBasis.MailboxAllow => "owner-allowed",
        DecisionBasis.MailboxBlock => "owner-blocked",
        DecisionBasis.Reported => "reported",
        DecisionBasis.Sender => "sender",
        DecisionBasis.SendingRule => "sending-rule",
        DecisionBasis.SenderBlocked => "sender-blocked",
        DecisionBasis.Recipient => "recipient",
        _ => "policy" + decision.Origin switch
        {
            null or { Level: PolicyLevel.Platform } => "",
            { Level: var level } => "-" + level.ToString().ToLowerInvariant(),
        },
    };

    private IEnumerable<string> Held(CultureInfo culture) => decision.Basis == DecisionBasis.Recipient
        ? decision.Findings.Where(finding => FindingStrength.IsHeld(finding.Kind)).Select(finding => SendFindingText.Render(finding, culture))
        : [];

    private string Reason(CultureInfo culture) => decision switch
    {
        { Unfinished: true } => RuleText.Unfinished(culture),
        { Rule: { } rule } => RuleText.Rule(rule.Name, rule.Revision, PolicyDecision.NameOf(decision.Action), rule.Held, culture),
        _ => RuleText.Policy(decision.Verdict, PolicyDecision.NameOf(decision.Action), Basis, decision.Origin?.Name ?? "", culture),
    };
}

[Named("RuleHit")]
[Requires(Permissions.MessagesRead)]
[Description("A rule that holds for a delivery, as it was then.")]
internal sealed class RuleHitNode(RuleHit hit)
{
    [Id]
    [Description("Id of the rule, which may be gone or changed since.")]
    public string RuleId => GlobalId.Of(NodeKind.Rule, hit.Id);

    [Requires(Permissions.PolicyRead)]
    [Description("The rule as it is now; null when it is gone.")]
    public IDataLoaderResult<RuleNode?> Rule([FromServices] PolicyLoaders loaders) => loaders.Rule(hit.Id);

    [Description("Its name.")]
    public string Name => hit.Name;

    [Description("Its revision.")]
    public int Revision => hit.Revision;

    [Description("Where it came from.")]
    public RuleOrigin Origin => hit.FromMsp ? RuleOrigin.Msp : RuleOrigin.Tenant;

    [Description("The part of its condition that made it hold.")]
    public string Held => hit.Held;
}
