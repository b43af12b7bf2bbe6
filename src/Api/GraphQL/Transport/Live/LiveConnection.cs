using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using GraphQL;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>
/// One WebSocket that speaks <c>graphql-transport-ws</c> (PROTOCOL.md of the npm package <c>graphql-ws</c>). The client says
/// <c>connection_init</c> with its token within ten seconds and is answered <c>connection_ack</c>; then <c>subscribe</c> with an id starts an
/// operation, answered by <c>next</c> and <c>complete</c>, or by <c>error</c> when it does not run; <c>complete</c> from the client ends it;
/// <c>ping</c> is answered by <c>pong</c>. What goes against the protocol closes the connection with one of <see cref="LiveClose"/>.
/// Answers wait in a queue of bounded length: a client that does not read holds its own operations up, and is cut off after a while.
/// </summary>
internal sealed class LiveConnection(WebSocket socket, HttpContext context, LiveConnectionServices services)
{
    public const int MaxOperations = 50;
    private const int QueueLength = 64;
    private static readonly TimeSpan InitWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);

    // Apart from the other: whoever cancels a receive aborts the socket, and a close could not be told any more.
    private readonly CancellationTokenSource _gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    private LiveClose? _close;
    private LiveCaller? _live;
    private bool _initialised;

    public async Task RunAsync()
    {
        using var stopping = services.Stopping.Register(() => End(LiveClose.GoingAway));
        var sending = SendAllAsync();
        var watching = WatchAsync();
        await ReceiveAllAsync();
        End(LiveClose.Normal);
        await Task.WhenAll(sending, watching);
        _gone.Dispose();
    }

    private async Task ReceiveAllAsync()
    {
        try
        {
            while (await LiveReceive.ReadAsync(socket, RequestReader.MaxBodyBytes, _gone.Token) is { } text)
            {
                if (LiveMessage.Read(text) is not { } message)
                    End(LiveClose.BadRequest("no message of graphql-transport-ws"));
                else
                    await TakeAsync(message);
                if (_close is not null)
                    return;
            }
        }
        catch (InvalidOperationException)
        {
            // JSON may hold half of a surrogate pair, which no string can.
            End(LiveClose.BadRequest("text that is no Unicode"));
        }
        catch (LiveReceiveException problem)
        {
            End(LiveClose.BadRequest(problem.Message));
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The client has gone, or did not answer our close.
        }
    }

    private ValueTask TakeAsync(LiveMessage message)
    {
        switch (message)
        {
            case { Type: "connection_init" } when _initialised:
                End(LiveClose.TooManyInits);
                return default;
            case { Type: "connection_init" }:
                _initialised = true;
                return InitAsync(message);
            case { Type: "ping" }:
                return SendAsync(LiveAnswers.Pong(message.Payload));
            case { Type: "pong" }:
                return default;
            case { Type: "subscribe", Id: { } id, Payload: { } payload }:
                return SubscribeAsync(id, payload);
            case { Type: "complete", Id: { } id }:
                return StopAsync(id);
            default:
                End(LiveClose.BadRequest("a message lacks a part, or is none of a client"));
                return default;
        }
    }

    private async ValueTask InitAsync(LiveMessage message)
    {
        if (await services.Tokens.SignInAsync(context, message.Payload, _ended.Token) is not { } live)
        {
            End(LiveClose.Forbidden);
            return;
        }

        _live = live;
        await SendAsync(LiveAnswers.Acknowledged);
    }

    private async ValueTask SubscribeAsync(string id, System.Text.Json.JsonElement payload)
    {
        if (_live is null || await _live.NowAsync(_ended.Token) is not { } caller)
        {
            End(LiveClose.Unauthorized);
            return;
        }

        var reading = RequestReader.ReadPayload(payload, services.Serializer);
        if (reading.Request is not { } request)
        {
            End(LiveClose.BadRequest(reading.Problem!.Message));
            return;
        }

        var stop = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        if (!_operations.TryAdd(id, stop))
        {
            stop.Dispose();
            End(LiveClose.AlreadyThere(id));
            return;
        }

        if (_operations.Count > MaxOperations || !services.Limits.TryTake(caller))
        {
            Forget(id, stop);
            var refusal = new ExecutionError($"Too many: at most {MaxOperations} operations run on one connection, and no more start a minute than the client may send requests.") { Code = ErrorCodes.RateLimited };
            await SendAsync(services.Answers.Error(id, new ExecutionResult { Errors = [refusal] }));
            return;
        }

        _ = Task.Run(() => RunAsync(id, request, caller, stop), CancellationToken.None);
    }

    private async Task RunAsync(string id, ParsedRequest request, Caller caller, CancellationTokenSource stop)
    {
        try
        {
            var whole = await services.Documents.ResolveAsync(caller, request, stop.Token);
            await foreach (var result in services.Operations.RunAsync(whole, caller, _live!, AllowedOperations.Query | AllowedOperations.Mutation | AllowedOperations.Subscription, context.TraceIdentifier, stop.Token))
            {
                if (!result.Executed)
                {
                    await SendLastAsync(id, stop, services.Answers.Error(id, result));
                    return;
                }

                await SendAsync(services.Answers.Next(id, result));
            }

            await SendLastAsync(id, stop, LiveAnswers.Complete(id));
        }
        catch (ApiException refused)
        {
            await SendLastAsync(id, stop, services.Answers.Error(id, new ExecutionResult { Errors = [new ExecutionError(refused.Message) { Code = refused.Code }] }));
        }
        catch (OperationCanceledException)
        {
            // Completed by the client, or the connection has ended.
        }
        catch (Exception problem)
        {
            services.OperationFailed(problem);
            End(LiveClose.Internal);
        }
        finally
        {
            Forget(id, stop);
        }
    }

    private async ValueTask StopAsync(string id)
    {
        if (_operations.TryRemove(id, out var stop))
            await stop.CancelAsync();
    }

    /// <summary>Once the client has read that an operation is over, it may use the id anew: so the id is free before that is said.</summary>
    private ValueTask SendLastAsync(string id, CancellationTokenSource stop, byte[] message)
    {
        _operations.TryRemove(KeyValuePair.Create(id, stop));
        return SendAsync(message);
    }

    private void Forget(string id, CancellationTokenSource stop)
    {
        _operations.TryRemove(KeyValuePair.Create(id, stop));
        stop.Dispose();
    }

    /// <summary>Sees to it that the client says who it is, and that it is put out when it is that no more.</summary>
    private async Task WatchAsync()
    {
        try
        {
            await Task.Delay(InitWithin, services.Time, _ended.Token);
            if (!_initialised)
                End(LiveClose.InitTimeout);
            while (_live is null || await _live.NowAsync(_ended.Token) is not null)
                await Task.Delay(CheckEvery, services.Time, _ended.Token);
            End(LiveClose.Unauthorized);
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(_ended.Token))
            {
                using var limit = new CancellationTokenSource(SendWithin, services.Time);
                await socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, limit.Token);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            await CloseAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // Gone, or so slow that it counts as gone: a send that was cut off leaves the connection aborted.
            End(LiveClose.Normal);
            await _gone.CancelAsync();
        }
    }

    private ValueTask SendAsync(byte[] message) => _outgoing.Writer.WriteAsync(message, _ended.Token);

    /// <summary>The first reason counts. What runs is stopped, what waits to be sent is dropped, the close is sent.</summary>
    private void End(LiveClose close)
    {
        if (Interlocked.CompareExchange(ref _close, close, null) is null)
            _ended.Cancel();
    }

    private async Task CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var limit = new CancellationTokenSource(CloseWithin, services.Time);
                await socket.CloseOutputAsync((WebSocketCloseStatus)_close!.Code, _close.Reason, limit.Token);
            }

            _gone.CancelAfter(CloseWithin);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            await _gone.CancelAsync();
        }
    }
}
