using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
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
        var (found, asOf) = scope.IsWhole ? await SearchAsync(scope, search, cancellationToken) : (null, null);
        // The index knows all recipients of a message, Bcc among them: an employee searches what its own mail shows.
        var ownText = scope.IsWhole ? null : Bounded(search);

        await using var db = databases.Open(scope);
        var page = Matching(db, filter, found, ownText);
        var rows = await page.NewestFirst(row => row.ReceivedAt, from).Take(size + 1).ToListAsync(cancellationToken);
        return new Connection<MessageNode>(
            Paging.Of(rows, size, after, row => new MessageNode(row), row => Cursor.Of(row.ReceivedAt, row.Id)),
            async token =>
            {
                await using var counting = databases.Open(scope);
                return await Matching(counting, filter, found, ownText).CountAsync(token);
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

    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    private static IQueryable<MessageRow> Matching(PlatformDb db, MessageFilter? filter, IReadOnlyList<Guid>? found, string? ownText)
    {
        var messages = db.Messages.AsNoTracking();
        if (found is not null)
            messages = messages.Where(row => found.Contains(row.Id));
        if (ownText is not null)
        {
            messages = messages.Where(row => (row.Subject != null && row.Subject.ToLower().Contains(ownText))
                || (row.FromAddress != null && row.FromAddress.ToLower().Contains(ownText))
                || (row.FromName != null && row.FromName.ToLower().Contains(ownText)));
        }

        return filter is null ? messages : filter.Apply(messages, db);
    }

    /// <exception cref="ApiException">The text is too long.</exception>
    private static string? Bounded(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.Length <= MaxSearchLength ? text.ToLowerInvariant() : throw ApiException.BadInput("search", $"'search' has at most {MaxSearchLength} characters.");
    }

    private async Task<(IReadOnlyList<Guid>? Found, long? AsOf)> SearchAsync(Scope scope, string? text, CancellationToken cancellationToken)
    {
        if (Bounded(text) is null)
            return (null, null);
        // Event numbers are a tenant's own, so that over several tenants there is none to tell.
        long? asOf = scope.Tenants.Count == 1 ? await index.PositionAsync(scope.Tenants.First(), cancellationToken) : null;
        // What a search finds in a text tells of the text: a tenant that keeps its MSP from its messages is not searched.
        return (await index.FindAsync(scope with { Tenants = scope.Tenants.Except(scope.ContentClosed).ToHashSet() }, text!, MaxFound, cancellationToken), asOf);
    }
}
