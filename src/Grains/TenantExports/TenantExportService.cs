using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.TenantExports;

namespace Platform.Grains.TenantExports;

internal sealed class TenantExportService(IPlatformDbFactory databases, IBodyStore bodies, IAuditLog audit, FlowSettings settings, TimeProvider clock) : ITenantExports
{
    public async Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, bool withBodies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.TenantExport);
        scope.Require(tenantId);
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
        await audit.AppendAsync(scope, tenantId, "tenant.export", "export:" + id, withBodies ? """{"bodies":true}""" : """{"bodies":false}""", cancellationToken);
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
        await audit.AppendAsync(scope, export.TenantId, "tenant.export.download", "export:" + exportId, "{}", cancellationToken);
        return new TenantExportFile(await bodies.OpenReadAsync(export.TenantId, new BodyReference(name, key), cancellationToken), size);
    }
}
