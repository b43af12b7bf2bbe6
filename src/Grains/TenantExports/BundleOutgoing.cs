using System.Text.Json.Nodes;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Tracking;

namespace Platform.Grains.TenantExports;

/// <summary>Rows about outgoing mail as a bundle tells them.</summary>
internal static class BundleOutgoing
{
    public static JsonObject Of(SendRuleRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["condition"] = row.Condition,
        ["actions"] = JsonNode.Parse(row.Action),
        ["enabled"] = row.Enabled,
        ["position"] = row.Position,
        ["revision"] = row.Revision,
        ["createdAt"] = row.CreatedAt,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(ApprovalChainRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["steps"] = JsonNode.Parse(row.Steps),
        ["hours"] = row.Hours,
        ["onExpiry"] = BundleRows.Name(row.OnExpiry),
        ["remindHours"] = row.RemindHours,
        ["revision"] = row.Revision,
        ["createdAt"] = row.CreatedAt,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(ApprovalRow row) => new()
    {
        ["id"] = row.Id,
        ["messageId"] = row.MessageId,
        ["deliveryId"] = row.DeliveryId,
        ["mailboxId"] = row.MailboxId,
        ["chain"] = row.Chain,
        ["steps"] = JsonNode.Parse(row.Steps),
        ["step"] = row.Step,
        ["reasons"] = JsonNode.Parse(row.Reasons),
        ["state"] = BundleRows.Name(row.State),
        ["startedAt"] = row.StartedAt,
        ["expiresAt"] = row.ExpiresAt,
        ["endedAt"] = row.EndedAt,
    };

    public static JsonObject Of(ApprovalVoteRow row) => new()
    {
        ["approvalId"] = row.ApprovalId,
        ["step"] = row.Step,
        ["accountId"] = row.AccountId,
        ["forId"] = row.ForId,
        ["messageId"] = row.MessageId,
        ["approved"] = row.Approved,
        ["comment"] = row.Comment,
        ["at"] = row.At,
    };

    public static JsonObject Of(TrackedDeliveryRow row) => new()
    {
        ["deliveryId"] = row.DeliveryId,
        ["messageId"] = row.MessageId,
        ["place"] = BundleRows.Name(row.Place),
        ["trackedAt"] = row.TrackedAt,
        ["people"] = row.People,
        ["machines"] = row.Machines,
        ["unknown"] = row.Unknowns,
        ["beyond"] = row.Beyond,
        ["firstAt"] = row.FirstAt,
        ["lastAt"] = row.LastAt,
    };

    public static JsonObject Of(OpenRow row) => new()
    {
        ["id"] = row.Id,
        ["deliveryId"] = row.DeliveryId,
        ["messageId"] = row.MessageId,
        ["at"] = row.At,
        ["target"] = BundleRows.Name(row.Target),
        ["grade"] = row.Grade is { } grade ? BundleRows.Name(grade) : null,
        ["reason"] = row.Reason,
        ["country"] = row.Country,
        ["region"] = row.Region,
        ["network"] = row.Network,
        ["family"] = row.Family,
        ["system"] = row.System,
        ["device"] = row.Device is { } device ? BundleRows.Name(device) : null,
    };

    public static JsonObject Of(OpenHourRow row) => new()
    {
        ["deliveryId"] = row.DeliveryId,
        ["messageId"] = row.MessageId,
        ["hour"] = DateTimeOffset.FromUnixTimeSeconds(row.Hour * 3_600),
        ["count"] = row.Count,
    };

    public static JsonObject Of(ApprovalDeputyRow row) => new()
    {
        ["id"] = row.Id,
        ["accountId"] = row.AccountId,
        ["deputyId"] = row.DeputyId,
        ["since"] = row.Since,
        ["until"] = row.Until,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };
}
