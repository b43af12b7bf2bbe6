using Platform.Engine.Misdirection;

namespace Platform.Engine.Conditions;

/// <summary>What is known of outgoing mail and of no other.</summary>
/// <param name="Groups">Names of the groups of the mailbox that sends it.</param>
/// <param name="Outside">The recipients that are none of the tenant's mailboxes.</param>
/// <param name="Time">When it was sent, in the time zone of the tenant.</param>
public sealed record SendingFacts(IReadOnlyList<string> Groups, IReadOnlySet<string> Outside, DateTimeOffset Time)
{
    public static SendingFacts None { get; } = new([], new HashSet<string>(), DateTimeOffset.UnixEpoch);

    /// <summary>What was found of whom it goes to.</summary>
    public IReadOnlyList<SendFinding> Findings { get; init; } = [];

    /// <summary>Addresses outside of the tenant that all recipients see.</summary>
    public int Visible { get; init; }

    internal bool HasLookAlike(IReadOnlyList<string> recipients) => Has(recipients, SendFindingKind.LookAlikeDomain, SendFindingKind.PartnerLookAlike);

    internal bool HasUnusual(IReadOnlyList<string> recipients) => Has(recipients, SendFindingKind.NewAmongKnown, SendFindingKind.JoinedThread, SendFindingKind.KnownElsewhere);

    internal bool IsMisnamed => Findings.Any(finding => finding.Kind is SendFindingKind.MisnamedFile or SendFindingKind.MisnamedGreeting);

    private bool Has(IReadOnlyList<string> recipients, params ReadOnlySpan<SendFindingKind> kinds)
    {
        foreach (var finding in Findings)
        {
            if (kinds.Contains(finding.Kind) && recipients.Any(finding.IsAbout))
                return true;
        }

        return false;
    }
}
