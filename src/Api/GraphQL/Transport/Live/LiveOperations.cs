using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.GraphQL.Subscriptions;

namespace Platform.Api.GraphQL.Transport.Live;

/// <summary>Runs documents whose answer may be a stream. Each runs in services of its own, under the caller as it is at that moment.</summary>
internal sealed class LiveOperations(IDocumentExecuter<PlatformSchema> executer, IServiceScopeFactory scopes, ResolverFailures failures)
{
    /// <summary>For the answer that is not a stream, and for the first step of one.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The results in order. The first alone may be one that did not run (<see cref="ExecutionResult.Executed"/> is false): then it is the last.</summary>
    public async IAsyncEnumerable<ExecutionResult> RunAsync(ParsedRequest request, Caller caller, LiveCaller live, AllowedOperations allowed, string requestId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<LiveScope>().Follow(caller, live.NowAsync);
        var flow = services.ServiceProvider.GetRequiredService<SubscriptionFlow>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Longest);
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Query = request.Query,
            OperationName = request.OperationName,
            Variables = request.Variables,
            Extensions = request.Extensions,
            RequestServices = services.ServiceProvider,
            CancellationToken = stop.Token,
            UserContext = OperationRule.Only(allowed),
        });
        if (result.Streams is not { Count: > 0 } streams)
        {
            yield return Named(result);
            yield break;
        }

        stop.CancelAfter(Timeout.InfiniteTimeSpan);
        var results = Channel.CreateUnbounded<ExecutionResult>(new UnboundedChannelOptions { SingleReader = true });
        using var subscription = streams.Values.Single().Subscribe(new Writer(results.Writer, failures));
        try
        {
            await foreach (var next in results.Reader.ReadAllAsync(cancellationToken))
            {
                yield return Named(next);
                flow.GiveRoom();
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        ExecutionResult Named(ExecutionResult one)
        {
            foreach (var error in one.Errors ?? [])
                error.AddExtension(RequestIdMiddleware.Member, requestId);
            return one;
        }
    }

    /// <summary>The channel has no bound of its own: the source waits for room before each result (<see cref="SubscriptionFlow"/>).</summary>
    private sealed class Writer(ChannelWriter<ExecutionResult> results, ResolverFailures failures) : IObserver<ExecutionResult>
    {
        public void OnNext(ExecutionResult value) => results.TryWrite(value);

        // What keeps the source from going on is told as a result, the last one.
        public void OnError(Exception error)
        {
            if (failures.OfStream(error) is { } told)
                results.TryWrite(new ExecutionResult { Executed = true, Errors = [told] });
            results.TryComplete();
        }

        public void OnCompleted() => results.TryComplete();
    }
}
