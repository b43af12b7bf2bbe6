using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Platform.Engine.Feeds;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Storage.Lists;

/// <summary>Whose list an entry stands in, seen from a tenant.</summary>
public enum ListOrigin
{
    /// <summary>The tenant's own.</summary>
    Tenant,

    /// <summary>That of its MSP.</summary>
    Msp,
}

/// <summary>Lists as people read them: those of the tenants in reach and what these inherit from their MSP.</summary>
public interface IListReading
{
    /// <summary>Newest first.</summary>
    /// <param name="after">Time and id of the last entry seen; null: from the newest.</param>
    Task<IReadOnlyList<ListedEntry>> PageAsync(Scope scope, ListQuery query, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken);

    Task<int> CountAsync(Scope scope, ListQuery query, CancellationToken cancellationToken);

    /// <summary>Null when it is unknown or out of reach.</summary>
    Task<ListedEntry?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken);

    /// <summary>Those of the ids that are known and in reach, in no order.</summary>
    Task<IReadOnlyList<ListedEntry>> FindManyAsync(Scope scope, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The list of one owner as CSV (<see cref="ListText"/>), oldest first.</summary>
    Task<ListExport> ExportAsync(Scope scope, ListOwner owner, CancellationToken cancellationToken);
}

/// <summary>Which entries. All that is given must hold.</summary>
/// <param name="Search">What value or note contains, case not regarded.</param>
/// <param name="IsExpired">Null: both.</param>
public sealed record ListQuery(ListAction? Action = null, IReadOnlyList<ListEntryKind>? Kinds = null, ListOrigin? Origin = null, string? Search = null, bool? IsExpired = null);

/// <param name="ByWhom">Whether the one who asks may see who made the entry: not of an inherited one.</param>
public sealed record ListedEntry(ListEntryRow Row, ListOrigin Origin, bool ByWhom, bool IsExpired);

/// <param name="Revision">Of the list; 0 when nothing was ever listed.</param>
public sealed record ListExport(string Text, int Count, long Revision);

internal sealed class ListReading(IPlatformDbFactory databases, IRecipientDirectory directory, TimeProvider time) : IListReading
{
    public async Task<IReadOnlyList<ListedEntry>> PageAsync(Scope scope, ListQuery query, (DateTimeOffset Time, Guid Id)? after, int count, CancellationToken cancellationToken)
    {
        var wide = await WithInheritedAsync(scope, cancellationToken);
        await using var db = databases.Open(wide);
        var entries = Matching(db, scope, query);
        var rows = await entries.NewestFirst(row => row.CreatedAt, after).Take(count).ToListAsync(cancellationToken);
        return [.. rows.Select(row => Listed(scope, row))];
    }

    public async Task<int> CountAsync(Scope scope, ListQuery query, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(await WithInheritedAsync(scope, cancellationToken));
        return await Matching(db, scope, query).CountAsync(cancellationToken);
    }

    public async Task<ListedEntry?> FindAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(await WithInheritedAsync(scope, cancellationToken));
        return await db.ListEntries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Listed(scope, row) : null;
    }

    public async Task<IReadOnlyList<ListedEntry>> FindManyAsync(Scope scope, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(await WithInheritedAsync(scope, cancellationToken));
        var rows = await db.ListEntries.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => Listed(scope, row))];
    }

    public async Task<ListExport> ExportAsync(Scope scope, ListOwner owner, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(await WithInheritedAsync(scope, cancellationToken));
        var revision = await db.ListRevisions.AsNoTracking().Where(row => row.OwnerId == owner.Id).Select(row => row.Revision).SingleOrDefaultAsync(cancellationToken);
        var rows = await db.ListEntries.AsNoTracking().Where(row => row.OwnerId == owner.Id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return new ListExport(string.Join("\r\n", [ListText.Header, .. rows.Select(ListText.Write), ""]), rows.Count, revision);
    }

    /// <summary>Read-only: ids of tenants and MSPs are never the same, so an owner's id among the tenants lets its list be seen and nothing else.</summary>
    private async ValueTask<Scope> WithInheritedAsync(Scope scope, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.ListsRead);
        HashSet<Guid> owners = [.. scope.Tenants];
        foreach (var tenant in scope.Tenants)
            if ((await directory.FindTenantAsync(tenant, cancellationToken))?.MspId is { } msp)
                owners.Add(msp);
        return scope with { Tenants = owners };
    }

    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    private IQueryable<ListEntryRow> Matching(PlatformDb db, Scope scope, ListQuery query)
    {
        var tenants = scope.Tenants.ToArray();
        var now = time.GetUtcNow();
        var entries = db.ListEntries.AsNoTracking();
        if (query.Action is { } action)
            entries = entries.Where(row => row.Action == action);
        if (query.Kinds is { } kinds)
            entries = entries.Where(row => kinds.Contains(row.Kind));
        if (query.Origin is { } origin)
            entries = origin == ListOrigin.Tenant ? entries.Where(row => tenants.Contains(row.OwnerId)) : entries.Where(row => !tenants.Contains(row.OwnerId));
        if (query.IsExpired is { } expired)
            entries = expired ? entries.Where(row => row.ExpiresAt != null && row.ExpiresAt <= now) : entries.Where(row => row.ExpiresAt == null || row.ExpiresAt > now);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var text = query.Search.ToLowerInvariant();
            entries = entries.Where(row => row.Value.ToLower().Contains(text) || row.Note.ToLower().Contains(text));
        }

        return entries;
    }

    private ListedEntry Listed(Scope scope, ListEntryRow row)
    {
        var isOwn = scope.Tenants.Contains(row.OwnerId);
        return new ListedEntry(row, isOwn ? ListOrigin.Tenant : ListOrigin.Msp, isOwn || scope.MspId == row.OwnerId, row.ExpiresAt <= time.GetUtcNow());
    }
}
