using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Grains.TenantExports;

/// <summary>Bundles of what the platform holds of a tenant, made in the background.</summary>
public interface ITenantExports
{
    /// <param name="withBodies">The originals too: then the caller must be one that may open them, and where four eyes are asked for, none is.</param>
    /// <param name="reason">Why, for the audit log; with originals a person gives one.</param>
    /// <returns>Id of the export; else <c>TOO_MANY_EXPORTS</c>, <c>CONTENT_CLOSED</c>, <c>REASON_REQUIRED</c> or <c>APPROVAL_REQUIRED</c>.</returns>
    Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, bool withBodies, string? reason, CancellationToken cancellationToken);

    /// <summary>The finished bundle, a ZIP file; each download is on the audit log.</summary>
    /// <returns>Null when there is none in reach, it holds originals that the caller may not open, is not done, or has expired.</returns>
    Task<TenantExportFile?> OpenAsync(Scope scope, Guid exportId, CancellationToken cancellationToken);
}

public sealed record TenantExportFile(Stream Content, long Size);
