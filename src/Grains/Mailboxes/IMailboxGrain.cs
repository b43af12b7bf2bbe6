namespace Platform.Grains.Mailboxes;

/// <summary>
/// Correspondents of one mailbox and the routes they wrote by. Keyed by the mailbox id, so never shared between tenants.
/// Invariants: a message counts once, however often it is recorded within the last <see cref="MailboxLimits.Messages"/> messages;
/// the state never holds more than <see cref="MailboxLimits"/> allow. What was recorded in the last seconds before a crash may
/// be forgotten; nothing is ever counted twice for it.
/// </summary>
[Alias("mailbox")]
public interface IMailboxGrain : IGrainWithGuidKey
{
    [Alias("record")]
    Task RecordAsync(MailSeen mail);

    [Alias("history")]
    Task<SenderHistory> HistoryOfAsync(string sender);

    /// <summary>Nothing of this sender is kept any more; durable when it returns.</summary>
    [Alias("forget")]
    Task ForgetAsync(string sender);

    /// <summary>The mailbox is gone, and with it all it remembered.</summary>
    [Alias("erase")]
    Task EraseAsync();
}

/// <summary>One mail that this mailbox received or sent.</summary>
/// <param name="Address">The other side's address; compared without regard to case.</param>
/// <param name="Sent">True when this mailbox sent it.</param>
/// <param name="Country">Where it came from, ISO 3166-1 alpha-2; null when unknown or sent.</param>
[GenerateSerializer]
[Immutable]
[Alias("mail-seen")]
public sealed record MailSeen(
    [property: Id(0)] Guid MessageId,
    [property: Id(1)] string Address,
    [property: Id(2)] bool Sent,
    [property: Id(3)] string? Country,
    [property: Id(4)] long? Asn,
    [property: Id(5)] DateTimeOffset At);

/// <param name="Known">False while the mailbox has seen too little mail for novelty to say anything.</param>
[GenerateSerializer]
[Immutable]
[Alias("sender-history")]
public sealed record SenderHistory(
    [property: Id(0)] bool Known,
    [property: Id(1)] int Received,
    [property: Id(2)] int Sent,
    [property: Id(3)] IReadOnlyList<string> Countries,
    [property: Id(4)] IReadOnlyList<long> Networks,
    [property: Id(5)] IReadOnlyList<string> CorrespondentDomains,
    [property: Id(6)] DateTimeOffset? FirstSeen,
    [property: Id(7)] DateTimeOffset? LastSeen);

/// <summary>Bounds of what one mailbox remembers.</summary>
public static class MailboxLimits
{
    public const int Correspondents = 2_000;
    public const int Routes = 16;
    public const int Messages = 512;
    public const int Domains = 200;
    public const int AddressLength = 320;

    /// <summary>Mails before a first contact means anything.</summary>
    public const int MailsToKnow = 10;
}
