using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>
/// A session over pipes in memory. Both pipes run their readers inline, so that each segment is seen on its own and the
/// session has done all it can when <see cref="SayAsync(string)"/> returns, as long as its handler does not wait.
/// </summary>
internal sealed class PipeConversation : IAsyncDisposable
{
    private static readonly PipeOptions Inline = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Pipe _input = new(Inline);
    private readonly Pipe _output = new(Inline);
    private readonly StringBuilder _said = new();
    private readonly DefaultConnectionContext _connection;
    private readonly SmtpConnectionHandler _listener;
    private readonly Task _listening;

    public PipeConversation(SmtpServerOptions options, ISmtpHandler handler, TimeProvider? time = null)
    {
        var pipe = new DuplexPipe(_input.Reader, _output.Writer);
        _connection = new DefaultConnectionContext("test", pipe, pipe) { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 40_000) };
        _listener = new SmtpConnectionHandler(handler, options, time ?? TimeProvider.System, Errors);
        _listening = ListenAsync();
        Session = RunAsync();
    }

    /// <summary>Ends with the session.</summary>
    public Task Session { get; }

    /// <summary>What the session logged as an error.</summary>
    public ErrorLog Errors { get; } = new();

    /// <summary>How often the server sent something.</summary>
    public int Flushes { get; private set; }

    /// <summary>All that the server said, one character an octet.</summary>
    public string Said => _said.ToString();

    /// <summary>The codes of all replies so far, in order.</summary>
    public IEnumerable<int> Codes =>
        Said.Split("\r\n").Where(line => line.Length > 3 && line[3] == ' ').Select(line => int.Parse(line.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture));

    public Task SayAsync(string text) => SayAsync(Encoding.Latin1.GetBytes(text));

    public async Task SayAsync(ReadOnlyMemory<byte> octets) => await _input.Writer.WriteAsync(octets);

    /// <summary>Closes the client's side and waits for the session to end.</summary>
    public async Task LeaveAsync()
    {
        await _input.Writer.CompleteAsync();
        await Session.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _listener.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        await _listener.OnConnectedAsync(_connection);
        await _output.Writer.CompleteAsync();
        await _listening;
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            var result = await _output.Reader.ReadAsync();
            if (!result.Buffer.IsEmpty)
                Flushes++;
            _said.Append(Encoding.Latin1.GetString(result.Buffer.ToArray()));
            _output.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;
    }
}

/// <summary>Keeps what is logged as an error.</summary>
internal sealed class ErrorLog : ILogger<SmtpConnectionHandler>
{
    public List<string> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error)
            Entries.Add($"{formatter(state, exception)} {exception}");
    }
}
