using Platform.Engine;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;

namespace Platform.Scanning;

/// <summary>The engine in the calling process, for the command line and tests: no confinement, no deadline but the engine's own.</summary>
public sealed class InProcessScannerPool(IScanner scanner, IPreviewer previewer, IJournalReader journalReader) : IScannerPool
{
    public async ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        ScannerResult.Ok(await scanner.ScanAsync(request, cancellationToken).ConfigureAwait(false));

    public ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(previewer.Preview(message, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(journalReader.Read(message, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new ForwardReader().Read(message, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new MailRewriter().Rewrite(message, rewrite, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterReader().Read(message, view, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterAnswer(new LetterReader().Open(message, view, path, ScanLimits.Default, cancellationToken))));
}
