using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>
/// The same mail to other people, of the last 30 days. To be held: of the same bytes, the same Message-ID from the same author, or, since a
/// campaign counts those up, the same author, subject, files and hosts of links. An attacker can make a mail of his own match like that, so
/// that to be released it has to be what was looked at: of the same bytes, or as harmless to the scan, of the same text, files and links,
/// and proven to be of the same author.
/// </summary>
internal sealed class SameMail(SealedTexts texts)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Within = TimeSpan.FromDays(30);

    /// <returns>Ids of messages, the one itself among them.</returns>
    public static async ValueTask<IReadOnlyList<Guid>> ToHoldAsync(SqlSession sql, Guid tenantId, Guid messageId, DateTimeOffset now, CancellationToken cancellationToken) =>
        [messageId, .. (await FindAsync(sql, tenantId, messageId, now, IsLike, cancellationToken)).Select(other => other.Id)];

    /// <returns>Ids of messages, the one itself among them.</returns>
    public async ValueTask<IReadOnlyList<Guid>> ToReleaseAsync(SqlSession sql, Guid tenantId, Guid messageId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var looked = await texts.ReadAsync(sql, tenantId, messageId, cancellationToken);
        List<Guid> same = [messageId];
        foreach (var (id, isOfSameBytes) in await FindAsync(sql, tenantId, messageId, now, IsNoWorse, cancellationToken))
        {
            if (isOfSameBytes || (looked is not null && await texts.ReadAsync(sql, tenantId, id, cancellationToken) == looked))
                same.Add(id);
        }

        return same;
    }

    private static async ValueTask<IReadOnlyList<(Guid Id, bool IsOfSameBytes)>> FindAsync(
        SqlSession sql, Guid tenantId, Guid messageId, DateTimeOffset now, Func<Like, Like, bool> isSame, CancellationToken cancellationToken)
    {
        var like = await sql.FirstAsync(
            "SELECT sha256, message_id_header, from_address, verdict_json FROM messages WHERE id = @id AND tenant_id = @tenant",
            row => new Like(messageId, row.GetString(0), row.Text(1) ?? "", row.Text(2) ?? "", StoredJson.FindVerdict(row.Text(3))),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId));
        if (like is null)
            return [];
        var candidates = await sql.QueryAsync(
            $"""
            SELECT id, sha256, message_id_header, from_address, verdict_json FROM messages
            WHERE tenant_id = @tenant AND received_at >= @since AND mode IN ({IntakeModes.ToPeople}) AND (sha256 = @sha OR from_address = @from) ORDER BY received_at DESC LIMIT @most
            """,
            row => new Like(row.GetGuid(0), row.GetString(1), row.Text(2) ?? "", row.Text(3) ?? "", StoredJson.FindVerdict(row.Text(4))),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", (now - Within).ToUnixTimeMilliseconds()),
            ("@sha", like.Sha256),
            ("@from", like.From),
            ("@most", (long)Most));
        return [.. candidates.Where(other => other.Id != messageId && (other.Sha256 == like.Sha256 || isSame(like, other))).Select(other => (other.Id, other.Sha256 == like.Sha256))];
    }

    private static bool IsLike(Like like, Like other) =>
        like.From.Length > 0 && other.From == like.From
        && ((like.MessageIdHeader.Length > 0 && other.MessageIdHeader == like.MessageIdHeader) || (like.Campaign is { } campaign && other.Campaign == campaign));

    private static bool IsNoWorse(Like like, Like other) =>
        IsLike(like, other)
        && like.Verdict is { } looked && other.Verdict is { } verdict && verdict.Kind <= looked.Kind
        && looked.Authentication?.ProvesAuthor() == true && verdict.Authentication?.ProvesAuthor() == true
        && like.Content is { } content && other.Content == content;

    private sealed record Like(Guid Id, string Sha256, string MessageIdHeader, string From, Verdict? Verdict)
    {
        public string? Campaign => Verdict?.Facts is { } facts ? SameContent.OfCampaign(facts) : null;

        public string? Content => Verdict?.Facts is { } facts ? SameContent.Of(facts) : null;
    }
}
