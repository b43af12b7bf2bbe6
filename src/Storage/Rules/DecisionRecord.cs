using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Policies;

namespace Platform.Storage.Rules;

/// <summary>Why a delivery went where it went, kept with it: what policy alone would have done, which rule decided, and at which revision of the rules.</summary>
/// <param name="Verdict">Of the message.</param>
/// <param name="Policy">What is done with the verdict where no rule decides.</param>
/// <param name="Action">What is done with the delivery.</param>
/// <param name="Revisions">Of the rules that were tried.</param>
public sealed record DecisionRecord(VerdictKind Verdict, PolicyAction Policy, PolicyAction Action, RuleRevisions Revisions)
{
    public const int MaxWithheld = 10;
    public const int MaxFindings = 20;

    /// <summary>Whence <see cref="Policy"/> comes.</summary>
    public DecisionBasis Basis { get; init; }

    /// <summary>Where the action for the verdict was set; null where a list decides before it, and in decisions of older versions.</summary>
    public PolicyOrigin? Origin { get; init; }

    /// <summary>The rule that decided; null when the policy did.</summary>
    public RuleHit? Rule { get; init; }

    /// <summary>Rules that hold but would ease what must not be eased; the first <see cref="MaxWithheld"/>.</summary>
    public IReadOnlyList<RuleHit> Withheld { get; init => field = value ?? []; } = [];

    /// <summary>The rules cost more steps than a message may, or what they ask for was not looked through; it was quarantined for a person to look at.</summary>
    public bool Unfinished { get; init; }

    /// <summary>What was found of whom an outgoing mail goes to, whether or not anything followed; empty of mail that comes in.</summary>
    public IReadOnlyList<SendFinding> Findings { get; init => field = value ?? []; } = [];
}

/// <summary>What decides where no rule does.</summary>
public enum DecisionBasis
{
    /// <summary>The tenant's action for the verdict.</summary>
    Verdict,

    /// <summary>An allow list, for unwanted mail (DET10).</summary>
    AllowList,

    /// <summary>A block list: at least quarantine.</summary>
    BlockList,

    /// <summary>The owner of the mailbox blocked the sender: at least quarantine.</summary>
    MailboxBlock,

    /// <summary>The owner of the mailbox allowed the sender, for unwanted mail (DET10).</summary>
    MailboxAllow,

    /// <summary>Somebody reported it as a missed attack, and the report was confirmed: held whatever the verdict says.</summary>
    Reported,

    /// <summary>Mail of an account that says to be from somebody else: refused, or held where it is too late to say so.</summary>
    Sender,

    /// <summary>A sending rule holds or blocks it (OUT5).</summary>
    SendingRule,

    /// <summary>The mailbox that sends it was blocked before it left, since it may be stolen: held.</summary>
    SenderBlocked,

    /// <summary>Nothing goes to the recipient before an administrator says so (OUT10); <see cref="DecisionRecord.Findings"/> say why.</summary>
    Recipient,
}

/// <param name="Held">The part of the condition that made it hold.</param>
public sealed record RuleHit(Guid Id, string Name, int Revision, bool FromMsp, string Held);

/// <summary>How often the rules of a tenant and of its MSP were changed.</summary>
public sealed record RuleRevisions(long Tenant, long Msp)
{
    public static RuleRevisions None { get; } = new(0, 0);
}
