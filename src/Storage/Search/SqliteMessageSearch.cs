using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Search;

/// <summary>
/// Search by SQLite FTS5, off the mail path: a table of trigrams for words of three characters and more, a table of pairs for shorter
/// ones, both without content, and a table of documents that says whose each is (<see cref="SqliteSearchFile"/>).
/// </summary>
internal sealed class SqliteMessageSearch(SqliteSearchFile file) : IMessageSearch
{
    public async Task IndexAsync(IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
            return;
        await file.WriteAsync(
            async sql =>
            {
                foreach (var document in documents)
                    await IndexAsync(sql, document, cancellationToken);
            },
            cancellationToken);
    }

    public Task DeleteAsync(Guid tenantId, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken) => file.WriteAsync(
        async sql =>
        {
            foreach (var message in messageIds)
                await DeleteAsync(sql, tenantId, message, cancellationToken);
        },
        cancellationToken);

    public async Task<IReadOnlyList<Guid>> FindAsync(Scope scope, string query, int max, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesRead);
        var asked = SearchQuery.Parse(query);
        if (asked.IsEmpty || scope.Tenants.Count == 0)
            return [];
        await using var sql = await file.ReadAsync(cancellationToken);
        return await sql.QueryAsync(
            $"SELECT message FROM documents WHERE tenant IN (SELECT value FROM json_each(@tenants)) {Words(asked)} ORDER BY received DESC, id DESC LIMIT @max",
            row => Guid.Parse(row.GetString(0)),
            cancellationToken,
            ("@tenants", Keys(scope.Tenants)),
            ("@trigrams", asked.Trigrams),
            ("@pairs", asked.Pairs),
            ("@max", (long)Math.Max(0, max)));
    }

    public async Task<IReadOnlySet<Guid>> MatchAsync(Guid tenantId, string query, IReadOnlyList<Guid> messageIds, CancellationToken cancellationToken)
    {
        var asked = SearchQuery.Parse(query);
        if (asked.IsEmpty || messageIds.Count == 0)
            return new HashSet<Guid>();
        await using var sql = await file.ReadAsync(cancellationToken);
        var matches = await sql.QueryAsync(
            $"SELECT message FROM documents WHERE tenant = @tenant AND message IN (SELECT value FROM json_each(@messages)) {Words(asked)}",
            row => Guid.Parse(row.GetString(0)),
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@messages", Keys(messageIds)),
            ("@trigrams", asked.Trigrams),
            ("@pairs", asked.Pairs));
        return matches.ToHashSet();
    }

    public Task DeleteTenantAsync(Guid tenantId, CancellationToken cancellationToken) => file.WriteAsync(
        async sql =>
        {
            foreach (var table in (string[])["trigrams", "pairs"])
                await sql.ExecuteAsync($"DELETE FROM {table} WHERE rowid IN (SELECT id FROM documents WHERE tenant = @tenant)", cancellationToken, ("@tenant", Key(tenantId)));
            await sql.ExecuteAsync("DELETE FROM documents WHERE tenant = @tenant", cancellationToken, ("@tenant", Key(tenantId)));
            await sql.ExecuteAsync("DELETE FROM positions WHERE tenant = @tenant", cancellationToken, ("@tenant", Key(tenantId)));
        },
        cancellationToken);

    /// <summary>A deleted document only leaves a mark over its terms: they go when the segments are merged, and out of the file when it is rewritten.</summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        await file.WriteAsync(
            async sql =>
            {
                await sql.ExecuteAsync("INSERT INTO trigrams (trigrams) VALUES ('optimize')", cancellationToken);
                await sql.ExecuteAsync("INSERT INTO pairs (pairs) VALUES ('optimize')", cancellationToken);
            },
            cancellationToken);
        await file.ScrubAsync(cancellationToken);
    }

    public async Task<long> PositionAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await file.ReadAsync(cancellationToken);
        return await sql.FirstAsync("SELECT sequence FROM positions WHERE tenant = @tenant", row => row.GetInt64(0), cancellationToken, ("@tenant", Key(tenantId)));
    }

    public Task AdvanceAsync(Guid tenantId, long sequence, CancellationToken cancellationToken) => file.WriteAsync(
        async sql => await sql.ExecuteAsync(
            "INSERT INTO positions (tenant, sequence) VALUES (@tenant, @sequence) ON CONFLICT (tenant) DO UPDATE SET sequence = MAX(sequence, excluded.sequence)",
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@sequence", sequence)),
        cancellationToken);

    public Task ResetAsync(CancellationToken cancellationToken) => file.ResetAsync(cancellationToken);

    private static string Key(Guid id) => id.ToString("N");

    private static string Keys(IEnumerable<Guid> ids) => "[" + string.Join(',', ids.Select(id => $"\"{Key(id)}\"")) + "]";

    private static string Words(SearchQuery asked) =>
        (asked.Trigrams is null ? "" : "AND id IN (SELECT rowid FROM trigrams WHERE trigrams MATCH @trigrams) ")
        + (asked.Pairs is null ? "" : "AND id IN (SELECT rowid FROM pairs WHERE pairs MATCH @pairs)");

    private static async ValueTask IndexAsync(SqlSession sql, SearchDocument document, CancellationToken cancellationToken)
    {
        // An older state of a message that is there already must not come back.
        var known = await sql.FirstAsync(
            "SELECT sequence FROM documents WHERE tenant = @tenant AND message = @message",
            row => (long?)row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(document.TenantId)),
            ("@message", Key(document.MessageId)));
        if (known > document.Sequence)
            return;
        await DeleteAsync(sql, document.TenantId, document.MessageId, cancellationToken);
        var id = await sql.FirstAsync(
            "INSERT INTO documents (tenant, message, received, sequence) VALUES (@tenant, @message, @received, @sequence) RETURNING id",
            row => row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(document.TenantId)),
            ("@message", Key(document.MessageId)),
            ("@received", document.ReceivedAt.ToUnixTimeMilliseconds()),
            ("@sequence", document.Sequence));
        string[] texts = [.. new[] { document.Subject, document.From, document.To, document.Body, document.Attachments }.Select(SearchText.Normalise)];
        await sql.ExecuteAsync(
            "INSERT INTO trigrams (rowid, subject, sender, recipients, body, attachments) VALUES (@id, @subject, @sender, @recipients, @body, @attachments)",
            cancellationToken,
            ("@id", id),
            ("@subject", texts[0]),
            ("@sender", texts[1]),
            ("@recipients", texts[2]),
            ("@body", texts[3]),
            ("@attachments", texts[4]));
        await sql.ExecuteAsync("INSERT INTO pairs (rowid, codes) VALUES (@id, @codes)", cancellationToken, ("@id", id), ("@codes", SearchText.Pairs(texts)));
    }

    private static async ValueTask DeleteAsync(SqlSession sql, Guid tenantId, Guid messageId, CancellationToken cancellationToken)
    {
        var id = await sql.FirstAsync(
            "DELETE FROM documents WHERE tenant = @tenant AND message = @message RETURNING id",
            row => (long?)row.GetInt64(0),
            cancellationToken,
            ("@tenant", Key(tenantId)),
            ("@message", Key(messageId)));
        if (id is null)
            return;
        await sql.ExecuteAsync("DELETE FROM trigrams WHERE rowid = @id", cancellationToken, ("@id", id));
        await sql.ExecuteAsync("DELETE FROM pairs WHERE rowid = @id", cancellationToken, ("@id", id));
    }
}
