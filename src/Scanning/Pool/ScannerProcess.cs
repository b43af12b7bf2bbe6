using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication.Dns;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Pool;

/// <summary>
/// One scanner process and the thread that owns it. The thread starts the process, speaks with it and reaps it:
/// the pipes of a child block, which must not cost threads of the shared pool, and Linux ends the child
/// when the thread that started it ends (PR_SET_PDEATHSIG), so both live equally long.
/// </summary>
internal sealed class ScannerProcess : IDisposable
{
    private const int ThreadStackBytes = 512 * 1024;
    private static readonly TimeSpan s_leaveTime = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<Exchange> _exchanges = new(1);
    private readonly TaskCompletionSource<ReadyHeader> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly AnswerDesk _desk;
    private readonly Process _process;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private volatile bool _retired;
    private bool _started;
    private bool _killed;

    private ScannerProcess(ProcessStartInfo start, AnswerDesk desk, ILogger logger)
    {
        _desk = desk;
        _logger = logger;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) =>
        {
            Retire();
            StopAnswering();
        };
    }

    /// <summary>Messages given to it so far.</summary>
    public int Given { get; private set; }

    public IReadOnlyList<string> Missing { get; private set; } = [];

    public int ProcessId { get; private set; }

    /// <summary>It ended, or takes no more messages.</summary>
    public bool HasEnded => _retired;

    /// <summary>Completes with the exit code once the process is gone and reaped.</summary>
    public Task<int> Ended => _ended.Task;

    /// <param name="resolver">Answers its questions to DNS; null: it has none.</param>
    /// <exception cref="ScannerStartException">No process, or none that was ready in time.</exception>
    public static async Task<ScannerProcess> StartAsync(
        ScannerPoolOptions options, IDnsResolver? resolver, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var scanner = new ScannerProcess(ScannerLaunch.For(options, mayAsk: resolver is not null), new AnswerDesk(resolver, time), logger);
        new Thread(scanner.Run, ThreadStackBytes) { IsBackground = true, Name = "scanner" }.Start();
        try
        {
            var ready = await scanner._ready.Task.WaitAsync(options.StartTimeout, time, cancellationToken).ConfigureAwait(false);
            if (ready.Version != ReadyHeader.CurrentVersion)
                throw new ScannerStartException($"speaks version {ready.Version}, {ReadyHeader.CurrentVersion} is needed");
            scanner.Missing = ready.Missing;
            return scanner;
        }
        catch (TimeoutException e)
        {
            await scanner.EndAsync().ConfigureAwait(false);
            throw new ScannerStartException($"was not ready within {options.StartTimeout}", e);
        }
        catch
        {
            await scanner.EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives it one message, one at a time. Null when it takes no more; the message did not reach it.</summary>
    /// <returns>The answer, or <see cref="ScannerLostException"/> when the process ended or broke the protocol.</returns>
    public Task<Answer>? TryGive(RequestHeader header, ReadOnlyMemory<byte> body)
    {
        var exchange = new Exchange(header, body);
        try
        {
            _exchanges.Add(exchange);
            Given++;
            return exchange.Result.Task;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Ends the process at once, whatever it does.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _killed = true;
            if (_started)
                KillStarted();
        }

        StopAnswering();
    }

    /// <summary>Lets the process leave after the message in hand.</summary>
    public void Retire()
    {
        _retired = true;
        try
        {
            _exchanges.CompleteAdding();
        }
        catch (ObjectDisposedException)
        {
            // The exit notice of the runtime may come after the end of everything else.
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _exchanges.Dispose();
        _desk.Dispose();
        _ending.Dispose();
    }

    private void StopAnswering()
    {
        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // As above: it is all over.
        }
    }

    private async Task EndAsync()
    {
        Kill();
        await Ended.ConfigureAwait(false);
        Dispose();
    }

    private void Run()
    {
        Exchange? open = null;
        Exception? cause = null;
        try
        {
            StartProcess();
            var output = _process.StandardOutput.BaseStream;
            if (Frame.Read(output, 0) is not { } first)
                throw new EndOfStreamException("it ended before it was ready");
            _ready.TrySetResult(JsonSerializer.Deserialize(first.Header, ScannerJson.Default.ReadyHeader) ?? throw new InvalidDataException("the ready frame is empty"));
            var conversation = new Conversation(_process.StandardInput.BaseStream, output, _desk);
            var ending = _ending.Token;
            foreach (var exchange in _exchanges.GetConsumingEnumerable())
            {
                open = exchange;
                var answer = conversation.Speak(exchange.Header, exchange.Body, ending);
                open = null;
                exchange.Result.SetResult(answer);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            cause = e;
        }

        Retire();
        var exitCode = Reap(cause);
        var lost = new ScannerLostException(Describe(exitCode, cause));
        _ready.TrySetException(new ScannerStartException(lost.Message, cause));
        open?.Result.TrySetException(lost);
        foreach (var left in _exchanges.GetConsumingEnumerable())
            left.Result.TrySetException(lost);
        _ended.SetResult(exitCode);
    }

    private void StartProcess()
    {
        lock (_gate)
        {
            if (_killed)
                throw new InvalidOperationException("it was ended before it began");
            _process.Start();
            _started = true;
            ProcessId = _process.Id;
        }

        StandardErrorLog.Drain(_process.StandardError.BaseStream, ProcessId, _logger);
    }

    /// <summary>End of input asks the process to leave; one that broke the protocol or stays is killed.</summary>
    private int Reap(Exception? cause)
    {
        if (!_started)
            return -1;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // What was still buffered had no reader any more.
        }

        if (cause is InvalidDataException or JsonException || !_process.WaitForExit(s_leaveTime))
        {
            lock (_gate)
                KillStarted();
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    private void KillStarted()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // Already gone.
        }
    }

    private static string Describe(int exitCode, Exception? cause) => exitCode switch
    {
        HostVariables.ExitOutOfMemory => "ran out of its memory",
        HostVariables.ExitError => "ended on an internal error",
        > 128 and < 192 => $"ended by signal {exitCode - 128}",
        -1 => $"did not start: {cause?.Message}",
        _ when cause is InvalidDataException or JsonException => "broke the protocol",
        _ => $"ended with exit code {exitCode}",
    };

    private sealed record Exchange(RequestHeader Header, ReadOnlyMemory<byte> Body)
    {
        public TaskCompletionSource<Answer> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal sealed record Answer(ResponseHeader Header, byte[] Body);

/// <summary>The process is gone. The message says how, and nothing of the mail.</summary>
internal sealed class ScannerLostException(string message) : Exception(message);

internal sealed class ScannerStartException(string message, Exception? inner = null) : Exception(message, inner);
