using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Storage.Protection;

/// <summary>
/// The secure reader's side of protected mail (OUT8): who holds the link of a notice asks for a code, which goes to the recipient's address
/// alone, and reads with it in that one browser. Every call reads what holds at that moment: what was withdrawn, has expired, or lost its
/// key is given out no more, whatever a page or session says.
/// </summary>
public interface IReaderDesk
{
    /// <returns>Null: there is no such protected mail.</returns>
    Task<ReaderMail?> FindAsync(Guid tenantId, Guid deliveryId, CancellationToken cancellationToken);

    /// <returns>The code to be sent to the recipient, and the id that the browser keeps; without a code when that comes too soon.</returns>
    Task<ReaderCode> MakeCodeAsync(ReaderMail mail, CancellationToken cancellationToken);

    /// <summary>Each call is a try; after <see cref="ReaderCode.MaxTries"/> the code is void, and after the first right one.</summary>
    /// <returns>The secret of a session for the browser; null: wrong, used, too old, or not of this mail.</returns>
    Task<string?> EnterAsync(ReaderMail mail, Guid codeId, string code, CancellationToken cancellationToken);

    /// <param name="isUse">False: a page asks by itself, which keeps no session that nobody uses from resting.</param>
    /// <returns>False: there is no such session, or it has ended.</returns>
    Task<bool> ContinueAsync(ReaderMail mail, string secret, bool isUse, CancellationToken cancellationToken);

    Task LeaveAsync(ReaderMail mail, string secret, CancellationToken cancellationToken);

    /// <summary>Notes a reading, with its event, of several within a minute one.</summary>
    /// <param name="isRefresh">The page loaded itself anew: noted only where nothing was read before.</param>
    Task<ReadingOutcome> OpenedAsync(ReaderMail mail, ReaderPlace place, bool isRefresh, CancellationToken cancellationToken);

    /// <summary>Notes that a file was given out, with its event; false: it may not be any more.</summary>
    Task<bool> DownloadedAsync(ReaderMail mail, ReaderPlace place, CancellationToken cancellationToken);

    /// <summary>Takes an answer to the sender, to be inspected like all mail, with its event.</summary>
    /// <param name="reply">Of the mail's tenant, to the sender alone.</param>
    Task<ReplyOutcome> ReplyAsync(ReaderMail mail, NewMessage reply, ReaderPlace place, CancellationToken cancellationToken);

    /// <summary>The password of its files, where those are locked.</summary>
    /// <returns>Null: they are not, or the mail's key was destroyed.</returns>
    Task<string?> FilePasswordAsync(ReaderMail mail, CancellationToken cancellationToken);

    /// <summary>Files that were to be protected cannot be taken out of the mail alone: all of it is protected from now on.</summary>
    Task WidenAsync(ReaderMail mail, CancellationToken cancellationToken);

    /// <summary>Its files were looked at anew.</summary>
    Task CheckedAsync(ReaderMail mail, bool isDangerous, CancellationToken cancellationToken);
}

public enum ReadingOutcome
{
    /// <summary>It may not be read any more.</summary>
    Closed,
    Noted,

    /// <summary>It may be read, and is one with a reading that was noted before.</summary>
    Known,
}

public enum ReplyOutcome
{
    Taken,

    /// <summary>It was withdrawn, or its time is over.</summary>
    Closed,

    /// <summary>Several were given within the hour.</summary>
    TooMany,
}

public enum ReaderState
{
    Open,
    Withdrawn,
    Expired,

    /// <summary>Its key or body is gone: destroyed, purged, or past its retention.</summary>
    Gone,
}

/// <summary>A protected mail as the reader finds it.</summary>
/// <param name="From">The sender's address; empty where nobody knows.</param>
/// <param name="Language">Of the tenant, for readers whose own is not known.</param>
public sealed record ReaderMail(ReaderState State, ProtectedDelivery Delivery, BodyReference Body, string From, string FromName, string Language, DateTimeOffset SentAt)
{
    /// <summary>Types of files that do not go to this recipient.</summary>
    public IReadOnlyList<string> Strip { get; init; } = [];
}

/// <param name="Code">Eight digits; null: too many were asked for.</param>
public sealed record ReaderCode(Guid Id, string? Code)
{
    public const int Digits = 8;
    public const int MaxTries = 5;
    public const int MaxPerHour = 5;
    public const int MaxPerDay = 20;

    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(15);
}

/// <summary>Whence a mail is read, as far as events tell it: never the address.</summary>
/// <param name="Country">Null: not known, or not to be kept by the policy.</param>
public sealed record ReaderPlace(string? Country);
