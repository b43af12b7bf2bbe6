using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Schema;

/// <summary>Lists of rows, the newest first.</summary>
internal static class NewestFirst
{
    /// <param name="which">The rows that are asked for; asked again for their number.</param>
    /// <param name="time">What they are ordered by.</param>
    /// <param name="cursor">Of the same time and the row's id.</param>
    /// <exception cref="ApiException"><paramref name="first"/> or <paramref name="after"/> will not do.</exception>
    public static async Task<Connection<TNode>> PageAsync<TRow, TNode>(
        this IPlatformDbFactory databases,
        Scope scope,
        int? first,
        string? after,
        Func<PlatformDb, IQueryable<TRow>> which,
        Expression<Func<TRow, DateTimeOffset>> time,
        Func<TRow, string> cursor,
        Func<TRow, TNode> node,
        CancellationToken cancellationToken)
        where TRow : class
        where TNode : class
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        await using var db = databases.Open(scope);
        var rows = await which(db).AsNoTracking().NewestFirst(time, from).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<TNode>(
            Paging.Of(rows, size, after, node, cursor),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await which(counting).CountAsync(token);
            });
    }
}
