using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Feeds;
using Platform.Storage.Lists;

namespace Platform.Api.GraphQL.Lists;

[Description("Input of addListEntry.")]
internal sealed record AddListEntryInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach and origin is TENANT.")]
    public string? Tenant { get; init; }

    [Description("Whose list; by default the tenant's own. MSP is for clients of an MSP.")]
    public ListOrigin? Origin { get; init; }

    [Description("Which of the two lists.")]
    public required ListAction List { get; init; }

    [Description("What the value names; left out, what it looks like.")]
    public ListEntryKind? Kind { get; init; }

    [Description("Address, domain, host, link, digest or network.")]
    public required string Value { get; init; }

    [Description("Of a domain or host: what stands below it is meant too. By default it is.")]
    public bool? IncludesSubdomains { get; init; }

    [Description("Of an allowed address or domain: networks from which alone it is believed.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("Why, in your words; shown with the verdict. An MSP's note is shown to its tenants. Up to 300 characters.")]
    public string? Note { get; init; }

    [Description("When it ends; left out, it does not.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}

[Description("Input of updateListEntry. What is left out stays.")]
internal sealed record UpdateListEntryInput : MutationInput
{
    [Id]
    [Description("The entry to change.")]
    public required string EntryId { get; init; }

    [Description("Move it to this list.")]
    public ListAction? List { get; init; }

    [Description("Of a domain or host: what stands below it is meant too.")]
    public bool? IncludesSubdomains { get; init; }

    [Description("Networks from which alone an allowed name is believed; an empty list unbinds it.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("Why, in your words.")]
    public string? Note { get; init; }

    [Description("When it ends.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("Takes its end away.")]
    public bool? NeverExpires { get; init; }
}

[Description("Input of removeListEntry.")]
internal sealed record RemoveListEntryInput : MutationInput
{
    [Id]
    [Description("The entry to remove.")]
    public required string EntryId { get; init; }
}

[Description("Input of importListEntries.")]
internal sealed record ImportListEntriesInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach and origin is TENANT.")]
    public string? Tenant { get; init; }

    [Description("Whose list; by default the tenant's own. MSP is for clients of an MSP.")]
    public ListOrigin? Origin { get; init; }

    [Description("Which of the two lists, where a line does not say it.")]
    public required ListAction List { get; init; }

    [Description("A value a line, or CSV whose first line names the columns: list, kind, value, subdomains, networks, note, expires. Up to 10,000 lines.")]
    public required string Text { get; init; }
}

[Description("Input of listSenderOfMessage.")]
internal sealed record ListSenderOfMessageInput : MutationInput
{
    [Id]
    [Description("The message whose author is listed.")]
    public required string MessageId { get; init; }

    [Description("Which of the two lists.")]
    public required ListAction List { get; init; }

    [Description("What of the author is listed.")]
    public required SenderPart Part { get; init; }

    [Description("Why, in your words; left out, the subject of the message.")]
    public string? Note { get; init; }

    [Description("When it ends; left out, it does not.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}
