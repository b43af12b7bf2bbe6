using System.ComponentModel;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Schema;

/// <summary>A page of a list, after the Relay cursor connections specification.</summary>
[AnyClient]
[NamedAfterNode("Connection")]
[Description("A page of a list.")]
internal sealed class Connection<TNode>(Page<TNode> page, Func<CancellationToken, Task<int>> count, long? asOf = null)
    where TNode : class
{
    [Description("The rows with the cursor of each.")]
    public IReadOnlyList<Edge<TNode>> Edges { get; } = [.. page.Rows.Select(row => new Edge<TNode>(row.Node, row.Cursor))];

    [Description("The rows without cursors.")]
    public IReadOnlyList<TNode> Nodes { get; } = [.. page.Rows.Select(row => row.Node)];

    [Description("How to go on.")]
    public PageInfo PageInfo { get; } = new(page);

    [Description("How many rows there are on all pages. Counted only when asked for.")]
    public Task<int> TotalCount(CancellationToken cancellationToken) => count(cancellationToken);

    [Description("The number of the last event this answer knows, where it comes from a search index; null when it comes from the rows themselves.")]
    public long? AsOf { get; } = asOf;
}

[AnyClient]
[NamedAfterNode("Edge")]
[Description("A row of a list with its cursor.")]
internal sealed class Edge<TNode>(TNode node, string cursor)
    where TNode : class
{
    [Description("The row.")]
    public TNode Node { get; } = node;

    [Description("Give this as 'after' to go on behind this row.")]
    public string Cursor { get; } = cursor;
}

[AnyClient]
[Description("How to go on in a list.")]
internal sealed class PageInfo(IPage page)
{
    [Description("There is more behind this page.")]
    public bool HasNextPage { get; } = page.HasNext;

    [Description("This page does not start the list.")]
    public bool HasPreviousPage { get; } = page.HasPrevious;

    [Description("The cursor of the first row; null on an empty page.")]
    public string? StartCursor { get; } = page.StartCursor;

    [Description("The cursor of the last row; null on an empty page.")]
    public string? EndCursor { get; } = page.EndCursor;
}

internal interface IPage
{
    bool HasNext { get; }
    bool HasPrevious { get; }
    string? StartCursor { get; }
    string? EndCursor { get; }
}

/// <param name="HasPrevious">Something was asked to be passed over.</param>
internal sealed record Page<TNode>(IReadOnlyList<(TNode Node, string Cursor)> Rows, bool HasNext, bool HasPrevious) : IPage
{
    public string? StartCursor => Rows.Count == 0 ? null : Rows[0].Cursor;
    public string? EndCursor => Rows.Count == 0 ? null : Rows[^1].Cursor;
}

internal static class Paging
{
    public const int DefaultSize = 50;
    public const int MaxSize = 200;

    /// <exception cref="ApiException">Out of range.</exception>
    public static int Size(int? first, int max = MaxSize, int least = 0) => first switch
    {
        null => DefaultSize,
        { } size when size >= least && size <= max => size,
        _ => throw ApiException.BadInput("first", $"'first' must be from {least} to {max}."),
    };

    /// <summary>Makes the page from rows read with one more than asked for.</summary>
    public static Page<TNode> Of<TRow, TNode>(IReadOnlyList<TRow> rows, int size, string? after, Func<TRow, TNode> node, Func<TRow, string> cursor)
        where TNode : class =>
        new([.. rows.Take(size).Select(row => (node(row), cursor(row)))], rows.Count > size, after is not null);
}
