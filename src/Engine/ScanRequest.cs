using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;

namespace Platform.Engine;

public enum MailDirection
{
    Inbound,
    Outbound,
    Internal,
}

/// <summary>One message to inspect. The same request gives the same verdict.</summary>
/// <param name="Message">The raw message as received, CRLF lines.</param>
public sealed record ScanRequest(ReadOnlyMemory<byte> Message, Envelope Envelope, ScanContext Context)
{
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

    /// <summary>Who is asked about this message; null: those that the scanner was made with.</summary>
    public IFeeds? Feeds { get; init; }

    /// <summary>Allow and block lists of the tenant and its MSP; null: none.</summary>
    public ListEntries? Entries { get; init; }
}

/// <summary>SMTP envelope and connection (RFC 5321). Absent for a file scanned from disk.</summary>
/// <param name="ClientAddress">Textual IP address of the SMTP client, after PROXY or XCLIENT; null when unknown.</param>
/// <param name="MailFrom">Reverse-path without brackets; empty for a null reverse-path; null when there is no envelope.</param>
public sealed record Envelope(string? ClientAddress, string? ClientName, string? Helo, string? MailFrom, IReadOnlyList<string> Recipients, MailDirection Direction = MailDirection.Inbound)
{
    public static Envelope None { get; } = new(null, null, null, null, []);
}

/// <summary>All that the verdict may depend on beside the message itself; kept with the verdict so that it can be repeated.</summary>
/// <param name="Now">The clock of this scan.</param>
/// <param name="TenantDomains">Lower-case ASCII domains of the tenant.</param>
/// <param name="People">The tenant's own people, for display-name impersonation.</param>
/// <param name="TrustedHops">CIDR ranges of the tenant's own relays.</param>
public sealed record ScanContext(
    DateTimeOffset Now,
    IReadOnlyList<string> TenantDomains,
    IReadOnlyList<Person> People,
    IReadOnlyList<string> TrustedHops,
    History History)
{
    /// <summary>The authserv-id under which the platform writes results of authentication (RFC 8601, 2.5); null: it writes none.</summary>
    public string? ServiceId { get; init; }

    /// <summary>What DNS answered to an earlier scan: this one takes its answers from here and asks nobody. Null: the scanner may ask.</summary>
    public DnsSnapshot? Dns { get; init; }

    /// <summary>What antivirus, patterns, feeds and lists said to an earlier scan: this one asks none of them. Null: the scanner may ask.</summary>
    public FeedAnswers? Feeds { get; init; }

    public static ScanContext Offline(DateTimeOffset now, params string[] tenantDomains) => new(now, tenantDomains, [], [], History.Unknown);
}

public sealed record Person(string Name, string Address);

/// <summary>What the tenant's mailboxes know of this sender (DET8). All zero and null when there is no history.</summary>
/// <param name="Known">False when there is no history to ask: then first contact is not a sign.</param>
/// <param name="MessagesFromSender">Mails from this address to this tenant before.</param>
/// <param name="MessagesToSender">Mails from this tenant to this address before.</param>
/// <param name="Countries">Countries this sender wrote from before.</param>
/// <param name="Networks">Autonomous system numbers this sender wrote from before.</param>
/// <param name="CorrespondentDomains">Domains the mailbox exchanges mail with, at most 200, lower-case.</param>
public sealed record History(
    bool Known,
    int MessagesFromSender,
    int MessagesToSender,
    IReadOnlyList<string> Countries,
    IReadOnlyList<long> Networks,
    IReadOnlyList<string> CorrespondentDomains)
{
    public static History Unknown { get; } = new(false, 0, 0, [], [], []);
}

/// <summary>Bounds of one scan. What is cut off by one becomes a reason, never a silence.</summary>
public sealed record ScanLimits
{
    public static ScanLimits Default { get; } = new();

    public int MaxMimeDepth { get; init; } = 32;
    public int MaxParts { get; init; } = 1_000;
    public int MaxHeaders { get; init; } = 2_000;
    public int MaxArchiveDepth { get; init; } = 6;
    public int MaxArchiveEntries { get; init; } = 2_000;

    /// <summary>Decoded bytes of all parts and archive members together.</summary>
    public long MaxDecodedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Work of trying passwords on archives, about a millisecond each.</summary>
    public int MaxPasswordWork { get; init; } = 1_200;

    /// <summary>Different questions to DNS.</summary>
    public int MaxDnsQuestions { get; init; } = 100;

    /// <summary>Wall time for all questions to DNS together.</summary>
    public TimeSpan MaxDnsTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Time of one scan by the given clock: of the processor, where that is less than the time on the wall. A last resort; all work
    /// has bounds of its own, which are counted and so the same on every machine.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Inspects one message. Pure: everything it may ask comes by the request or the constructor.</summary>
public interface IScanner
{
    /// <summary>Never throws for any message bytes; throws <see cref="OperationCanceledException"/> when cancelled.</summary>
    ValueTask<Verdicts.Verdict> ScanAsync(ScanRequest request, CancellationToken cancellationToken);
}
