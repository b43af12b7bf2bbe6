using System.ComponentModel;
using System.Text.Json;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Lists;

[Named("ListEntry")]
[Implements(typeof(INode))]
[Requires(Permissions.ListsRead)]
[Description("One entry of an allow or block list.")]
internal sealed class ListEntryNode(ListedEntry entry) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.ListEntry, entry.Row.Id);

    [Description("Which of the two lists.")]
    public ListAction List => entry.Row.Action;

    [Description("What it names.")]
    public ListEntryKind Kind => entry.Row.Kind;

    [Description("The value in lower case and A-labels, as mail is compared with it.")]
    public string Value => entry.Row.Value;

    [Description("Of a domain or host: what stands below it is meant too.")]
    public bool IncludesSubdomains => entry.Row is { Kind: ListEntryKind.Domain or ListEntryKind.Host, IsExact: false };

    [Description("Networks from which alone an allowed name is believed; empty: from anywhere.")]
    public IReadOnlyList<string> Networks => JsonSerializer.Deserialize<string[]>(entry.Row.Networks) ?? [];

    [Description("Why it was made, in its maker's words.")]
    public string Note => entry.Row.Note;

    [Description("When it ends; null when it does not.")]
    public DateTimeOffset? ExpiresAt => entry.Row.ExpiresAt;

    [Description("It has ended and counts no more.")]
    public bool IsExpired => entry.IsExpired;

    [Description("Whose list it stands in.")]
    public ListOrigin Origin => entry.Origin;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => entry.Row.CreatedAt;

    [Description("Who made it: 'client:our-siem'; null for an inherited entry.")]
    public string? CreatedBy => entry.ByWhom ? entry.Row.CreatedBy : null;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => entry.Row.ChangedAt;

    [Description("Who changed it last; null for an inherited entry.")]
    public string? ChangedBy => entry.ByWhom ? entry.Row.ChangedBy : null;

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose it is; null for the entry of an MSP.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(entry.Row.OwnerId, cancellationToken);
}

[Named("ListExport")]
[Requires(Permissions.ListsRead)]
[Description("A list as CSV, in the form that importListEntries reads.")]
internal sealed class ListExportNode(ListExport export)
{
    [Description("The CSV: a line with the names of the columns, then a line an entry, oldest first. A cell that a spreadsheet would take for a formula stands behind an apostrophe.")]
    public string Text => export.Text;

    [Description("How many entries.")]
    public int Count => export.Count;

    [Description("Counts up with every change of the list.")]
    public long Revision => export.Revision;
}
