using System.Net;

namespace Platform.Grains.Onboarding;

/// <summary>How new tenants are led in.</summary>
public sealed record OnboardingSettings
{
    /// <summary>Names that MX records of tenants may lead to; none: our host name.</summary>
    public IReadOnlyList<string> MailHosts { get; init; } = [];

    /// <summary>What the SPF records of tenants include so that mail sent from here passes; null: nothing is sent for them.</summary>
    public string? SpfInclude { get; init; }

    /// <summary>Where test mails are handed in; null: where the MX records lead.</summary>
    public IPEndPoint? Listener { get; init; }

    /// <summary>How soon work that another process was asked for is seen to.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Must outlast the longest step without progress.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a test mail may take to be inspected, and again to be delivered.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the way of a test mail is looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(250);
}
