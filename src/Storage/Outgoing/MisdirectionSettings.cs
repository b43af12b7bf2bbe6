using System.Globalization;
using Platform.Storage.Policies;

namespace Platform.Storage.Outgoing;

/// <summary>What is done where the recipients of a mail look wrong.</summary>
public enum MisdirectionAnswer
{
    Off,

    /// <summary>The sender confirms.</summary>
    Confirm,

    /// <summary>It waits <see cref="MisdirectionSettings.WaitMinutes"/>, and the sender is told.</summary>
    Wait,
}

/// <summary>The settings of the policy over whom mail goes to (OUT6, OUT10, OUT13).</summary>
public static class MisdirectionSettings
{
    /// <summary>How long a mail waits whose recipients look wrong.</summary>
    public const int WaitMinutes = 15;

    private const string None = "none";

    private static readonly string[] s_answers = ["off", "confirm", "wait"];

    /// <summary>A confirmation by default: what is asked about is rarely right, and nothing calls it back once it has left.</summary>
    public static PolicySetting Answer { get; } = new("send.misdirection", PolicyValueKind.Choice, "confirm") { Choices = s_answers };

    /// <summary>Addresses outside in To and Cc, of several organisations, from which on the sender is asked.</summary>
    public static PolicySetting Visible { get; } = new("send.visible-recipients", PolicyValueKind.Number, "10") { Least = 2, Most = 200, Choices = [None] };

    /// <summary>Days for which nothing is sent to whom attacks came from; 0: it is sent.</summary>
    public static PolicySetting AttackerDays { get; } = new("send.attacker-days", PolicyValueKind.Number, "90") { Least = 0, Most = 365 };

    /// <summary>Hours back in which what a stolen account sent to colleagues is marked; 0: none.</summary>
    public static PolicySetting RiskHours { get; } = new("send.risk-hours", PolicyValueKind.Number, "24") { Least = 0, Most = 168 };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [Answer, Visible, AttackerDays, RiskHours];

    public static MisdirectionAnswer MisdirectionOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return (MisdirectionAnswer)Array.IndexOf(s_answers, policy[Answer].Value);
    }

    /// <returns>Null: no number is too many.</returns>
    public static int? MostVisibleOf(this EffectivePolicy policy) => Number(policy, Visible);

    public static TimeSpan AttackersFor(this EffectivePolicy policy) => TimeSpan.FromDays(Number(policy, AttackerDays) ?? 0);

    public static TimeSpan RiskOf(this EffectivePolicy policy) => TimeSpan.FromHours(Number(policy, RiskHours) ?? 0);

    private static int? Number(EffectivePolicy policy, PolicySetting setting)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return int.TryParse(policy[setting].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
