using System.Data.Common;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Transactions;

namespace Platform.Storage.Messages;

/// <summary>What every event of a message tells of it.</summary>
internal sealed record MessageSummary(
    Guid Id,
    Guid TenantId,
    IntakeMode Mode,
    MailDirection Direction,
    string Sender,
    string? ClientAddress,
    long Size,
    string? MessageIdHeader,
    string? Subject,
    string? FromAddress,
    string? FromName,
    VerdictKind? Verdict,
    AttackType? AttackType,
    int? Score,
    string? OriginAddress,
    string? OriginCountry)
{
    /// <summary>Columns for <see cref="Read"/>, first in a select or RETURNING.</summary>
    public const string Columns =
        "id, tenant_id, mode, direction, mail_from, client_address, size, message_id_header, subject, from_address, from_name, verdict, attack_type, score, origin_address, origin_country";

    public const int ColumnCount = 16;

    public static MessageSummary Of(NewMessage message) => new(
        message.Id,
        message.TenantId,
        message.Mode,
        message.Envelope.Direction,
        message.Envelope.MailFrom ?? "",
        message.Envelope.ClientAddress,
        message.Body.Size,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);

    public static MessageSummary Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.Name<IntakeMode>(2),
        row.Name<MailDirection>(3),
        row.GetString(4),
        row.Text(5),
        row.GetInt64(6),
        row.Text(7),
        row.Text(8),
        row.Text(9),
        row.Text(10),
        row.IsDBNull(11) ? null : row.Name<VerdictKind>(11),
        row.IsDBNull(12) ? null : row.Name<AttackType>(12),
        row.Number(13),
        row.Text(14),
        row.Text(15));
}
