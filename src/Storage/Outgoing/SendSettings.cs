using System.Globalization;
using Platform.Storage.Policies;
using Platform.Storage.Protection;

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

    /// <summary>What of mail to recipients outside is read in the secure reader alone.</summary>
    public static PolicySetting Protect { get; } = new("send.protect", PolicyValueKind.Choice, Off) { Choices = [Off, "locked-files", "files", "mail"] };

    /// <summary>Days for which it can be read.</summary>
    public static PolicySetting ProtectDays { get; } = new("send.protect-days", PolicyValueKind.Number, "30") { Least = 1, Most = 366 };

    /// <summary>Files of more megabytes (10^6 bytes) go to recipients outside as links of the secure reader; 0: none do.</summary>
    public static PolicySetting LargeFiles { get; } = new("send.large-files", PolicyValueKind.Number, "0") { Least = 0, Most = 1_000 };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [Wait, ConfirmHours, Notice, Protect, ProtectDays, LargeFiles];

    public static int WaitOf(this EffectivePolicy policy) => Number(policy, Wait);

    public static int ConfirmHoursOf(this EffectivePolicy policy) => Number(policy, ConfirmHours);

    public static bool TellsSender(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy[Notice].Value != Off;
    }

    public static int ProtectDaysOf(this EffectivePolicy policy) => Number(policy, ProtectDays);

    /// <summary>What the policy protects of mail to somebody outside; null: nothing.</summary>
    public static ProtectForm? ProtectOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var (days, large) = (policy.ProtectDaysOf(), Number(policy, LargeFiles));
        return policy[Protect].Value switch
        {
            "mail" => new ProtectForm(ProtectedExtent.Mail, ViewOnly: false, days),
            "files" => new ProtectForm(ProtectedExtent.Files, ViewOnly: false, days),
            "locked-files" => Locked(days, large),
            _ when large > 0 => new ProtectForm(ProtectedExtent.LargeFiles, ViewOnly: false, days, large * 1_000_000L),
            _ => null,
        };
    }

    private static ProtectForm Locked(int days, int large)
    {
        var locked = new ProtectForm(ProtectedExtent.LockedFiles, ViewOnly: false, days);
        return large > 0 ? locked.And(new ProtectForm(ProtectedExtent.LargeFiles, ViewOnly: false, days, large * 1_000_000L)) : locked;
    }

    private static int Number(EffectivePolicy policy, PolicySetting setting)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return int.Parse(policy[setting].Value, CultureInfo.InvariantCulture);
    }
}
