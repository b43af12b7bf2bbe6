using Platform.Engine.Learning;
using Platform.Storage.Bodies;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <param name="IsCarrier">The message carries the mail that is meant.</param>
public sealed record LearningLabel(Guid MessageId, BodyReference Body, MailLabel Label, bool IsCarrier);

/// <summary>What people of a tenant called right or wrong and somebody confirmed, as long as the mail is kept.</summary>
public interface ILearningLabels
{
    /// <summary>Oldest first, the newest 2,000.</summary>
    Task<IReadOnlyList<LearningLabel>> OfAsync(Guid tenantId, CancellationToken cancellationToken);
}

internal sealed class LearningLabels(IReadConnections reads) : ILearningLabels
{
    private const int Most = 2_000;

    public async Task<IReadOnlyList<LearningLabel>> OfAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var labels = await sql.QueryAsync(
            """
            SELECT l.message_id, m.body_name, m.body_key, l.label, l.is_carrier FROM learning_labels l JOIN messages m ON m.id = l.message_id
            WHERE l.tenant_id = @tenant AND m.body_key IS NOT NULL ORDER BY l.labelled_at DESC, l.message_id LIMIT @most
            """,
            row => new LearningLabel(row.GetGuid(0), new BodyReference(row.GetString(1), row.Bytes(2) ?? []), row.Name<MailLabel>(3), row.GetBoolean(4)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@most", (long)Most));
        labels.Reverse();
        return labels;
    }
}
