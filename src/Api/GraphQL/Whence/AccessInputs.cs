using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Access;

namespace Platform.Api.GraphQL.Whence;

[Description("Input of addAccessRule. Name one place; without, the rule is the tenant's.")]
internal sealed record AddAccessRuleInput : MutationInput
{
    [Id]
    [Description("The tenant; needed where several are in reach and nothing else is named.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("A group.")]
    public string? GroupId { get; init; }

    [Id]
    [Description("A mailbox.")]
    public string? MailboxId { get; init; }

    [Id]
    [Description("An account.")]
    public string? AccountId { get; init; }

    [Description("By what those come in for whom it holds.")]
    public required IReadOnlyList<AccessService> Services { get; init; }

    [Description("Networks that are admitted: addresses, and ranges such as '192.0.2.0/24' or '2001:db8::/32'; at most 200. Left out: any.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("Countries that are admitted: two letters by ISO 3166-1. Left out: any. With networks, both must hold.")]
    public IReadOnlyList<string>? Countries { get; init; }

    [Description("Every country but these.")]
    public bool? CountriesExcluded { get; init; }

    [Description("Where countries are named: an address of which none is known, such as one of a private network, is admitted. By default it is not.")]
    public bool? TakesUnknownCountry { get; init; }

    [Description("Why, in your words; up to 300 characters.")]
    public string? Comment { get; init; }

    [Description("When it ends; left out, it does not.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("It is meant that your own present address is refused from then on.")]
    public bool? ConfirmOwnAddressRefused { get; init; }
}

[Description("Input of updateAccessRule. What is left out stays.")]
internal sealed record UpdateAccessRuleInput : MutationInput
{
    [Id]
    [Description("The rule to change.")]
    public required string RuleId { get; init; }

    [Description("By what those come in for whom it holds.")]
    public IReadOnlyList<AccessService>? Services { get; init; }

    [Description("Networks that are admitted; an empty list: any.")]
    public IReadOnlyList<string>? Networks { get; init; }

    [Description("Countries that are admitted; an empty list: any.")]
    public IReadOnlyList<string>? Countries { get; init; }

    [Description("Every country but these.")]
    public bool? CountriesExcluded { get; init; }

    [Description("An address of which no country is known is admitted.")]
    public bool? TakesUnknownCountry { get; init; }

    [Description("Why, in your words.")]
    public string? Comment { get; init; }

    [Description("When it ends.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("It does not end any more.")]
    public bool? NeverExpires { get; init; }

    [Description("It is meant that your own present address is refused from then on.")]
    public bool? ConfirmOwnAddressRefused { get; init; }
}

[Description("Input of removeAccessRule.")]
internal sealed record RemoveAccessRuleInput : MutationInput
{
    [Id]
    [Description("The rule.")]
    public required string RuleId { get; init; }

    [Description("It is meant that your own present address is refused from then on.")]
    public bool? ConfirmOwnAddressRefused { get; init; }
}
