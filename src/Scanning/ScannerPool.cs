using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;
using Platform.Scanning.Pool;
using Platform.Scanning.Protocol;

namespace Platform.Scanning;

/// <summary>
/// A fixed number of warm scanner processes. Each holds one message at a time, is killed at the deadline,
/// and is replaced when it ends; its end costs one attempt of the one message it held.
/// </summary>
public sealed class ScannerPool : IScannerPool, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortLife = TimeSpan.FromSeconds(1);

    private readonly ScannerPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ScannerPool> _logger;
    private readonly IDnsResolver? _resolver;
    private readonly IFeeds? _feeds;
    private readonly FreeScanners _free;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _allReturned = new(0);
    private Task[] _slots = [];
    private int _inFlight;
    private int _stopped;
    private int _warned;

    /// <param name="resolver">Answers the questions to DNS that a scan gives rise to; null: none are asked.</param>
    /// <param name="feeds">Antivirus, feeds and lists; null: none are asked but those of a request.</param>
    public ScannerPool(IOptions<ScannerPoolOptions> options, TimeProvider time, ILogger<ScannerPool> logger, IDnsResolver? resolver = null, IFeeds? feeds = null)
    {
        _options = options.Value;
        _options.Validate();
        _time = time;
        _logger = logger;
        _resolver = resolver;
        _feeds = feeds;
        _free = new FreeScanners(_options.Size, _options.MaxWaiting);
    }

    /// <summary>Starts the processes in the background; requests wait for the first one that is ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _slots = [.. Enumerable.Range(0, _options.Size).Select(_ => Task.Run(() => KeepSlotAsync(_stopping.Token), CancellationToken.None))];
        return Task.CompletedTask;
    }

    /// <summary>Takes no more messages, waits for those in hand until <paramref name="cancellationToken"/>, then ends every process.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
            return;
        _free.Close();
        try
        {
            while (Volatile.Read(ref _inFlight) > 0)
                await _allReturned.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The time to drain is over: what is still held loses its attempt.
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_slots).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        using var noDrain = new CancellationTokenSource();
        await noDrain.CancelAsync().ConfigureAwait(false);
        await StopAsync(noDrain.Token).ConfigureAwait(false);
        _stopping.Dispose();
        _allReturned.Dispose();
    }

    public ValueTask<ScannerResult<Verdict>> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        AskAsync(
            new RequestHeader(Operation.Scan)
            {
                Envelope = request.Envelope,
                Context = request.Context,
                Limits = request.Limits,
                Feeds = request.Feeds ?? _feeds,
                Entries = request.Entries,
                MayAskFeeds = request.Context.Feeds is null && ((request.Feeds ?? _feeds) is not null || request.Entries is not null),
            },
            request.Message,
            answer => answer.Header.Verdict,
            cancellationToken);

    public ValueTask<ScannerResult<SafePreview>> PreviewAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        AskAsync(new RequestHeader(Operation.Preview), message, answer => answer.Header.Preview, cancellationToken);

    public ValueTask<ScannerResult<JournalReport>> ReadJournalAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        AskAsync(
            new RequestHeader(Operation.Journal),
            message,
            answer => answer.Header.Journal is { } journal ? new JournalReport(journal.IsReport, journal.Sender, journal.Recipients, answer.Body) : null,
            cancellationToken);

    public ValueTask<ScannerResult<ForwardedMail>> ReadForwardAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        AskAsync(
            new RequestHeader(Operation.Forward),
            message,
            answer => answer.Header.Forward is { } forward ? new ForwardedMail(forward.IsAttached, forward.Refers, answer.Body) : null,
            cancellationToken);

    public ValueTask<ScannerResult<RewrittenMail>> RewriteAsync(ReadOnlyMemory<byte> message, MailRewrite rewrite, CancellationToken cancellationToken) =>
        AskAsync(
            new RequestHeader(Operation.Rewrite) { Rewrite = rewrite },
            message,
            answer => answer.Header.Rewritten is { } rewritten ? new RewrittenMail(rewritten.End, rewritten.Taken, answer.Body) : null,
            cancellationToken);

    public ValueTask<ScannerResult<Letter>> ReadLetterAsync(ReadOnlyMemory<byte> message, LetterView view, CancellationToken cancellationToken) =>
        AskAsync(new RequestHeader(Operation.Letter) { View = view }, message, answer => answer.Header.Letter, cancellationToken);

    public ValueTask<ScannerResult<LetterAnswer>> OpenFileAsync(ReadOnlyMemory<byte> message, LetterView view, string path, CancellationToken cancellationToken) =>
        AskAsync(
            new RequestHeader(Operation.File) { View = view, Path = path },
            message,
            answer => answer.Header.File is { } file ? new LetterAnswer(file.File is { } found ? new OpenedFile(found, answer.Body, file.Text) : null) : null,
            cancellationToken);

    internal ValueTask<ScannerResult<ConfinementReport>> ReportConfinementAsync(CancellationToken cancellationToken) =>
        AskAsync(new RequestHeader(Operation.Confinement), ReadOnlyMemory<byte>.Empty, answer => answer.Header.Confinement, cancellationToken);

    private async ValueTask<ScannerResult<T>> AskAsync<T>(RequestHeader header, ReadOnlyMemory<byte> body, Func<Answer, T?> pick, CancellationToken cancellationToken)
        where T : class
    {
        if (body.Length > _options.MaxMessageBytes)
            return ScannerResult.Failed<T>(ScannerFailure.Unavailable, "the message is larger than a scanner process takes");

        Interlocked.Increment(ref _inFlight);
        try
        {
            while (await _free.TakeAsync(cancellationToken).ConfigureAwait(false) is { } process)
            {
                // One that ended while it was free costs no message an attempt.
                if (process.TryGive(header, body) is { } answer)
                    return await AwaitAsync(process, answer, pick, cancellationToken).ConfigureAwait(false);
            }

            return ScannerResult.Failed<T>(ScannerFailure.Unavailable, "no scanner process is to be had");
        }
        finally
        {
            if (Interlocked.Decrement(ref _inFlight) == 0 && Volatile.Read(ref _stopped) == 1)
                _allReturned.Release();
        }
    }

    private async ValueTask<ScannerResult<T>> AwaitAsync<T>(ScannerProcess process, Task<Answer> pending, Func<Answer, T?> pick, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var answer = await pending.WaitAsync(_options.Deadline, _time, cancellationToken).ConfigureAwait(false);
            if (pick(answer) is { } value)
            {
                GiveBack(process);
                return ScannerResult.Ok(value);
            }

            process.Kill();
            return Lost<T>(process, ScannerFailure.Crashed, "answered another question");
        }
        catch (TimeoutException)
        {
            process.Kill();
            return Lost<T>(process, ScannerFailure.TimedOut, $"did not answer within {_options.Deadline} and was killed");
        }
        catch (ScannerLostException e)
        {
            return Lost<T>(process, ScannerFailure.Crashed, e.Message);
        }
        catch (OperationCanceledException)
        {
            // It still works on a message nobody waits for.
            process.Kill();
            throw;
        }
    }

    private ScannerResult<T> Lost<T>(ScannerProcess process, ScannerFailure failure, string how)
        where T : class
    {
        PoolLog.Lost(_logger, process.ProcessId, how);
        return ScannerResult.Failed<T>(failure, "the scanner process " + how);
    }

    private void GiveBack(ScannerProcess process)
    {
        if (process.Given >= _options.RestartAfter)
            process.Retire();
        else
            _free.Add(process);
    }

    /// <summary>Keeps one process alive: starts it, waits for its end, starts the next; slower each time it fails at once.</summary>
    private async Task KeepSlotAsync(CancellationToken stopping)
    {
        var failures = 0;
        var failing = false;
        while (!stopping.IsCancellationRequested)
        {
            if (await TryStartAsync(stopping).ConfigureAwait(false) is { } process)
            {
                if (failing)
                    _free.SlotWorks();
                failing = false;
                if (await ServeAsync(process, stopping).ConfigureAwait(false))
                {
                    failures = 0;
                    continue;
                }
            }
            else if (!failing)
            {
                _free.SlotFails();
                failing = true;
            }

            var delay = Backoff(failures++);
            await Task.Delay(delay, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Backoff(int failures)
    {
        var delay = s_firstDelay * Math.Pow(2, Math.Min(failures, 10));
        return delay < s_longestDelay ? delay : s_longestDelay;
    }

    private async Task<ScannerProcess?> TryStartAsync(CancellationToken stopping)
    {
        try
        {
            return await ScannerProcess.StartAsync(_options, _resolver, _time, _logger, stopping).ConfigureAwait(false);
        }
        catch (ScannerStartException e)
        {
            PoolLog.CannotStart(_logger, e.Message);
            return null;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Offers the process until it ends. False when it ended at once without ever holding a message.</summary>
    private async Task<bool> ServeAsync(ScannerProcess process, CancellationToken stopping)
    {
        using var _ = process;
        PoolLog.Ready(_logger, process.ProcessId);
        if (process.Missing.Count > 0 && Interlocked.Exchange(ref _warned, 1) == 0)
            PoolLog.NotConfined(_logger, string.Join("; ", process.Missing));

        var since = _time.GetTimestamp();
        _free.Add(process);
        await using (stopping.UnsafeRegister(static state => ((ScannerProcess)state!).Kill(), process).ConfigureAwait(false))
        {
            var exitCode = await process.Ended.ConfigureAwait(false);
            _free.Remove(process);
            PoolLog.Ended(_logger, process.ProcessId, exitCode, process.Given);
        }

        return process.Given > 0 || _time.GetElapsedTime(since) >= s_shortLife;
    }
}
