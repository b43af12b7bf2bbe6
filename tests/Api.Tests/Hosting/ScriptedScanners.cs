using System.Text;
using Platform.Engine;
using Platform.Engine.Intelligence;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;
using Platform.Scanning;

namespace Platform.Api.Tests.Hosting;

/// <summary>A pool whose answers a test chooses; the real pool has tests of its own.</summary>
internal sealed class ScriptedScanners : IScannerPool
{
    public ScannerFailure? Failure { get; set; }

    /// <summary>Awaited before each scan is answered.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public ScanRequest? LastScan { get; private set; }

    public async ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        LastScan = request;
        await Before();
        return Failure is { } failure
            ? ScannerResult.Failed<Verdict>(failure, "scripted")
            : ScannerResult.Ok(new Verdict(
                VerdictKind.Phishing,
                AttackType.CredentialPhishing,
                82,
                [
                    new Reason("reply-to-mismatch", 12, new Evidence(EvidenceKind.Header, "Reply-To", "a@b.test"), new Dictionary<string, string>()),
                    new Reason("credential-form", 70, new Evidence(EvidenceKind.Link, "1.2", "https://login.test/"), new Dictionary<string, string>()),
                ],
                new Origin("192.0.2.7", "BR", 64500, "Example Net", "received"),
                MessageFacts.Empty,
                ["dns"],
                "test"));
    }

    public ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            return ValueTask.FromResult(ScannerResult.Failed<SafePreview>(failure, "scripted"));
        var text = Encoding.UTF8.GetString(message.Span);
        return ValueTask.FromResult(ScannerResult.Ok(new SafePreview(
            "<p>" + text + "</p>",
            text,
            [new PreviewHeader("Subject", text)],
            [new PreviewPart("1", "text/plain", null, text.Length)],
            [new AttachmentFacts("a.txt", "text/plain", "text/plain", 3, "00")])));
    }

    public ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Failed<JournalReport>(ScannerFailure.Unavailable, "not part of the API"));

    public ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Failed<ForwardedMail>(ScannerFailure.Unavailable, "not part of the API"));

    public ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new MailRewriter().Rewrite(message, rewrite, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterReader().Read(message, view, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterAnswer(new LetterReader().Open(message, view, path, ScanLimits.Default, cancellationToken))));
}
