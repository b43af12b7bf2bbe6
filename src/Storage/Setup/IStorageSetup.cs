namespace Platform.Storage.Setup;

/// <summary>Makes the storage ready. Call and await it once, before anything else of this project is used.</summary>
public interface IStorageSetup
{
    /// <summary>Checks keys and folders, makes what is missing, brings the schema up to date.</summary>
    /// <exception cref="StorageSetupException">Says which key, folder or setting is wrong, and what to do.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);
}
