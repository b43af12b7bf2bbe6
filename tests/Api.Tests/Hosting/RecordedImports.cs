using Platform.Grains.Imports;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Hosting;

/// <summary>Takes a file in as the real imports do, and leaves the job queued.</summary>
internal sealed class RecordedImports(IPlatformDbFactory databases, TimeProvider time) : IImports
{
    public List<(string FileName, byte[] Content)> Files { get; } = [];

    public async Task<Guid> StartAsync(Scope scope, Guid tenantId, string fileName, Stream content, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.Scan);
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
            throw new ImportRefusedException("IMPORT_EMPTY", "The file is empty.");
        lock (Files)
            Files.Add((fileName, buffer.ToArray()));
        var row = Seed.Import(tenantId, fileName, time.GetUtcNow());
        await using var db = databases.Open(scope);
        db.Imports.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }
}
