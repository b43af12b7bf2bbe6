namespace Platform.Storage.Links;

/// <summary>What a link in a mail is for. The number is part of every link given out and never changes.</summary>
public enum LinkPurpose : byte
{
    /// <summary>See the mail, safely.</summary>
    View = 1,

    /// <summary>Have it delivered.</summary>
    Release = 2,

    /// <summary>Ask an administrator to have it delivered.</summary>
    RequestRelease = 3,

    /// <summary>Delete it.</summary>
    Delete = 4,

    /// <summary>Have mail of its sender's address held.</summary>
    BlockSender = 5,

    /// <summary>Have mail of its sender's domain held.</summary>
    BlockDomain = 6,

    /// <summary>Take mail of its sender's address for wanted.</summary>
    AllowSender = 7,

    /// <summary>Say that its verdict is wrong.</summary>
    ReportWrong = 8,

    /// <summary>Get no more digests; the delivery is empty.</summary>
    StopDigest = 9,

    /// <summary>Take mail of its sender's domain for wanted.</summary>
    AllowDomain = 10,

    /// <summary>Call back a mail that has not left; about a message.</summary>
    CancelSending = 11,

    /// <summary>Send a mail that its sender was warned of; about a message.</summary>
    ConfirmSending = 12,

    /// <summary>Read a protected mail, with a code; it stands in the notice to its recipient and not on the pages of links.</summary>
    Read = 13,
}

/// <summary>What a link stands for: one purpose, one delivery, the mailbox whose owner it was sent to.</summary>
/// <param name="DeliveryId">Of outgoing mail, the message.</param>
/// <param name="ExpiresAt">Whole seconds.</param>
public sealed record ActionLink(LinkPurpose Purpose, Guid TenantId, Guid DeliveryId, Guid MailboxId, DateTimeOffset ExpiresAt);

public enum LinkStatus
{
    Good,

    /// <summary>Ours, and too old.</summary>
    Expired,

    /// <summary>Not ours, changed, or cut on the way.</summary>
    Foreign,
}

/// <param name="Link">Null when it is foreign.</param>
public sealed record LinkReading(LinkStatus Status, ActionLink? Link);

/// <summary>Makes and reads the tokens of links. A token is all that its holder needs, so that it must reach neither logs nor other sites.</summary>
public interface IActionLinks
{
    string Sign(ActionLink link);

    LinkReading Read(string token);
}
