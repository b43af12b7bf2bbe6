using Platform.Storage.Policies;

namespace Platform.Storage.Tracking;

/// <summary>Which place is kept of who opens a mail. The names are stored.</summary>
public enum TrackedPlace
{
    /// <summary>None, and no network.</summary>
    None,

    /// <summary>Country and network.</summary>
    Country,

    /// <summary>Country, region and network.</summary>
    Region,
}

/// <summary>The settings of the policy that say whether a sender learns when its mail is opened (OUT9).</summary>
public static class TrackingSettings
{
    private const string Off = "off";
    private static readonly string[] s_places = ["none", "country", "region"];

    /// <summary>Whether each recipient outside gets a copy with a picture of its own.</summary>
    public static PolicySetting Tracking { get; } = new("send.tracking", PolicyValueKind.Choice, Off) { Choices = [Off, "pixel"] };

    /// <summary>The place that is kept.</summary>
    public static PolicySetting Place { get; } = new("send.tracking-place", PolicyValueKind.Choice, "country") { Choices = s_places };

    /// <summary>Whether the copy tells its reader.</summary>
    public static PolicySetting Notice { get; } = new("send.tracking-notice", PolicyValueKind.Choice, "on") { Choices = ["on", Off] };

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [Tracking, Place, Notice];

    public static bool TracksBy(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy[Tracking].Value != Off;
    }

    public static TrackedPlace TrackedPlaceOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return (TrackedPlace)Array.IndexOf(s_places, policy[Place].Value);
    }

    public static bool TellsReader(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy[Notice].Value != Off;
    }
}
