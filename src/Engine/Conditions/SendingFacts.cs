namespace Platform.Engine.Conditions;

/// <summary>What is known of outgoing mail and of no other.</summary>
/// <param name="Groups">Names of the groups of the mailbox that sends it.</param>
/// <param name="Outside">The recipients that are none of the tenant's mailboxes.</param>
/// <param name="Time">When it was sent, in the time zone of the tenant.</param>
public sealed record SendingFacts(IReadOnlyList<string> Groups, IReadOnlySet<string> Outside, DateTimeOffset Time)
{
    public static SendingFacts None { get; } = new([], new HashSet<string>(), DateTimeOffset.UnixEpoch);
}
