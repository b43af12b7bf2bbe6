using Platform.Engine.Mail;

namespace Platform.Engine.Feeds;

// What others know (DET6, DET8): an antivirus, lists of hashes, URLs, domains and addresses, block lists by DNS, threat feeds.
//
//   message ─▶ FeedQuestions ─▶ IFeeds ─▶ FeedAnswers ─▶ detectors ─▶ signs
//   files   ────────────────▶ IFileScanner ┘
//
// The questions are made once, where the message is parsed; they hold no text of the mail, but fingerprints of its files, its
// links and who sends. All sources are asked at once. Every source says how it fared (SourceStatus), and its silence never
// stops a mail. The answers are kept with the context of the verdict, so that a scan over them asks nobody and says the same.

/// <summary>Sources outside of the message. Never throws for what a source answers or fails to: that is its status.</summary>
public interface IFeeds
{
    /// <param name="message">The raw message, for an antivirus; a caller that is not the last one may leave it out.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<FeedAnswers> AskAsync(FeedQuestions questions, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}

/// <summary>Looks into decoded files with patterns (YARA), in the process that decoded them.</summary>
public interface IFileScanner
{
    /// <summary>Never throws for any bytes. The status of the source and what it found, bounded.</summary>
    FeedAnswers Scan(IReadOnlyList<MailAttachment> files, CancellationToken cancellationToken);
}
