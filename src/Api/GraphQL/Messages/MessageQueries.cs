using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Search;

namespace Platform.Api.GraphQL.Messages;

internal sealed class MessageQueries(IPlatformDbFactory databases, IMessageSearch index, CallerContext caller)
{
    private const int MaxFound = 2_000;
    private const int MaxSearchLength = 500;

    [Requires(Permissions.MessagesRead)]
    [Description("Messages, newest first.")]
    public async Task<Connection<MessageNode>> Messages(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Words to look for in subject, addresses, text and attachment names; the newest 2,000 hits are regarded.")] string? search,
        [Description("Which messages.")] MessageFilter? filter,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = caller.Current.ForTenants(tenant);
        var (found, asOf) = await SearchAsync(scope, search, cancellationToken);

        await using var db = databases.Open(scope);
        var page = Matching(db, filter, found);
        if (from is var (time, id))
            page = page.Where(row => row.ReceivedAt < time || (row.ReceivedAt == time && row.Id < id));
        var rows = await page.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<MessageNode>(
            Paging.Of(rows, size, after, row => new MessageNode(row), row => Cursor.Of(row.ReceivedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await Matching(counting, filter, found).CountAsync(token);
            },
            asOf);
    }

    [Requires(Permissions.MessagesRead)]
    [Description("One message; null when it is unknown or out of reach.")]
    public async Task<MessageNode?> Message([Id][Description("Id of the message.")] string id, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(id, NodeKind.Message) is not { } key)
            return null;
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) is { } row ? new MessageNode(row) : null;
    }

    private static IQueryable<MessageRow> Matching(PlatformDb db, MessageFilter? filter, IReadOnlyList<Guid>? found)
    {
        var messages = db.Messages.AsNoTracking();
        if (found is not null)
            messages = messages.Where(row => found.Contains(row.Id));
        return filter is null ? messages : filter.Apply(messages, db);
    }

    private async Task<(IReadOnlyList<Guid>? Found, long? AsOf)> SearchAsync(Scope scope, string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (null, null);
        if (text.Length > MaxSearchLength)
            throw ApiException.BadInput("search", $"'search' has at most {MaxSearchLength} characters.");
        // Event numbers are a tenant's own, so that over several tenants there is none to tell.
        long? asOf = scope.Tenants.Count == 1 ? await index.PositionAsync(scope.Tenants.First(), cancellationToken) : null;
        return (await index.FindAsync(scope, text, MaxFound, cancellationToken), asOf);
    }
}
