using System.ComponentModel;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.GraphQL.Accounts;

[Description("Input of inviteAccount.")]
internal sealed record InviteAccountInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("True: an account of the MSP itself.")]
    public bool? OfMsp { get; init; }

    [Description("Mail address, unique over the installation.")]
    public required string Address { get; init; }

    [Description("Name for people.")]
    public required string Name { get; init; }

    [Description("Language of its pages and mails: 'ja' or 'en'; left out, as the browser asks.")]
    public string? Language { get; init; }

    [Id]
    [Description("Keys of its roles, 1 to 10, none with more than the caller holds.")]
    public required IReadOnlyList<string> Roles { get; init; }

    [Id]
    [Description("Its own mailbox; left out, the one of the same address.")]
    public string? MailboxId { get; init; }
}

[Description("Input of updateAccount. What is left out stays.")]
internal sealed record UpdateAccountInput : MutationInput
{
    [Id]
    [Description("Which account.")]
    public required string AccountId { get; init; }

    [Description("Mail address, unique over the installation.")]
    public string? Address { get; init; }

    [Description("Name for people.")]
    public string? Name { get; init; }

    [Description("Language of its pages and mails: 'ja' or 'en'.")]
    public string? Language { get; init; }

    [Id]
    [Description("Its own mailbox.")]
    public string? MailboxId { get; init; }
}

[Description("Input of updateMyAccount. What is left out stays.")]
internal sealed record UpdateMyAccountInput : MutationInput
{
    [Description("Name for people.")]
    public string? Name { get; init; }

    [Description("Language of its pages and mails: 'ja' or 'en'.")]
    public string? Language { get; init; }
}

[Description("Input of setAccountRoles.")]
internal sealed record SetAccountRolesInput : MutationInput
{
    [Id]
    [Description("Which account.")]
    public required string AccountId { get; init; }

    [Id]
    [Description("Keys of all roles that it has from then on, 1 to 10.")]
    public required IReadOnlyList<string> Roles { get; init; }
}

[Description("Input of the mutations that concern one account.")]
internal sealed record AccountInput : MutationInput
{
    [Id]
    [Description("Which account.")]
    public required string AccountId { get; init; }
}
