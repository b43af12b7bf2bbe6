using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.OutsideSignIn;

/// <param name="Value">As the outside says it: a value of a claim, the name or external id of a group. To the character.</param>
/// <param name="Roles">Ids.</param>
public sealed record RoleMapping(string Value, IReadOnlyList<Guid> Roles);

/// <summary>Which roles follow from what a tenant's directory says of a person.</summary>
public sealed record RoleMap(IReadOnlyList<RoleMapping> Entries, IReadOnlyList<Guid> Default)
{
    public static RoleMap None { get; } = new([], []);

    /// <summary>Ids of all roles that it can give.</summary>
    public IEnumerable<Guid> Given => Entries.SelectMany(entry => entry.Roles).Concat(Default).Distinct();

    /// <summary>The roles of all values that the map names, else the default ones; at most as many as an account has.</summary>
    public IReadOnlyList<Guid> RolesOf(IReadOnlySet<string> values)
    {
        var mapped = Entries.Where(entry => values.Contains(entry.Value)).SelectMany(entry => entry.Roles).Distinct().Take(AccountRules.MaxRoles).ToList();
        return mapped.Count > 0 ? mapped : Default;
    }

    internal static string Write(IReadOnlyList<RoleMapping> entries) => JsonSerializer.Serialize([.. entries], RoleMapJson.Default.RoleMappingArray);

    internal static string Write(IReadOnlyList<Guid> roles) => JsonSerializer.Serialize([.. roles], RoleMapJson.Default.GuidArray);

    public static RoleMap Read(string entries, string roles) => new(
        JsonSerializer.Deserialize(entries, RoleMapJson.Default.RoleMappingArray) ?? [], JsonSerializer.Deserialize(roles, RoleMapJson.Default.GuidArray) ?? []);
}

/// <summary>What a map must look like.</summary>
internal static class RoleMapRules
{
    public const int MaxEntries = 100;
    public const int MaxValue = 200;

    public static Refusal? Check(IReadOnlyList<RoleMapping> entries) =>
        entries.Count <= MaxEntries && entries.All(entry => IsValue(entry.Value) && entry.Roles.Count is > 0 and <= AccountRules.MaxRoles)
            && entries.Select(entry => entry.Value).Distinct(StringComparer.Ordinal).Count() == entries.Count
            ? null
            : new("INVALID_ROLE_MAP", $"A map of roles has at most {MaxEntries} values, each once, of 1 to {MaxValue} characters, each with 1 to {AccountRules.MaxRoles} roles.");

    public static Refusal? CheckDefault(IReadOnlyList<Guid> roles) => roles.Count <= AccountRules.MaxRoles && roles.Distinct().Count() == roles.Count ? null : AccountRules.NoRole;

    /// <exception cref="RefusedException">A role is none of the tenant's, or holds more than the one who maps it.</exception>
    public static async ValueTask CheckRolesAsync(MoveSession session, Scope scope, Guid tenantId, RoleMap map, CancellationToken cancellationToken)
    {
        var owner = AccountOwner.Tenant(tenantId);
        var known = await StoredRoles.OfOwnerAsync(session.Sql, owner, cancellationToken);
        var given = map.Given.Select(id => known.TryGetValue(id, out var role) ? role : throw new RefusedException(AccountRules.UnknownRole)).ToList();
        if (!AccountRules.HoldsAll(scope, owner, given))
            throw new RefusedException(AccountRules.MoreThanOwn);
    }

    /// <summary>Who is in a group that the map names has its roles at the directory's next word: so it is changed by whoever may give them.</summary>
    /// <param name="names">Names and external ids of the group, before and after.</param>
    /// <exception cref="RefusedException">The scope holds less than a role that follows from the group.</exception>
    public static async ValueTask CheckGroupAsync(MoveSession session, Scope scope, Guid tenantId, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        var entries = await session.Sql.FirstAsync("SELECT role_map FROM provisioning WHERE tenant_id = @tenant", row => RoleMap.Read(row.GetString(0), "[]").Entries, cancellationToken, ("@tenant", tenantId));
        var roles = (entries ?? []).Where(entry => names.Contains(entry.Value)).SelectMany(entry => entry.Roles).ToHashSet();
        if (roles.Count == 0)
            return;
        var owner = AccountOwner.Tenant(tenantId);
        var known = await StoredRoles.OfOwnerAsync(session.Sql, owner, cancellationToken);
        if (!AccountRules.HoldsAll(scope, owner, [.. known.Where(role => roles.Contains(role.Key)).Select(role => role.Value)]))
            throw new RefusedException(AccountRules.MoreThanOwn);
    }

    private static bool IsValue(string value) => value.Length is > 0 and <= MaxValue && !value.Any(char.IsControl);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RoleMapping[]))]
[JsonSerializable(typeof(Guid[]))]
internal sealed partial class RoleMapJson : JsonSerializerContext;
