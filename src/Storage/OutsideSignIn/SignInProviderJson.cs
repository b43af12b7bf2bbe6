using System.Text.Json;
using System.Text.Json.Serialization;

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
                [.. provider.Roles.Entries.Select(entry => entry.Value)])),
        SignInJsonContext.Default.ToldSignInProviderChange);
}

/// <param name="Mapped">Values of the claim that give roles.</param>
internal sealed record ToldSignInProvider(
    string Name, string Issuer, string ClientId, IReadOnlyList<string> Domains, bool Enabled, bool LocalSignIn, bool CreatesAccounts, string? RoleClaim, IReadOnlyList<string> Mapped);

internal sealed record ToldSignInProviderChange(string Actor, string Action, ToldSignInProvider Provider);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldSignInProviderChange))]
internal sealed partial class SignInJsonContext : JsonSerializerContext;
