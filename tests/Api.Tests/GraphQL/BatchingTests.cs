using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class BatchingTests
{
    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_page()
    {
        await using var platform = new TestPlatform();
        await platform.InitializeAsync();
        await QueriesAsync(platform, 1);
        var few = await QueriesAsync(platform, 2);

        Assert.InRange(few, 6, 12);
        Assert.Equal(few, await QueriesAsync(platform, 25));
    }

    [Fact]
    public async Task Keys_asked_for_before_the_first_is_awaited_are_fetched_together()
    {
        var batches = new ConcurrentQueue<int>();
        var loader = new BatchLoader<int, string>(
            (keys, _) =>
            {
                batches.Enqueue(keys.Count);
                return Task.FromResult<IReadOnlyDictionary<int, string>>(keys.Where(key => key != 3).ToDictionary(key => key, key => key.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            },
            key => "none");

        var first = new[] { 1, 2, 3, 2 }.Select(loader.Load).ToList();
        var values = await Task.WhenAll(first.Select(result => result.GetResultAsync(TestContext.Current.CancellationToken)));
        var later = await loader.Load(1).GetResultAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["1", "2", "none", "2", "1"], [.. values, later]);
        Assert.Equal([3, 1], batches);
    }

    private static async Task<int> QueriesAsync(TestPlatform platform, int first)
    {
        using var counter = new CommandCounter(platform.Folder);
        await platform.DataAsync("acme-siem", 
            """
            query($first: Int) { messages(first: $first) { nodes {
              id reasons { id listEntry { id } } sender { address mailbox { id } } origin { country } history { id delivery { id } } tenant { name }
              deliveries { id mailbox { id } decision { rule { name rule { id } } } message { id } }
            } } }
            """, new { first });
        return counter.Count;
    }

    /// <summary>Counts the commands on databases below a folder; other tests run beside this one.</summary>
    private sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly List<IDisposable> _subscriptions = [];
        private readonly string _folder;
        private int _count;

        public CommandCounter(string folder)
        {
            _folder = folder;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => _count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore")
                _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData data && data.Connection.DataSource.StartsWith(_folder, StringComparison.Ordinal))
                Interlocked.Increment(ref _count);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }
    }
}
