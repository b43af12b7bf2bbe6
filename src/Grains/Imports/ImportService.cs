using System.Buffers;
using Platform.Storage.Audit;
using Platform.Storage.Bodies;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Grains.Imports;

internal sealed class ImportService(
    IBodyStore bodies, IPlatformDbFactory databases, IAuditLog audit, ImportSignal signal, FlowSettings settings, TimeProvider clock) : IImports
{
    private const int BlockSize = 64 * 1024;
    private const int MaxFileName = 200;

    public async Task<Guid> StartAsync(Scope scope, Guid tenantId, string fileName, Stream content, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        scope.Require(Permissions.Scan);

        var body = await StoreAsync(tenantId, content, cancellationToken);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        try
        {
            await using var database = databases.Open(scope);
            database.Imports.Add(new ImportRow
            {
                Id = id,
                TenantId = tenantId,
                FileName = Plain(fileName),
                BodyName = body.Reference.Name,
                BodyKey = body.Reference.WrappedKey,
                State = ImportStates.Queued,
                Total = 0,
                Done = 0,
                Failed = 0,
                CreatedAt = now,
                ChangedAt = now,
            });
            await database.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            await bodies.DeleteAsync(body.Reference, CancellationToken.None);
            throw;
        }
        await audit.AppendAsync(scope, tenantId, "import.start", id.ToString(), $"{body.Size} bytes", cancellationToken);
        signal.JobReady();
        return id;
    }

    private async Task<SealedBody> StoreAsync(Guid tenantId, Stream content, CancellationToken cancellationToken)
    {
        await using var writer = await bodies.CreateAsync(tenantId, cancellationToken);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (await content.ReadAsync(block.AsMemory(0, BlockSize), cancellationToken) is > 0 and var read)
            {
                if (writer.Length + read > settings.Imports.MaxFileBytes)
                    throw new ImportRefusedException("IMPORT_TOO_LARGE", $"The file is larger than {settings.Imports.MaxFileBytes} bytes. Split it and import the parts.");
                await writer.WriteAsync(block.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block, clearArray: true);
        }
        return writer.Length == 0
            ? throw new ImportRefusedException("IMPORT_EMPTY", "The file is empty. Send an .eml, .mbox or .zip file.")
            : await writer.SealAsync(cancellationToken);
    }

    /// <summary>The name for people and lists: without folders, control characters and excess.</summary>
    private static string Plain(string fileName)
    {
        var name = string.Concat(fileName.Split(['/', '\\'])[^1].Where(c => !char.IsControl(c)));
        return name.Length <= MaxFileName ? name : name[^MaxFileName..];
    }
}
