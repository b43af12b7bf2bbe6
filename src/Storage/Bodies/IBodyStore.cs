namespace Platform.Storage.Bodies;

/// <summary>
/// Message bodies: each encrypted with its own key (AES-256-GCM in chunks), that key wrapped by the tenant's key,
/// that by the platform's. Files are named by a keyed hash of the body id.
/// </summary>
public interface IBodyStore
{
    /// <summary>Opens a body for writing in the spool. Bytes are encrypted as they come; nothing of the plain text touches the disk.</summary>
    /// <exception cref="Messages.StorageFullException">No room.</exception>
    ValueTask<IBodyWriter> CreateAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Gives a stream that can seek and knows its length: chunks are opened one by one.</summary>
    /// <exception cref="BodyMissingException">Purged or lost.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes on disk were changed.</exception>
    ValueTask<Stream> OpenReadAsync(Guid tenantId, BodyReference body, CancellationToken cancellationToken);

    ValueTask DeleteAsync(BodyReference body, CancellationToken cancellationToken);
}

/// <summary>Disposing without sealing removes the file.</summary>
public interface IBodyWriter : IAsyncDisposable
{
    long Length { get; }

    /// <exception cref="Messages.StorageFullException">No room.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Flushes the file, renames it to its final name and flushes the folder (shared by concurrent seals).</summary>
    /// <exception cref="Messages.StorageFullException">No room; nothing is left behind.</exception>
    ValueTask<SealedBody> SealAsync(CancellationToken cancellationToken);
}

/// <param name="Sha256">Lower-case hex of the plain bytes.</param>
public sealed record SealedBody(BodyReference Reference, long Size, string Sha256);

/// <param name="Name">File name below the body folder: a keyed hash.</param>
/// <param name="WrappedKey">The key of this body under the key of its tenant; deleting it is the purge.</param>
public sealed record BodyReference(string Name, byte[] WrappedKey);

public sealed class BodyMissingException(string name) : Exception($"The body '{name}' is not there: purged or lost.");
