using Microsoft.EntityFrameworkCore;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Model;

/// <summary>The model on SQLite. Saves pass the one writer's gate, so that they wait their turn instead of polling a busy file.</summary>
internal sealed class SqlitePlatformDb(DbContextOptions<SqlitePlatformDb> options, Scope? scope, SqliteWriteGate gate) : PlatformDb(options, scope)
{
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using var turn = Database.CurrentTransaction is null ? await gate.EnterAsync(cancellationToken) : null;
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
