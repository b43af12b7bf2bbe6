using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Intelligence;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;
using Platform.Scanning;

namespace Platform.Grains.Tests.Support;

/// <summary>Scanners that answer as the test says; clean by default.</summary>
internal sealed class FakeScanners : IScannerPool
{
    private int _running;

    public Func<ScanRequest, CancellationToken, Task<ScannerResult<Verdict>>> Scan { get; set; } = (_, _) => Task.FromResult(ScannerResult.Ok(Verdict(VerdictKind.Clean)));

    public Func<ReadOnlyMemory<byte>, ScannerResult<JournalReport>> Journal { get; set; } =
        message => ScannerResult.Ok(new JournalReport(IsReport: false, null, [], message));

    /// <summary>Nothing is rewritten.</summary>
    public bool Closed { get; set; }

    public List<ScanRequest> Requests { get; } = [];

    public int MostAtATime { get; private set; }

    public static Verdict Verdict(VerdictKind kind, int score = 34) =>
        new(kind, null, score, [], Origin.Unknown with { Country = "JP", Asn = 64_500 }, MessageFacts.Empty with { Text = "visible" }, [], "test");

    public void Find(VerdictKind kind) => Scan = (_, _) => Task.FromResult(ScannerResult.Ok(Verdict(kind)));

    /// <summary>With what was found of the sender.</summary>
    public void Find(VerdictKind kind, IReadOnlyList<MethodResult> results) => Scan = (_, _) => Task.FromResult(ScannerResult.Ok(Verdict(kind) with
    {
        Authentication = new AuthenticationFacts(
            null, null, [], new DmarcFacts(AuthenticationResult.None, "", null, null, SpfAligned: false, DkimAligned: false, ""), new ArcFacts(AuthenticationResult.None, "", []), [], results),
    }));

    public void Fail(ScannerFailure failure) => Scan = (_, _) => Task.FromResult(ScannerResult.Failed<Verdict>(failure, "as the test says"));

    public async ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add(request);
            MostAtATime = Math.Max(MostAtATime, ++_running);
        }
        try
        {
            return await Scan(request, cancellationToken);
        }
        finally
        {
            lock (Requests)
                _running--;
        }
    }

    public ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Journal(message));

    public ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new ForwardReader().Read(message, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Closed ? ScannerResult.Failed<RewrittenMail>(ScannerFailure.Unavailable, "as the test says") : ScannerResult.Ok(new MailRewriter().Rewrite(message, rewrite, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterReader().Read(message, view, ScanLimits.Default, cancellationToken)));

    public ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScannerResult.Ok(new LetterAnswer(new LetterReader().Open(message, view, path, ScanLimits.Default, cancellationToken))));
}
