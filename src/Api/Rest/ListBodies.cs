using System.ComponentModel;
using System.Text.Json;
using Platform.Api.Edge;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Api.Rest;

[Description("An entry to add.")]
internal sealed record NewListEntryBody(
    [property: Description("'allow' or 'block'.")] string List,
    [property: Description("Address, domain, host, link, digest or network.")] string Value,
    [property: Description("'address', 'domain', 'host', 'url', 'file' or 'network'; left out, what the value looks like.")] string? Kind = null,
    [property: Description("Of a domain or host: what stands below it is meant too. By default it is.")] bool? IncludesSubdomains = null,
    [property: Description("Of an allowed address or domain: networks from which alone it is believed.")] IReadOnlyList<string>? Networks = null,
    [property: Description("Why, in your words; up to 300 characters.")] string? Note = null,
    [property: Description("When it ends; left out, it does not.")] DateTimeOffset? ExpiresAt = null,
    [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null);

[Description("One entry of an allow or block list.")]
internal sealed record ListEntryAnswer(
    string Id,
    [property: Description("allow or block.")] string List,
    string Kind,
    string Value,
    bool IncludesSubdomains,
    IReadOnlyList<string> Networks,
    string Note,
    [property: Description("Null: it does not end.")] DateTimeOffset? ExpiresAt,
    bool IsExpired,
    [property: Description("tenant, or msp for an inherited entry.")] string Origin,
    [property: Description("Id of the tenant; null for the entry of an MSP.")] string? Tenant,
    DateTimeOffset CreatedAt,
    [property: Description("Who made it; null for an inherited entry.")] string? CreatedBy)
{
    public static ListEntryAnswer Of(ListedEntry entry) => new(
        GlobalId.Of(NodeKind.ListEntry, entry.Row.Id),
        ListNames.Of(entry.Row.Action),
        ListNames.Of(entry.Row.Kind),
        entry.Row.Value,
        entry.Row is { Kind: ListEntryKind.Domain or ListEntryKind.Host, IsExact: false },
        JsonSerializer.Deserialize<string[]>(entry.Row.Networks) ?? [],
        entry.Row.Note,
        entry.Row.ExpiresAt,
        entry.IsExpired,
        entry.Origin == ListOrigin.Tenant ? ListEntry.OfTenant : ListEntry.OfMsp,
        entry.Origin == ListOrigin.Tenant ? GlobalId.Of(NodeKind.Tenant, entry.Row.OwnerId) : null,
        entry.Row.CreatedAt,
        entry.ByWhom ? entry.Row.CreatedBy : null);
}

[Description("How an import ended.")]
internal sealed record ListImportAnswer(
    int Added,
    [property: Description("Lines whose value stands in the list already, or stood in an earlier line.")] int Unchanged,
    [property: Description("Lines that were not taken, in their order; the others were.")] IReadOnlyList<RefusedLine> Refused)
{
    public static ListImportAnswer Of(ListImport import) => new(import.Added, import.Unchanged, import.Refused);
}

/// <summary>The names of lists and kinds on REST.</summary>
internal static class ListNames
{
    public static string Of(ListAction action) => action.ToString().ToLowerInvariant();

    public static string Of(ListEntryKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Null: not a list.</summary>
    public static ListAction? Action(string text) => Find<ListAction>(text);

    /// <exception cref="ApiException">Not a kind of entry.</exception>
    public static ListEntryKind Kind(string text) =>
        Find<ListEntryKind>(text) ?? throw ApiException.BadInput("kind", "'kind' is 'address', 'domain', 'host', 'url', 'file' or 'network'.");

    private static TEnum? Find<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        return null;
    }
}
