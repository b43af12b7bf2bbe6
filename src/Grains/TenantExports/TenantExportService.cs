using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.ContentAccess;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.TenantExports;

namespace Platform.Grains.TenantExports;

internal sealed class TenantExportService(IPlatformDbFactory databases, IBodyStore bodies, IAuditLog audit, IContentAccess access, FlowSettings settings, TimeProvider clock) : ITenantExports
{
    public async Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, bool withBodies, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.TenantExport);
        scope.Require(tenantId);
        if (withBodies && await RefuseOriginalsAsync(scope, tenantId, reason, cancellationToken) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        await using var database = databases.Open(scope);
        var open = await database.TenantExports.CountAsync(
            e => e.TenantId == tenantId && (e.State == TenantExportStates.Queued || e.State == TenantExportStates.Running || (e.State == TenantExportStates.Done && e.ExpiresAt > now)), cancellationToken);
        if (open >= settings.TenantExports.MaxKept)
            return new CommandResult<Guid>(default, "TOO_MANY_EXPORTS", $"A tenant has at most {settings.TenantExports.MaxKept.ToString(CultureInfo.InvariantCulture)} exports at a time; wait until one expires.");
        var id = Guid.CreateVersion7(now);
        database.TenantExports.Add(new TenantExportRow
        {
            Id = id,
            TenantId = tenantId,
            WithBodies = withBodies,
            State = TenantExportStates.Queued,
            Total = 0,
            Done = 0,
            RequestedBy = scope.Actor,
            CreatedAt = now,
        });
        await database.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(scope, tenantId, "tenant.export", "export:" + id, JsonSerializer.Serialize(new { bodies = withBodies, reason }), cancellationToken);
        return new CommandResult<Guid>(id, null, null);
    }

    public async Task<TenantExportFile?> OpenAsync(Scope scope, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.TenantExport);
        var now = clock.GetUtcNow();
        await using var database = databases.Open(scope);
        var export = await database.TenantExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == exportId, cancellationToken);
        if (export is not { State: TenantExportStates.Done, BodyName: { } name, BodyKey: { } key, Size: { } size } || export.ExpiresAt <= now)
            return null;
        if (export.WithBodies && !scope.AllowsFor(export.TenantId, Permissions.MessagesContent))
            return null;
        await audit.AppendAsync(scope, export.TenantId, "tenant.export.download", "export:" + exportId, "{}", cancellationToken);
        return new TenantExportFile(await bodies.OpenReadAsync(export.TenantId, new BodyReference(name, key), cancellationToken), size);
    }

    /// <summary>A bundle with originals opens all of them at once.</summary>
    private async Task<CommandResult<Guid>?> RefuseOriginalsAsync(Scope scope, Guid tenantId, string? reason, CancellationToken cancellationToken)
    {
        if (!scope.AllowsFor(tenantId, Permissions.MessagesContent))
            return new CommandResult<Guid>(default, "CONTENT_CLOSED", "You may not open this tenant's messages, so the export is without originals: leave withBodies out.");
        return await access.CheckBundleAsync(scope, tenantId, reason, cancellationToken) is { Code: { } code, Message: { } message } ? new CommandResult<Guid>(default, code, message) : null;
    }
}
