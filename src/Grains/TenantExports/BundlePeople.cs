using System.Text.Json.Nodes;
using Platform.Storage.Accounts;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Support;

namespace Platform.Grains.TenantExports;

/// <summary>Rows about people as a bundle tells them: who they are and what they may, never how they prove it.</summary>
internal static class BundlePeople
{
    public static JsonObject Of(AccountRow row) => new()
    {
        ["id"] = row.Id,
        ["address"] = row.Address,
        ["name"] = row.Name,
        ["language"] = row.Language,
        ["state"] = BundleRows.Name(row.State),
        ["mailboxId"] = row.MailboxId,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(RoleRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["description"] = row.Description,
        ["permissions"] = JsonNode.Parse(row.Permissions),
        ["ownMailboxOnly"] = row.OwnMailboxOnly,
        ["createdAt"] = row.CreatedAt,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(AccountRoleRow row) => new() { ["accountId"] = row.AccountId, ["roleId"] = row.RoleId };

    public static JsonObject Of(SupportGrantRow row) => new()
    {
        ["id"] = row.Id,
        ["accountName"] = row.AccountName,
        ["accountAddress"] = row.AccountAddress,
        ["level"] = BundleRows.Name(row.Level),
        ["includesContent"] = row.IncludesContent,
        ["reason"] = row.Reason,
        ["hours"] = row.Hours,
        ["state"] = BundleRows.Name(row.State),
        ["requestedAt"] = row.RequestedAt,
        ["decidedAt"] = row.DecidedAt,
        ["decidedBy"] = row.DecidedBy,
        ["endedAt"] = row.EndedAt,
        ["endedBy"] = row.EndedBy,
    };

    public static JsonObject Of(MailboxSenderRow row) => new()
    {
        ["id"] = row.Id,
        ["mailboxId"] = row.MailboxId,
        ["list"] = BundleRows.Name(row.Action),
        ["value"] = row.Value,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };

    public static JsonObject Of(ReleaseRequestRow row) => new()
    {
        ["id"] = row.Id,
        ["messageId"] = row.MessageId,
        ["deliveryId"] = row.DeliveryId,
        ["mailboxId"] = row.MailboxId,
        ["note"] = row.Note,
        ["requestedBy"] = row.RequestedBy,
        ["requestedAt"] = row.RequestedAt,
        ["state"] = BundleRows.Name(row.State),
        ["decidedBy"] = row.DecidedBy,
        ["decidedAt"] = row.DecidedAt,
        ["decisionNote"] = row.DecisionNote,
    };

    public static JsonObject Of(ReportRow row) => new()
    {
        ["id"] = row.Id,
        ["messageId"] = row.MessageId,
        ["deliveryId"] = row.DeliveryId,
        ["mailboxId"] = row.MailboxId,
        ["kind"] = BundleRows.Name(row.Kind),
        ["via"] = BundleRows.Name(row.Via),
        ["comment"] = row.Comment,
        ["reportedBy"] = row.ReportedBy,
        ["reportedAt"] = row.ReportedAt,
        ["state"] = BundleRows.Name(row.State),
        ["decidedBy"] = row.DecidedBy,
        ["decidedAt"] = row.DecidedAt,
        ["decisionNote"] = row.DecisionNote,
    };
}
