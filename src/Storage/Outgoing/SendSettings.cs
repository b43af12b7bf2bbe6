using System.Globalization;
using Platform.Storage.Policies;

namespace Platform.Storage.Outgoing;

/// <summary>The settings of the policy that say how long what a mailbox sends may be called back (OUT4).</summary>
public static class SendSettings
{
    private const string Off = "off";

    /// <summary>Minutes in which the sender may cancel; 0: it goes at once.</summary>
    public static PolicySetting Wait { get; } = new("send.wait", PolicyValueKind.Number, "0") { Least = 0, Most = 1_440 };

    /// <summary>Hours in which the sender confirms what it was warned of; then it is cancelled.</summary>
    public static PolicySetting ConfirmHours { get; } = new("send.confirm-hours", PolicyValueKind.Number, "24") { Least = 1, Most = 168 };

    /// <summary>Whether the sender is told by mail what waits. What it must confirm it is always told.</summary>
    public static PolicySetting Notice { get; } = new("send.notice", PolicyValueKind.Choice, "summary") { Choices = ["summary", Off] };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [Wait, ConfirmHours, Notice];

    public static int WaitOf(this EffectivePolicy policy) => Number(policy, Wait);

    public static int ConfirmHoursOf(this EffectivePolicy policy) => Number(policy, ConfirmHours);

    public static bool TellsSender(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy[Notice].Value != Off;
    }

    private static int Number(EffectivePolicy policy, PolicySetting setting)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return int.Parse(policy[setting].Value, CultureInfo.InvariantCulture);
    }
}
