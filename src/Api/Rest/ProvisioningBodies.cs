using System.ComponentModel;
using System.Linq.Expressions;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Storage.Model;

namespace Platform.Api.Rest;

[Description("A tenant to make.")]
internal sealed record NewTenantBody(
    [property: Description("Short name, unique over the platform.")] string Slug,
    string Name,
    [property: Description("'ja' or 'en'.")] string Language,
    [property: Description("'smtp://host:port' or 'maildir:PATH'.")] string Route,
    IReadOnlyList<string>? TrustedHops = null,
    string? JournalAddress = null);

[Description("A domain to add.")]
internal sealed record NewDomainBody(string Name, [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("A mailbox to make.")]
internal sealed record NewMailboxBody(string Address, string? DisplayName = null, [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("What was made.")]
internal sealed record CreatedAnswer(string Id);

[Description("A page of a list.")]
internal sealed record ListAnswer<T>(
    IReadOnlyList<T> Items,
    [property: Description("Give this as 'after' to go on; null when this was the last page.")] string? NextCursor,
    bool HasMore);

internal sealed record TenantAnswer(string Id, string Slug, string Name, string Language, string Route, IReadOnlyList<string> TrustedHops, string? JournalAddress, DateTimeOffset CreatedAt,
    [property: Description("When its test mail first came through; null before.")] DateTimeOffset? ReadyAt)
{
    public static TenantAnswer Of(TenantRow row) => new(
        GlobalId.Of(NodeKind.Tenant, row.Id), row.Slug, row.Name, row.Language, row.Route, JsonSerializer.Deserialize<string[]>(row.TrustedHops) ?? [], row.JournalAddress, row.CreatedAt, row.ReadyAt);
}

internal sealed record DomainAnswer(string Id, string Name, string Tenant)
{
    public static DomainAnswer Of(DomainRow row) => new(GlobalId.Of(NodeKind.Domain, row.Id), row.Name, GlobalId.Of(NodeKind.Tenant, row.TenantId));
}

internal sealed record MailboxAnswer(string Id, string Address, string? DisplayName, string Tenant, DateTimeOffset CreatedAt)
{
    public static MailboxAnswer Of(MailboxRow row) => new(GlobalId.Of(NodeKind.Mailbox, row.Id), row.Address, row.DisplayName, GlobalId.Of(NodeKind.Tenant, row.TenantId), row.CreatedAt);
}

internal static class KeysetQuery
{
    /// <summary>Rows behind a key; translated to a comparison in SQL.</summary>
    public static IQueryable<TRow> After<TRow>(this IQueryable<TRow> rows, Expression<Func<TRow, string>> key, string? after)
    {
        if (after is null)
            return rows;
        var compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;
        var isBehind = Expression.GreaterThan(Expression.Call(compare, key.Body, Expression.Constant(after)), Expression.Constant(0));
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(isBehind, key.Parameters));
    }
}
