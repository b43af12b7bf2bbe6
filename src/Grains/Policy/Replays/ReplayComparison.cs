using Platform.Engine.Conditions;
using Platform.Engine.Verdicts;
using Platform.Grains.Policy.Rules;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Rules;

namespace Platform.Grains.Policy.Replays;

/// <summary>Decides over a kept verdict twice, by the rules and policy of now and by those that are tried, and counts what differs.</summary>
internal sealed class ReplayComparison
{
    private readonly RuleSet _before;
    private readonly RuleSet _after;
    private readonly Policies _policies;
    private readonly Dictionary<Guid, Policies> _apart;
    private readonly Rule? _subject;
    private readonly Guid? _subjectId;

    public ReplayComparison(ReplayPlan plan)
    {
        _before = Set(plan.Before);
        _after = Set(plan.After);
        _policies = new Policies(new VerdictPolicy(plan.PolicyBefore), new VerdictPolicy(plan.PolicyAfter));
        _apart = plan.Apart.SelectMany(apart => apart.Mailboxes, (apart, mailbox) => (mailbox, policies: new Policies(new VerdictPolicy(apart.Before), new VerdictPolicy(apart.After))))
            .ToDictionary(pair => pair.mailbox, pair => pair.policies);
        _subject = plan.Subject?.Compiled();
        _subjectId = plan.Subject?.Id;
        AsksText = _before.Rules.Concat(_after.Rules).Any(rule => rule.Condition.AsksText) || _subject is { Condition.AsksText: true };
    }

    /// <summary>One of the conditions reads the text of the body.</summary>
    public bool AsksText { get; }

    public ReplayTally Count(ReplayTally tally, StoredVerdict mail)
    {
        var before = new RuleJudge(_before, Facts(mail));
        var after = new RuleJudge(_after, Facts(mail));
        var found = new Found();
        foreach (var delivery in mail.Deliveries)
        {
            var policies = PoliciesOf(delivery);
            found.Add(delivery, before.Decide(delivery.Recipient, policies.Before).Action, after.Decide(delivery.Recipient, policies.After), _subjectId);
        }

        var id = mail.Place.MessageId;
        if (Matches(mail))
            tally = tally with { Matched = tally.Matched.With(id) };
        if (found.Caught)
            tally = tally with { Caught = tally.Caught.With(id) };
        if (found.Caught && (found.CaughtReleased || (mail.Verdict.Kind == VerdictKind.Clean && found.CaughtDelivered)))
            tally = tally with { Wrong = tally.Wrong.With(id), WrongReleased = tally.WrongReleased + (found.CaughtReleased ? 1 : 0) };
        if (found.LetGo)
            tally = tally with { LetGo = tally.LetGo.With(id), LetGoAttacks = tally.LetGoAttacks + (mail.Verdict.Kind.IsAttack() ? 1 : 0) };
        if (found.Changed)
            tally = tally with { Changed = tally.Changed.With(id) };
        return tally with { Withheld = tally.Withheld + (found.Withheld ? 1 : 0), WithoutText = tally.WithoutText + (mail.TextGone ? 1 : 0) };
    }

    private bool Matches(StoredVerdict mail)
    {
        if (_subject is null)
            return mail.Deliveries.Any(delivery => PoliciesOf(delivery).Differ(mail.Verdict.Kind));
        var facts = Facts(mail);
        return _subject.Condition.AsksRecipient ? mail.Deliveries.Any(delivery => _subject.Condition.Holds(facts.For(delivery.Recipient))) : _subject.Condition.Holds(facts);
    }

    private Policies PoliciesOf(StoredFate delivery) => delivery.MailboxId is { } mailbox ? _apart.GetValueOrDefault(mailbox, _policies) : _policies;

    private static ConditionFacts Facts(StoredVerdict mail) => new(mail.Verdict, mail.Envelope, mail.Size);

    private static RuleSet Set(IReadOnlyList<PlannedRule> rules) => new([.. rules.Select(rule => rule.Compiled()).OfType<Rule>()], RuleRevisions.None);

    private static bool Stops(PolicyAction action) => action is PolicyAction.Quarantine or PolicyAction.Reject;

    /// <summary>What is done with each verdict, now and as it is tried.</summary>
    private sealed record Policies(VerdictPolicy Before, VerdictPolicy After)
    {
        public bool Differ(VerdictKind verdict) => Before.For(verdict) != After.For(verdict);
    }

    /// <summary>What differs for the deliveries of one mail.</summary>
    private sealed class Found
    {
        public bool Caught { get; private set; }
        public bool CaughtReleased { get; private set; }
        public bool CaughtDelivered { get; private set; }
        public bool LetGo { get; private set; }
        public bool Changed { get; private set; }
        public bool Withheld { get; private set; }

        public void Add(StoredFate delivery, PolicyAction before, DecisionRecord after, Guid? subject)
        {
            Withheld |= after.Withheld.Any(hit => hit.Id == subject);
            if (before == after.Action)
                return;
            if (!Stops(before) && Stops(after.Action))
            {
                Caught = true;
                CaughtReleased |= delivery.Released;
                // A copy was delivered by the server that sent it here.
                CaughtDelivered |= delivery.State is DeliveryState.Delivered or DeliveryState.Queued or DeliveryState.Inspected;
            }
            else if (Stops(before) && !Stops(after.Action))
            {
                LetGo = true;
            }
            else
            {
                Changed = true;
            }
        }
    }
}
