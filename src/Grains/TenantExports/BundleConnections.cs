using System.Text.Json.Nodes;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;

namespace Platform.Grains.TenantExports;

/// <summary>What a tenant is connected to, as a bundle tells it: addresses and settings, no secret of either side.</summary>
internal static class BundleConnections
{
    public static JsonObject Of(WebhookEndpointRow row) => new()
    {
        ["id"] = row.Id,
        ["url"] = row.Url,
        ["description"] = row.Description,
        ["kinds"] = JsonNode.Parse(row.Kinds),
        ["state"] = BundleRows.Name(row.State),
        ["publicKey"] = row.PublicKey is null ? null : Convert.ToBase64String(row.PublicKey),
        ["position"] = row.Position,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };

    public static JsonObject Of(SyslogTargetRow row) => new()
    {
        ["id"] = row.Id,
        ["host"] = row.Host,
        ["port"] = row.Port,
        ["format"] = BundleRows.Name(row.Format),
        ["facility"] = row.Facility,
        ["description"] = row.Description,
        ["kinds"] = JsonNode.Parse(row.Kinds),
        ["trustedRoots"] = row.TrustedRoots,
        ["state"] = BundleRows.Name(row.State),
        ["position"] = row.Position,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };

    public static JsonObject Of(SignInProviderRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["issuer"] = row.Issuer,
        ["clientId"] = row.ClientId,
        ["scopes"] = JsonNode.Parse(row.Scopes),
        ["enabled"] = row.Enabled,
        ["localSignIn"] = row.LocalSignIn,
        ["createsAccounts"] = row.CreatesAccounts,
        ["roleClaim"] = row.RoleClaim,
        ["roleMap"] = JsonNode.Parse(row.RoleMap),
        ["defaultRoles"] = JsonNode.Parse(row.DefaultRoles),
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };

    public static JsonObject Of(LdapDirectoryRow row) => new()
    {
        ["id"] = row.Id,
        ["host"] = row.Host,
        ["port"] = row.Port,
        ["security"] = BundleRows.Name(row.Security),
        ["trustedRoots"] = row.TrustedRoots,
        ["bindName"] = row.BindName,
        ["base"] = row.Base,
        ["filter"] = row.Filter,
        ["addressAttribute"] = row.AddressAttribute,
        ["nameAttribute"] = row.NameAttribute,
        ["aliasAttribute"] = row.AliasAttribute,
        ["groupAttribute"] = row.GroupAttribute,
        ["everyMinutes"] = row.EveryMinutes,
        ["maxRemovalPercent"] = row.MaxRemovalPercent,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(DomainClaimRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["state"] = BundleRows.Name(row.State),
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
        ["provenAt"] = row.ProvenAt,
    };
}
