namespace Platform.Storage.Setup;

/// <summary>Background work of the storage waits for this, since a host may start it before the schema is there.</summary>
internal sealed class StorageReadiness
{
    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Prepared => _prepared.Task;

    public void Set() => _prepared.TrySetResult();
}
