using Platform.Engine;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;

namespace Platform.Scanning;

/// <summary>Everything that reads hostile bytes, done away from keys, tenant data and network.</summary>
public interface IScannerPool
{
    ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken);

    ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Unwraps a mail that a person forwarded.</summary>
    ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Changes a mail on its way out.</summary>
    ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken);

    /// <summary>Shows a mail to whom it was written.</summary>
    ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken);

    /// <summary>Takes one file out of it; without a file in the answer there is none of that path.</summary>
    ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken);
}

/// <param name="File">Null: there is none.</param>
public sealed record LetterAnswer(OpenedFile? File);

/// <summary>What went wrong with the process that held the message. Each costs one attempt of one mail.</summary>
public enum ScannerFailure
{
    /// <summary>The process ended: native crash, stack overflow, memory limit.</summary>
    Crashed,

    /// <summary>No answer within the deadline; the process was killed.</summary>
    TimedOut,

    /// <summary>No scanner process can be started.</summary>
    Unavailable,
}

/// <summary>Either a value or the failure, with a sentence for operators that holds no mail content.</summary>
public sealed record ScannerResult<T>(T? Value, ScannerFailure? Failure, string? Detail)
    where T : class
{
    public bool Succeeded => Failure is null;
}

public static class ScannerResult
{
    public static ScannerResult<T> Ok<T>(T value)
        where T : class => new(value, null, null);

    public static ScannerResult<T> Failed<T>(ScannerFailure failure, string detail)
        where T : class => new(null, failure, detail);
}
