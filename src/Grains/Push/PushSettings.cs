using Platform.Grains.Egress;
using Platform.Grains.Push.Syslog;

namespace Platform.Grains.Push;

/// <summary>How events are pushed to customers. Every bound has a default that suits one machine.</summary>
public sealed record PushSettings
{
    public EgressSettings Egress { get; init; } = new();

    public WebhookSettings Webhooks { get; init; } = new();

    public SyslogSettings Syslog { get; init; } = new();
}

public sealed record WebhookSettings
{
    /// <summary>Requests under way at a time. Endpoints that fail share half of them at most.</summary>
    public int Concurrency { get; init; } = 200;

    /// <summary>Requests under way at a time to one endpoint; to one that keeps failing it is 1.</summary>
    public int PerEndpoint { get; init; } = 8;

    /// <summary>Requests under way at a time to all endpoints of one tenant or MSP.</summary>
    public int PerOwner { get; init; } = 24;

    /// <summary>Failures in a row after which an endpoint counts as failing.</summary>
    public int FailuresToSlow { get; init; } = 5;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Must outlast one try. What a killed process held is due again after it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Waits after each try but the last, as Standard Webhooks 1.0.0 recommends them: ten tries over 75 hours. Each is up to a tenth longer.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The longest wait that a receiver may ask for by Retry-After.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>An endpoint that took nothing for so long is disabled.</summary>
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Deliveries that wait for one endpoint; beyond them its events wait in the feed.</summary>
    public int MaxPending { get; init; } = 2_000;

    /// <summary>Events of the feed taken over at a time.</summary>
    public int Page { get; init; } = 200;

    /// <summary>How long the log and the dead-letter list are kept.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(30);
}
