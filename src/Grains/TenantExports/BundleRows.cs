using System.Text.Json.Nodes;
using Platform.Storage.Groups;
using Platform.Storage.Holds;
using Platform.Storage.Lists;
using Platform.Storage.Model;
using Platform.Storage.Policies;
using Platform.Storage.Purging;
using Platform.Storage.Rules;

namespace Platform.Grains.TenantExports;

/// <summary>Rows as a bundle tells them. What is not named here, keys above all, does not leave.</summary>
internal static class BundleRows
{
    public static JsonObject Of(TenantRow row) => new()
    {
        ["id"] = row.Id,
        ["slug"] = row.Slug,
        ["name"] = row.Name,
        ["language"] = row.Language,
        ["route"] = row.Route,
        ["trustedHops"] = Json(row.TrustedHops),
        ["journalAddress"] = row.JournalAddress,
        ["reportAddress"] = row.ReportAddress,
        ["limits"] = Json(row.Limits),
        ["plan"] = row.Plan is null ? null : Json(row.Plan),
        ["createdAt"] = row.CreatedAt,
        ["readyAt"] = row.ReadyAt,
    };

    public static JsonObject Of(DomainRow row) => new() { ["id"] = row.Id, ["name"] = row.Name };

    public static JsonObject Of(MailboxRow row) => new() { ["id"] = row.Id, ["address"] = row.Address, ["displayName"] = row.DisplayName, ["createdAt"] = row.CreatedAt };

    public static JsonObject Of(MailboxAliasRow row) => new() { ["address"] = row.Address, ["mailboxId"] = row.MailboxId };

    public static JsonObject Of(GroupRow row) => new() { ["id"] = row.Id, ["name"] = row.Name, ["externalId"] = row.ExternalId, ["position"] = row.Position, ["createdAt"] = row.CreatedAt };

    public static JsonObject Of(GroupMemberRow row) => new() { ["groupId"] = row.GroupId, ["memberId"] = row.MemberId, ["kind"] = Name(row.Kind), ["addedAt"] = row.AddedAt };

    public static JsonObject Of(PolicyValueRow row) => new()
    {
        ["subjectId"] = row.SubjectId,
        ["level"] = Name(row.Level),
        ["setting"] = row.Setting,
        ["value"] = row.Value,
        ["locked"] = row.Locked,
        ["changedAt"] = row.ChangedAt,
        ["changedBy"] = row.ChangedBy,
    };

    public static JsonObject Of(ListEntryRow row) => new()
    {
        ["id"] = row.Id,
        ["list"] = Name(row.Action),
        ["kind"] = Name(row.Kind),
        ["value"] = row.Value,
        ["exact"] = row.IsExact,
        ["networks"] = Json(row.Networks),
        ["note"] = row.Note,
        ["expiresAt"] = row.ExpiresAt,
        ["createdAt"] = row.CreatedAt,
        ["createdBy"] = row.CreatedBy,
    };

    public static JsonObject Of(RuleRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["condition"] = row.Condition,
        ["action"] = Name(row.Action),
        ["enabled"] = row.Enabled,
        ["position"] = row.Position,
        ["revision"] = row.Revision,
    };

    public static JsonObject Of(HoldRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["reason"] = row.Reason,
        ["messageId"] = row.MessageId,
        ["mailboxId"] = row.MailboxId,
        ["mailbox"] = row.MailboxAddress,
        ["from"] = row.Sender,
        ["search"] = row.Search,
        ["since"] = row.ReceivedSince,
        ["until"] = row.ReceivedUntil,
        ["endsAt"] = row.EndsAt,
        ["placedBy"] = row.PlacedBy,
        ["placedAt"] = row.PlacedAt,
        ["releasedBy"] = row.ReleasedBy,
        ["releasedAt"] = row.ReleasedAt,
    };

    public static JsonObject Of(PurgeRow row) => new()
    {
        ["id"] = row.Id,
        ["kind"] = row.Kind,
        ["state"] = row.State,
        ["counts"] = Json(row.Counts),
        ["requestedBy"] = row.RequestedBy,
        ["requestedAt"] = row.RequestedAt,
        ["finishedAt"] = row.FinishedAt,
        ["receipt"] = row.Receipt,
    };

    public static JsonObject Of(MessageRow row) => new()
    {
        ["id"] = row.Id,
        ["direction"] = Name(row.Direction),
        ["mode"] = Name(row.Mode),
        ["receivedAt"] = row.ReceivedAt,
        ["mailFrom"] = row.MailFrom,
        ["clientAddress"] = row.ClientAddress,
        ["helo"] = row.Helo,
        ["size"] = row.Size,
        ["sha256"] = row.Sha256,
        ["contentKept"] = row.BodyKey is not null,
        ["messageIdHeader"] = row.MessageIdHeader,
        ["subject"] = row.Subject,
        ["from"] = row.FromAddress,
        ["fromName"] = row.FromName,
        ["originAddress"] = row.OriginAddress,
        ["originCountry"] = row.OriginCountry,
        ["verdict"] = row.VerdictJson is null ? null : Json(row.VerdictJson),
    };

    public static JsonObject Of(DeliveryRow row) => new()
    {
        ["id"] = row.Id,
        ["messageId"] = row.MessageId,
        ["recipient"] = row.Recipient,
        ["mailboxId"] = row.MailboxId,
        ["state"] = Name(row.State),
        ["action"] = row.Action,
        ["changedAt"] = row.ChangedAt,
        ["lastStatus"] = row.LastStatus,
        ["releasedBy"] = row.ReleasedBy,
        ["isCopy"] = row.IsCopy,
    };

    public static JsonObject Of(EventRow row) => new()
    {
        ["id"] = row.Id,
        ["sequence"] = row.Sequence,
        ["kind"] = row.Kind,
        ["occurredAt"] = row.OccurredAt,
        ["recordedAt"] = row.RecordedAt,
        ["messageId"] = row.MessageId,
        ["deliveryId"] = row.DeliveryId,
        ["data"] = Json(row.Data),
    };

    public static JsonObject Of(AuditRow row) => new()
    {
        ["id"] = row.Id,
        ["sequence"] = row.Sequence,
        ["at"] = row.At,
        ["actor"] = row.Actor,
        ["action"] = row.Action,
        ["target"] = row.Target,
        ["detail"] = row.Detail,
        ["erasedAt"] = row.ErasedAt,
        ["hash"] = row.Hash,
    };

    private static JsonNode? Json(string text) => JsonNode.Parse(text);

    internal static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
