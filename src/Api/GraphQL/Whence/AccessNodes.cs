using System.ComponentModel;
using System.Text.Json;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Accounts;
using Platform.Storage.Access;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Whence;

[Named("AccessRule")]
[Implements(typeof(INode))]
[Requires(Permissions.AccessRulesRead)]
[Description("What a place admits: all that one rule says must hold, and one rule of the place that admits is enough; see docs/access-rules.md.")]
internal sealed class AccessRuleNode(AccessRuleRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.AccessRule, row.Id);

    [Description("At which level it is set.")]
    public AccessLevel Level => row.Level;

    [Id]
    [Description("Id of the tenant, group, mailbox or account that it is set for.")]
    public string PlaceId => AccessPlaces.IdOf(new AccessTarget(row.Level, row.SubjectId));

    [Description("By what those come in for whom it holds.")]
    public IReadOnlyList<AccessService> Services => [.. Read(row.Services).Select(AccessServices.Find).OfType<AccessService>()];

    [Description("Networks (CIDR) that are admitted; empty: any.")]
    public IReadOnlyList<string> Networks => Read(row.Networks);

    [Description("Countries (ISO 3166-1 alpha-2) that are admitted, or with countriesExcluded are not; empty: any.")]
    public IReadOnlyList<string> Countries => Read(row.Countries);

    [Description("Every country but these.")]
    public bool CountriesExcluded => row.CountriesExcluded;

    [Description("Where countries are named: an address of which none is known is admitted.")]
    public bool TakesUnknownCountry => row.TakesUnknownCountry;

    [Description("Why, in its maker's words.")]
    public string Comment => row.Comment;

    [Description("When it ends; null when it does not.")]
    public DateTimeOffset? ExpiresAt => row.ExpiresAt;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => row.CreatedBy;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => row.ChangedBy;

    private static string[] Read(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}

[Named("AccessPlace")]
[Requires(Permissions.AccessRulesRead)]
[Description("Where rules are set.")]
internal sealed class AccessPlaceNode(AccessTarget place, string name)
{
    [Description("At which level.")]
    public AccessLevel Level => place.Level;

    [Id]
    [Description("Id of the tenant, group, mailbox or account.")]
    public string Id => AccessPlaces.IdOf(place);

    [Description("Its name, or the address of the mailbox or account.")]
    public string Name => name;
}

[Named("EffectiveAccess")]
[Requires(Permissions.AccessRulesRead)]
[Description("Which rules decide for one service.")]
internal sealed class EffectiveAccessNode(AccessService service, IReadOnlyList<AccessRule> rules, DateTimeOffset now)
{
    private readonly IReadOnlyList<AccessRule> _deciding = AccessDecision.Deciding(rules, service, now);

    [Description("By what somebody comes in.")]
    public AccessService Service => service;

    [Description("The place whose rules decide; null: none holds, and everybody is let in.")]
    public AccessPlaceNode? Origin => _deciding is [var first, ..] ? new AccessPlaceNode(first.Place, first.Name) : null;

    [Description("Ids of the rules that decide; one that admits is enough.")]
    public IReadOnlyList<string> RuleIds => [.. _deciding.Select(rule => GlobalId.Of(NodeKind.AccessRule, rule.Id))];

    [Description("Places further out whose rules do not count here, the nearest first.")]
    public IReadOnlyList<AccessPlaceNode> Overridden =>
    [
        .. rules.Where(rule => rule.HoldsFor(service, now) && !_deciding.Contains(rule))
            .OrderByDescending(rule => rule.Place.Level).ThenBy(rule => rule.Position)
            .DistinctBy(rule => rule.Place).Select(rule => new AccessPlaceNode(rule.Place, rule.Name)),
    ];
}

[Named("AccessCheck")]
[Requires(Permissions.AccessRulesRead)]
[Description("Whether an address would be let in now. Nothing is recorded of the question.")]
internal sealed class AccessCheckNode(AccessDecision decision, AccessSource source)
{
    [Description("It would.")]
    public bool Allowed => decision.IsAllowed;

    [Description("Why not; null when it would.")]
    public AccessReason? Reason => decision.Reason;

    [Description("The place whose rules decided; null: none holds.")]
    public AccessPlaceNode? Origin => decision is { Place: { } place, Name: { } name } ? new AccessPlaceNode(place, name) : null;

    [Description("Country of the address; null: not known.")]
    public string? Country => source.Country;

    [Description("Number of its network (autonomous system); null: not known.")]
    public long? Asn => source.Asn;

    [Description("Name of that network.")]
    public string? Network => source.Organisation;
}

[Named("AccessRefusal")]
[Requires(Permissions.AccessRulesRead)]
[Description("Attempts of one hour to get in that were refused and are alike.")]
internal sealed class AccessRefusalNode(AccessRefusalRow row)
{
    [Description("Address of the mailbox or person, 'client:' and the id of a program; null: none of the tenant's, or more than are told apart in an hour.")]
    public string? Account => row.Account.Length == 0 ? null : row.Account;

    [Description("By what.")]
    public AccessService Service => row.Service;

    [Description("Why.")]
    public AccessReason Reason => row.Reason;

    [Description("The address of the last attempt.")]
    public string Address => row.Address;

    [Description("What they are counted by: the address, of IPv6 its /64; '*': more networks than are told apart in an hour.")]
    public string Network => row.Network;

    [Description("Country of the address; null: not known.")]
    public string? Country => row.Country;

    [Description("Number of its network (autonomous system); null: not known.")]
    public long? Asn => row.Asn;

    [Description("Name of that network.")]
    public string? Organisation => row.Organisation;

    [Description("How many.")]
    public long Count => row.Count;

    [Description("The first of them.")]
    public DateTimeOffset FirstAt => row.FirstAt;

    [Description("The last of them.")]
    public DateTimeOffset LastAt => row.LastAt;
}

[Named("RecentPlace")]
[Requires(Permissions.AccessRulesRead)]
[Description("An address that somebody came in from.")]
internal sealed class RecentPlaceNode(AccountPlace place)
{
    [Description("The address.")]
    public string Address => place.Address;

    [Description("Its country; null: not known.")]
    public string? Country => place.Country;

    [Description("Number of its network (autonomous system); null: not known.")]
    public long? Asn => place.Asn;

    [Description("By what the last time: 'submission', 'portal', 'api', 'reader', 'mail-server'; null: not noted.")]
    public string? Service => place.Service;

    [Description("The last time, to ten minutes.")]
    public DateTimeOffset At => place.At;
}
