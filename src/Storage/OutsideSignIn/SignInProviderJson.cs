using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Accounts;

namespace Platform.Storage.OutsideSignIn;

/// <summary>What events and audit entries tell of a provider: never its secret.</summary>
internal static class SignInProviderJson
{
    public static string Write(string actor, string action, StoredSignInProvider provider, IReadOnlyList<string> domains) => JsonSerializer.Serialize(
        new ToldSignInProviderChange(
            actor,
            action,
            new ToldSignInProvider(
                provider.Name,
                provider.Issuer,
                provider.ClientId,
                domains,
                provider.Enabled,
                provider.LocalSignIn,
                provider.CreatesAccounts,
                provider.RoleClaim,
                ToldRoles.Of(provider.Roles.Entries),
                ToldRoles.Of(provider.Roles.Default))),
        SignInJsonContext.Default.ToldSignInProviderChange);
}

/// <param name="Mapped">Values of the claim, with the roles that they give.</param>
internal sealed record ToldSignInProvider(
    string Name, string Issuer, string ClientId, IReadOnlyList<string> Domains, bool Enabled, bool LocalSignIn, bool CreatesAccounts, string? RoleClaim, IReadOnlyList<ToldMapping> Mapped, IReadOnlyList<string> DefaultRoles);

internal sealed record ToldMapping(string Value, IReadOnlyList<string> Roles);

/// <summary>Roles as an audit entry tells them: those of the platform by their name, others by their id.</summary>
internal static class ToldRoles
{
    public static IReadOnlyList<ToldMapping> Of(IReadOnlyList<RoleMapping> entries) => [.. entries.Select(entry => new ToldMapping(entry.Value, Of(entry.Roles)))];

    public static IReadOnlyList<string> Of(IReadOnlyList<Guid> roles) => [.. roles.Select(id => BuiltInRoles.Find(id)?.Name ?? id.ToString())];
}

internal sealed record ToldSignInProviderChange(string Actor, string Action, ToldSignInProvider Provider);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldSignInProviderChange))]
internal sealed partial class SignInJsonContext : JsonSerializerContext;
