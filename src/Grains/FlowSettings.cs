using System.Net;
using System.Security.Cryptography.X509Certificates;
using Platform.Dns;
using Platform.Grains.Onboarding;
using Platform.Grains.Transport;
using Platform.Grains.Outgoing;

namespace Platform.Grains;

/// <summary>Settings of the flow after acceptance. Every bound has a default that suits one machine.</summary>
public sealed record FlowSettings
{
    /// <summary>Relative Maildir routes start here.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Our name in EHLO, in DSNs and in Maildir file names.</summary>
    public string Hostname { get; init; } = "localhost";

    /// <summary>Names this installation in <c>X-Inspection-Trace</c>; all its hosts share it. Letters, digits, dot and hyphen.</summary>
    public string PlatformId { get; init; } = "inspection.localhost";

    public InspectionSettings Inspection { get; init; } = new();

    public RelaySettings Relay { get; init; } = new();

    public ImportSettings Imports { get; init; } = new();

    public ReplaySettings Replays { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    public TenantExportSettings TenantExports { get; init; } = new();

    public DnsSettings Dns { get; init; } = new();

    public NoticeSettings Notices { get; init; } = new();

    public DigestSettings Digests { get; init; } = new();

    public OutgoingSettings Outgoing { get; init; } = new();

    public OnboardingSettings Onboarding { get; init; } = new();

    public TransportSettings Transport { get; init; } = new();
}

public sealed record InspectionSettings
{
    /// <summary>Messages scanned at a time: the size of the scanner pool.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Must outlast one scan, its wait for a scanner process included.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    public long MaxMessageBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>People of a tenant that go into a scan, and so into the snapshot kept with each verdict.</summary>
    public int MaxPeople { get; init; } = 200;

    /// <summary>How long a list of people is used before it is read again.</summary>
    public TimeSpan PeopleAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a scan waits for the history of its sender before it goes without.</summary>
    public TimeSpan HistoryWait { get; init; } = TimeSpan.FromMilliseconds(500);
}

public sealed record RelaySettings
{
    /// <summary>Transmissions at a time by the tenants' own routes, and as many to the outside.</summary>
    public int Concurrency { get; init; } = 50;

    /// <summary>Of those, by one tenant: half of them, so that none holds the others up.</summary>
    public int PerTenant => (Concurrency + 1) / 2;

    /// <summary>Transmissions at a time to one route host, or to one recipient domain outside.</summary>
    public int PerDestination { get; init; } = 10;

    /// <summary>Renewed while a transmission runs; what a killed process held is due again after it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long in the queue a delivery fails for good and its sender is told.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Waits after the first attempts; the last one repeats.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60),
    ];

    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>
    /// Of one attempt at all hosts together, up to the end of the content: a host that answers each command just in time holds a place no longer.
    /// Once the content is out, its reply is awaited all the same (<see cref="SmtpTimeouts.Final"/>; RFC 5321, 4.5.3.2.6), or mail would go out twice.
    /// </summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Certificate authorities trusted beside those of the system where a route asks for <c>tls=verified</c>.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Takes all mail to the outside, <c>smtp://host:port</c>; null: by the MX records of the recipient's domain.</summary>
    public string? SmartHost { get; init; }

    /// <summary>Port of hosts found by MX records.</summary>
    public int MxPort { get; init; } = 25;

    /// <summary>Lets mail to the outside reach private and loopback addresses. Only for tests and closed networks.</summary>
    public bool AllowPrivateMx { get; init; }

    /// <summary>Inside networks (RFC 6890) in which the host of a tenant's route may lie; none: public addresses alone.</summary>
    public IReadOnlyList<IPNetwork> RouteNetworks { get; init; } = [];

    /// <summary>Absolute folders, beside <c>delivered</c> in the data folder, into which Maildir routes may write.</summary>
    public IReadOnlyList<string> MaildirRoots { get; init; } = [];

    /// <summary>Largest message that a DSN returns in full when the sender asked with RET=FULL.</summary>
    public int MaxReturnedBytes { get; init; } = 256 * 1024;
}

/// <summary>Waits of RFC 5321, 4.5.3.2, shorter where today's servers are faster.</summary>
public sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>One block of the content.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The reply after the content.</summary>
    public TimeSpan Final { get; init; } = TimeSpan.FromMinutes(10);
}

public sealed record ImportSettings
{
    public long MaxFileBytes { get; init; } = 4L * 1024 * 1024 * 1024;
    public int MaxMessages { get; init; } = 1_000_000;

    /// <summary>Of all mails of an archive together.</summary>
    public long MaxUnpackedBytes { get; init; } = 32L * 1024 * 1024 * 1024;
    public long MaxMessageBytes { get; init; } = 50L * 1024 * 1024;
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);
}

public sealed record ReplaySettings
{
    public TimeSpan MaxPeriod { get; init; } = TimeSpan.FromDays(92);

    /// <summary>Mails that one replay examines at most, the newest of its period.</summary>
    public int MaxMails { get; init; } = 100_000;

    /// <summary>Replays of one tenant that are not done.</summary>
    public int MaxOpen { get; init; } = 3;

    /// <summary>Replays of one tenant that ended and are still shown.</summary>
    public int MaxKept { get; init; } = 50;

    /// <summary>Mails read at a time.</summary>
    public int Page { get; init; } = 200;
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);
}

public sealed record RetentionSettings
{
    /// <summary>From the end of a tenant's run to its next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Messages that expire in one transaction.</summary>
    public int Batch { get; init; } = 100;
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon a purge that another process was asked for is seen to.</summary>
    public TimeSpan PurgePoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Renewed between the batches of a tenant's deletion.</summary>
    public TimeSpan DepartureLease { get; init; } = TimeSpan.FromMinutes(10);
}

public sealed record TenantExportSettings
{
    /// <summary>How long a finished bundle can be downloaded.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bundles of one tenant that are being made or can be downloaded.</summary>
    public int MaxKept { get; init; } = 5;

    /// <summary>Must outlast five hundred originals.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>System mails: in whose name they go out, and where their links lead.</summary>
public sealed record NoticeSettings
{
    /// <summary>Name in From.</summary>
    public string FromName { get; init; } = "Mail Inspection";

    /// <summary>Address in From; null: <c>no-reply@</c> and our host name.</summary>
    public string? FromAddress { get; init; }

    /// <summary>Text at the top of each mail.</summary>
    public string Logo { get; init; } = "Mail Inspection";

    /// <summary>The address under which people reach the pages of links.</summary>
    public Uri PublicAddress { get; init; } = new("http://localhost:5080/");

    /// <summary>System mails of one kind to one address within an hour; what was ordered beyond that waits, more of the others is not sent.</summary>
    public int MaxPerHour { get; init; } = 60;
}

/// <summary>Digests of held mail, and the links in them.</summary>
public sealed record DigestSettings
{
    /// <summary>How long links work.</summary>
    public TimeSpan LinksFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Mail that was held longer ago is told no more.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Mails in one digest; what is more comes in the next.</summary>
    public int MaxEntries { get; init; } = 100;

    /// <summary>How soon after a mail is held an immediate digest goes out, where none did within five minutes.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How soon after what it tells of an ordered mail goes out.</summary>
    public TimeSpan OrderPoll { get; init; } = TimeSpan.FromSeconds(2);
}
