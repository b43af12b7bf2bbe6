namespace Platform.Storage.Tests.Support;

/// <summary>What the storage promises on every database. A derived class names the database.</summary>
public abstract class StorageContract(IStorageBackend backend) : IAsyncLifetime
{
    private TestStorage? _storage;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestStorage Storage => _storage!;

    public async ValueTask InitializeAsync() => _storage = await TestStorage.CreateAsync(backend, Ct);

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null)
            await _storage.DisposeAndDeleteAsync();
        GC.SuppressFinalize(this);
    }
}
