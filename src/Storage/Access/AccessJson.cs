using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Directory;
using Platform.Storage.Events;

namespace Platform.Storage.Access;

/// <summary>What events and audit entries tell of rules and of attempts to get in. The place of an attempt has the names of mail's origin.</summary>
internal static class AccessJson
{
    public static string Write(string actor, string action, AccessRuleRow rule, string place) => JsonSerializer.Serialize(
        new ToldAccessRule(
            actor,
            action,
            rule.Level.ToString().ToLowerInvariant(),
            place,
            TenantJson.ReadList(rule.Services),
            TenantJson.ReadList(rule.Networks),
            TenantJson.ReadList(rule.Countries),
            rule.CountriesExcluded,
            rule.TakesUnknownCountry,
            rule.Comment,
            rule.ExpiresAt),
        AccessJsonContext.Default.ToldAccessRule);

    public static string Write(ToldLogin told) => JsonSerializer.Serialize(told, AccessJsonContext.Default.ToldLogin);
}

internal sealed record ToldAccessRule(
    string Actor,
    string Action,
    string Level,
    string Place,
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Networks,
    IReadOnlyList<string> Countries,
    bool CountriesExcluded,
    bool TakesUnknownCountry,
    string Comment,
    DateTimeOffset? ExpiresAt);

/// <param name="User">Address of the mailbox or person, or <c>client:</c> and its id.</param>
/// <param name="Count">Attempts of this hour that are alike so far.</param>
/// <param name="AppPassword">Name of the app password that it logged in by.</param>
internal sealed record ToldLogin(
    string? User, string Service, string? Reason, ToldPlace Origin, long? OriginAsn, string? OriginNetwork, long? Count = null, string? AppPassword = null, string? Connector = null, ToldJourney? Before = null, long? Accounts = null, long? Networks = null)
{
    public static ToldLogin Of(string? user, AccessService service, AccessReason? reason, AccessSource source) => new(
        user, AccessServices.NameOf(service), reason is { } why ? AccessReasons.NameOf(why) : null, new ToldPlace(source.Address.ToString(), source.Country), source.Asn, source.Organisation is { } name ? EventText.Cut(name) : null);
}

internal sealed record ToldPlace(string Address, string? Country);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ToldAccessRule))]
[JsonSerializable(typeof(ToldLogin))]
internal sealed partial class AccessJsonContext : JsonSerializerContext;
