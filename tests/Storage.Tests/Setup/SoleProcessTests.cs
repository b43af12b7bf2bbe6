using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Storage.Messages;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;
using Platform.Storage.Transactions;

namespace Platform.Storage.Tests.Setup;

public sealed class SoleProcessTests
{
    private static readonly TimeSpan LongLease = TimeSpan.FromHours(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_process_before_was_scanning_is_due_at_once_and_its_attempt_counted()
    {
        var storage = await TestStorage.CreateAsync(new AloneBackend(), Ct);
        var tenant = await storage.AddTenantAsync("acme", Ct);
        await storage.Get<IMessageFlow>().AcceptAsync([Mails.To(tenant, storage.Time.GetUtcNow(), "info@acme.test")], Ct);
        await storage.Get<IMessageFlow>().ClaimScansAsync(1, LongLease, Ct);
        await storage.DisposeAsync();

        var next = await storage.OpenAgainAsync(Ct);

        Assert.Equal(2, Assert.Single(await next.Get<IMessageFlow>().ClaimScansAsync(1, LongLease, Ct)).Attempt);
        await next.DisposeAndDeleteAsync();
    }

    [Fact]
    public async Task What_the_process_before_was_relaying_is_due_at_once()
    {
        var storage = await TestStorage.CreateAsync(new AloneBackend(), Ct);
        var tenant = await storage.AddTenantAsync("acme", Ct);
        var flow = storage.Get<IMessageFlow>();
        await flow.AcceptAsync([Mails.To(tenant, storage.Time.GetUtcNow(), "info@acme.test")], Ct);
        var scan = Assert.Single(await flow.ClaimScansAsync(1, LongLease, Ct));
        await flow.CompleteScanAsync(scan, Mails.Outcome(scan, DeliveryState.Queued), Ct);
        await flow.ClaimRelaysAsync(1, LongLease, Ct);
        await storage.DisposeAsync();

        var next = await storage.OpenAgainAsync(Ct);

        Assert.Single(await next.Get<IMessageFlow>().ClaimRelaysAsync(1, LongLease, Ct));
        await next.DisposeAndDeleteAsync();
    }

    [Fact]
    public async Task A_second_process_waits_until_the_first_has_left()
    {
        using var folder = new Folder();
        using var first = folder.Process();
        using var second = folder.Process();
        await first.TakeFolderAsync(Ct);

        var waiting = second.TakeFolderAsync(Ct);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        folder.Time.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task A_second_process_is_refused_when_the_first_stays()
    {
        using var folder = new Folder();
        folder.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(10);
        using var first = folder.Process();
        using var second = folder.Process();
        await first.TakeFolderAsync(Ct);

        var waiting = second.TakeFolderAsync(Ct);
        while (!waiting.IsCompleted)
        {
            folder.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("Another process", (await Assert.ThrowsAsync<StorageSetupException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = System.IO.Directory.CreateTempSubdirectory("sole-test-").FullName;

        public FakeTimeProvider Time { get; } = new();

        public SoleProcess Process() => new(new StorageSettings { DataDirectory = _path }, new NoMoves(), Time, NullLogger<SoleProcess>.Instance);

        public void Dispose() => System.IO.Directory.Delete(_path, recursive: true);
    }

    private sealed class NoMoves : IMoveRunner
    {
        public SqlDialect Dialect => SqlDialect.Sqlite;

        public Task<T> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class AloneBackend : IStorageBackend
    {
        public Task<StorageSettings> CreateAsync(string folder, CancellationToken cancellationToken) =>
            Task.FromResult(new StorageSettings { DataDirectory = folder, PlatformKey = TestStorage.PlatformKey, SoleProcess = true });
    }
}
