using System.Collections.Frozen;
using System.Globalization;
using Platform.Engine.Verdicts;
using Platform.Storage.Policies;

namespace Platform.Storage.Quarantine;

/// <summary>The settings of the policy that say what people may do with their held mail, and when they are told of it (QUA2).</summary>
public static class QuarantineSettings
{
    private const string Off = "off";

    private static readonly FrozenDictionary<VerdictKind, PolicySetting> Rights = Enum.GetValues<VerdictKind>().ToFrozenDictionary(
        kind => kind,
        kind => new PolicySetting("rights." + kind.ToString().ToLowerInvariant(), PolicyValueKind.Rights, QuarantineRightNames.Write(DefaultOf(kind)))
        {
            Choices = [.. QuarantineRightNames.All.Select(right => right.Name)],
        });

    public static PolicySetting Schedule { get; } = new("digest.schedule", PolicyValueKind.Choice, Off) { Choices = [Off, "immediate", "4-hours", "daily", "weekly"] };

    /// <summary>Of the day, in the zone, for the daily and the weekly digest.</summary>
    public static PolicySetting Hour { get; } = new("digest.hour", PolicyValueKind.Choice, "8")
    {
        Choices = [.. Enumerable.Range(0, 24).Select(hour => hour.ToString(CultureInfo.InvariantCulture))],
    };

    public static PolicySetting Zone { get; } = new("digest.zone", PolicyValueKind.TimeZone, "Asia/Tokyo") { MaxLength = 60 };

    public static PolicySetting Language { get; } = new("digest.language", PolicyValueKind.Choice, "auto") { Choices = ["auto", "ja", "en"] };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [.. Enum.GetValues<VerdictKind>().Select(kind => Rights[kind]), Schedule, Hour, Zone, Language];

    /// <param name="verdict">Null: it could not be inspected, and so may be anything.</param>
    public static PolicySetting RightsFor(VerdictKind? verdict) => Rights[verdict ?? VerdictKind.Malware];

    public static QuarantineRights RightsOf(this EffectivePolicy policy, VerdictKind? verdict)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return QuarantineRightNames.Read(policy[RightsFor(verdict)].Value) ?? QuarantineRights.None;
    }

    /// <summary>The same as a rhythm of <see cref="DigestOf"/>, for asking many.</summary>
    public static bool TellsOfHeldMail(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy[Schedule].Value != Off;
    }

    public static DigestSchedule DigestOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new DigestSchedule(
            policy[Schedule].Value switch
            {
                "immediate" => DigestRhythm.Immediate,
                "4-hours" => DigestRhythm.FourHours,
                "daily" => DigestRhythm.Daily,
                "weekly" => DigestRhythm.Weekly,
                _ => DigestRhythm.Off,
            },
            int.Parse(policy[Hour].Value, CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(policy[Zone].Value),
            policy[Language].Value is "auto" ? null : policy[Language].Value);
    }

    // What did no harm yet people release themselves; what may do harm they ask for.
    private static QuarantineRights DefaultOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Malware => QuarantineRights.Headers | QuarantineRights.Request,
        VerdictKind.Phishing => QuarantineRights.Headers | QuarantineRights.Request | QuarantineRights.Delete,
        VerdictKind.Suspicious => QuarantineRights.Headers | QuarantineRights.Preview | QuarantineRights.Request | QuarantineRights.Delete | QuarantineRights.List,
        _ => QuarantineRights.Headers | QuarantineRights.Preview | QuarantineRights.Download | QuarantineRights.Release | QuarantineRights.Delete | QuarantineRights.List,
    };
}
