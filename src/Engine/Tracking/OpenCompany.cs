namespace Platform.Engine.Tracking;

/// <summary>One open, as others of its network see it.</summary>
/// <param name="Part">Which part of the mail; empty: its picture.</param>
/// <param name="Agent">Stands for the program; equal for equal ones.</param>
/// <param name="IsMachine">Graded so already, for a reason that stays (<see cref="OpenReasons.Stays"/>).</param>
public sealed record SeenOpen(Guid DeliveryId, DateTimeOffset At, string Part, bool IsHead, string Agent, bool IsMachine);

/// <summary>What an open has around it: those from the same network, before and shortly after.</summary>
/// <param name="Deliveries">Other recipients' copies, of this mail or another, that the same program opened at the same moment.</param>
/// <param name="AllAtOnce">Several parts of the same copy within a second.</param>
/// <param name="WasMachine">The same program asked by HEAD, or was found to be a machine, a day ago at most.</param>
public sealed record OpenCompany(int Deliveries, bool AllAtOnce, bool WasMachine)
{
    /// <summary>What is taken to be one moment, before and after.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    /// <summary>For how long what a program did is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_atOnce = TimeSpan.FromSeconds(1);

    public static OpenCompany None { get; } = new(0, false, false);

    /// <param name="others">From the same network; without the open itself.</param>
    public static OpenCompany Of(SeenOpen open, IReadOnlyList<SeenOpen> others)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(others);
        var same = others.Where(other => other.Agent == open.Agent && other.At >= open.At - Memory).ToList();
        return new OpenCompany(
            same.Where(other => other.DeliveryId != open.DeliveryId && (other.At - open.At).Duration() <= Moment).Select(other => other.DeliveryId).Distinct().Count(),
            others.Any(other => other.DeliveryId == open.DeliveryId && other.Part != open.Part && (other.At - open.At).Duration() <= s_atOnce),
            same.Exists(other => other.At <= open.At + Moment && (other.IsHead || other.IsMachine)));
    }
}
