using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Storage.Accounts;

namespace Platform.Api.Rest;

[Description("A person to invite.")]
internal sealed record NewAccountBody(
    [property: Description("Mail address, unique over the installation.")] string Address,
    [property: Description("Name for people.")] string Name,
    [property: Description("Roles, 1 to 10: names of the platform's, ids of one's own.")] IReadOnlyList<string> Roles,
    [property: Description("'ja' or 'en'; left out, as the browser asks.")] string? Language = null,
    [property: Description("Id of its own mailbox; left out, the one of the same address.")] string? Mailbox = null,
    [property: Description("Id of the tenant; needed where several are in reach.")] string? Tenant = null,
    [property: Description("True: an account of the MSP itself.")] bool? OfMsp = null);

[Description("What to change; what is left out stays.")]
internal sealed record AccountChangeBody(
    string? Address = null,
    string? Name = null,
    [property: Description("'ja' or 'en'.")] string? Language = null,
    [property: Description("Id of its own mailbox.")] string? Mailbox = null,
    [property: Description("All roles that it has from then on.")] IReadOnlyList<string>? Roles = null,
    [property: Description("True: it may sign in; false: it may not.")] bool? Enabled = null);

[Description("A person who may sign in.")]
internal sealed record AccountAnswer(
    string Id,
    string Address,
    string Name,
    string? Language,
    [property: Description("invited, active or disabled.")] string State,
    [property: Description("Names of the platform's roles, ids of one's own.")] IReadOnlyList<string> Roles,
    [property: Description("Id of its own mailbox.")] string? Mailbox,
    [property: Description("Id of the tenant; null for an account of the MSP itself.")] string? Tenant,
    DateTimeOffset CreatedAt)
{
    public static AccountAnswer Of(AccountRow row, IEnumerable<Guid> roles) => new(
        GlobalId.Of(NodeKind.Account, row.Id),
        row.Address,
        row.Name,
        row.Language,
        row.State.ToString().ToLowerInvariant(),
        [.. roles.Select(RoleKeys.Of).Order(StringComparer.Ordinal)],
        row.MailboxId is { } mailbox ? GlobalId.Of(NodeKind.Mailbox, mailbox) : null,
        row.OwnerKind == AccountOwnerKind.Tenant ? GlobalId.Of(NodeKind.Tenant, row.OwnerId) : null,
        row.CreatedAt);
}
