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

    public static string Of(string actor, string action, StoredRole role) => JsonSerializer.Serialize(
        new ToldRoleChange(actor, action, new ToldRole(role.Role.Id, role.Role.Name, [.. role.Role.Permissions.Order(StringComparer.Ordinal)], role.Role.OwnMailboxOnly)), Context.ToldRoleChange);
}

internal sealed record ToldAccountChange(string Actor, string Action, ToldAccount Account);

internal sealed record ToldAccount(Guid Id, string Address, string Name, string State, IReadOnlyList<string> Roles);

internal sealed record ToldRoleChange(string Actor, string Action, ToldRole Role);

internal sealed record ToldRole(Guid Id, string Name, IReadOnlyList<string> Permissions, bool OwnMailboxOnly);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldAccountChange))]
[JsonSerializable(typeof(ToldRoleChange))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
