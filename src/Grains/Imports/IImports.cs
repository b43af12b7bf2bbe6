using Platform.Storage.Scopes;

namespace Platform.Grains.Imports;

/// <summary>Takes in files of many mails for a diagnosis (IN2): .eml, .mbox, and .zip of either or of a Maildir tree.</summary>
public interface IImports
{
    /// <summary>
    /// Stores the file, encrypted, and queues the job; returns when both are durable. Progress stands in <see cref="Storage.Model.ImportRow"/>.
    /// Needs the permission <see cref="Permissions.Scan"/>.
    /// </summary>
    /// <param name="fileName">As uploaded: its extension chooses the format where the content does not tell.</param>
    /// <returns>The id of the job.</returns>
    /// <exception cref="ScopeViolationException">The tenant is out of reach.</exception>
    /// <exception cref="PermissionDeniedException">The permission is missing.</exception>
    /// <exception cref="ImportRefusedException">Empty, or larger than the limit; nothing is kept.</exception>
    /// <exception cref="Storage.Messages.StorageFullException">No room; nothing is kept.</exception>
    Task<Guid> StartAsync(Scope scope, Guid tenantId, string fileName, Stream content, CancellationToken cancellationToken);
}

/// <param name="code">Stable: <c>IMPORT_EMPTY</c> or <c>IMPORT_TOO_LARGE</c>.</param>
public sealed class ImportRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
