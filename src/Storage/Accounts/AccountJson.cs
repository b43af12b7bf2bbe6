using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Platform.Storage.Accounts;

/// <summary>What event and audit entry tell of a change of an account.</summary>
internal static class AccountJson
{
    private static readonly AccountJsonContext Context = new(new JsonSerializerOptions(AccountJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    public static string Of(string actor, string action, StoredAccount account) => JsonSerializer.Serialize(
        new ToldAccountChange(
            actor,
            action,
            new ToldAccount(account.Id, account.Address, account.Name, account.State.ToString().ToLowerInvariant(), [.. account.Roles.Select(role => role.Name).Order(StringComparer.Ordinal)])),
        Context.ToldAccountChange);
}

internal sealed record ToldAccountChange(string Actor, string Action, ToldAccount Account);

internal sealed record ToldAccount(Guid Id, string Address, string Name, string State, IReadOnlyList<string> Roles);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldAccountChange))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
