using System.Globalization;
using Platform.Storage.Policies;

namespace Platform.Storage.Sending;

/// <summary>How long a window of a limit is.</summary>
public enum SendPeriod
{
    Minute,
    Hour,
    Day,
}

/// <summary>What a limit counts.</summary>
public enum SendMeasure
{
    Messages,
    Recipients,

    /// <summary>Recipients within the tenant.</summary>
    Inside,

    /// <summary>Recipients who are none of the tenant's mailboxes.</summary>
    Outside,

    /// <summary>Recipients to whom the mailbox never sent before.</summary>
    New,
}

/// <summary>What follows for a mailbox that is blocked, beside that it sends nothing.</summary>
public enum SendBlockEnds
{
    /// <summary>Nothing else.</summary>
    Nothing,

    /// <summary>Its open sessions of submission.</summary>
    Sessions,

    /// <summary>Its sessions, and its app passwords for good.</summary>
    AppPasswords,
}

/// <summary>
/// The settings of the policy that bound what is sent (OUT3). Limits of an account count what that one mailbox sends, wherever they are
/// set. A total counts what all mailboxes of the place send at which it is set: of the group, or of the tenant.
/// </summary>
public static class SendLimitSettings
{
    public const string None = "none";

    public const int Most = 1_000_000;

    private const int LongestBlock = 30 * 24 * 60;

    private static readonly string[] s_ends = ["none", "sessions", "app-passwords"];

    private static readonly IReadOnlyList<SendMeasure> s_totals = [SendMeasure.Messages, SendMeasure.Recipients, SendMeasure.Outside];

    /// <summary>Minutes for which an account that exceeds a limit sends nothing.</summary>
    public static PolicySetting BlockMinutes { get; } = new("send.block.minutes", PolicyValueKind.Number, "60") { Least = 1, Most = LongestBlock };

    /// <summary>What ends with the block.</summary>
    public static PolicySetting BlockEnds { get; } = new("send.block.ends", PolicyValueKind.Choice, "sessions") { Choices = s_ends };

    /// <summary>Of an account, from the shortest window to the longest.</summary>
    public static IReadOnlyList<SendLimitSetting> Accounts { get; } =
    [
        .. from period in Enum.GetValues<SendPeriod>()
           from measure in Enum.GetValues<SendMeasure>()
           select new SendLimitSetting(period, measure, Limit($"send.{Name(period)}.{Name(measure)}", DefaultOf(period, measure))),
    ];

    /// <summary>Of all accounts of a place together.</summary>
    public static IReadOnlyList<SendLimitSetting> Totals { get; } =
    [
        .. from period in Enum.GetValues<SendPeriod>()
           from measure in s_totals
           select new SendLimitSetting(period, measure, Limit($"send.total.{Name(period)}.{Name(measure)}", null)),
    ];

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } = [.. Accounts.Select(limit => limit.Setting), .. Totals.Select(limit => limit.Setting), BlockMinutes, BlockEnds];

    public static TimeSpan BlockOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return TimeSpan.FromMinutes(int.Parse(policy[BlockMinutes].Value, CultureInfo.InvariantCulture));
    }

    public static SendBlockEnds BlockEndsOf(this EffectivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return (SendBlockEnds)Array.IndexOf(s_ends, policy[BlockEnds].Value);
    }

    /// <returns>Null: no limit.</returns>
    public static int? MostOf(this EffectivePolicy policy, SendLimitSetting limit)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(limit);
        return int.TryParse(policy[limit.Setting].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;
    }

    /// <summary>As values, events and the API spell it.</summary>
    public static string Name(SendPeriod period) => period.ToString().ToLowerInvariant();

    /// <inheritdoc cref="Name(SendPeriod)"/>
    public static string Name(SendMeasure measure) => measure.ToString().ToLowerInvariant();

    private static PolicySetting Limit(string key, int? most) =>
        new(key, PolicyValueKind.Number, most?.ToString(CultureInfo.InvariantCulture) ?? None) { Least = 0, Most = Most, Choices = [None] };

    /// <summary>What a person's mailbox hardly reaches and a stolen one soon does.</summary>
    private static int? DefaultOf(SendPeriod period, SendMeasure measure) => (period, measure) switch
    {
        (SendPeriod.Hour, SendMeasure.New) => 500,
        (SendPeriod.Day, SendMeasure.Outside) => 5_000,
        _ => null,
    };
}

/// <param name="Setting">Its value is a number, or <c>none</c>.</param>
public sealed record SendLimitSetting(SendPeriod Period, SendMeasure Measure, PolicySetting Setting);
