using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Grains.TenantExports;

/// <summary>Bundles of what the platform holds of a tenant, made in the background.</summary>
public interface ITenantExports
{
    /// <returns>Id of the export; else <c>TOO_MANY_EXPORTS</c>.</returns>
    Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, bool withBodies, CancellationToken cancellationToken);

    /// <summary>The finished bundle, a ZIP file; each download is on the audit log.</summary>
    /// <returns>Null when there is none in reach, or it is not done, or it has expired.</returns>
    Task<TenantExportFile?> OpenAsync(Scope scope, Guid exportId, CancellationToken cancellationToken);
}

public sealed record TenantExportFile(Stream Content, long Size);
