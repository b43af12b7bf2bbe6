using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Reports;

/// <summary>
/// The same mail to other people: of the same bytes, the same Message-ID from the same author, or, since a campaign counts those up, the
/// same author, subject, files and hosts of links. Of the last 30 days.
/// </summary>
internal static class SameMail
{
    private const int Most = 1_000;
    private static readonly TimeSpan Within = TimeSpan.FromDays(30);

    /// <returns>Ids of messages, the one itself among them.</returns>
    public static async ValueTask<IReadOnlyList<Guid>> FindAsync(SqlSession sql, Guid tenantId, Guid messageId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var like = await sql.FirstAsync(
            "SELECT sha256, message_id_header, from_address, subject, verdict_json FROM messages WHERE id = @id AND tenant_id = @tenant",
            row => new Like(messageId, row.GetString(0), row.Text(1) ?? "", row.Text(2) ?? "", row.Text(3) ?? "", row.Text(4)),
            cancellationToken,
            ("@id", messageId),
            ("@tenant", tenantId));
        if (like is null)
            return [];
        var candidates = await sql.QueryAsync(
            """
            SELECT id, sha256, message_id_header, from_address, subject, verdict_json FROM messages
            WHERE tenant_id = @tenant AND received_at >= @since AND mode = 'Gateway' AND (sha256 = @sha OR from_address = @from) ORDER BY received_at DESC LIMIT @most
            """,
            row => new Like(row.GetGuid(0), row.GetString(1), row.Text(2) ?? "", row.Text(3) ?? "", row.Text(4) ?? "", row.Text(5)),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", (now - Within).ToUnixTimeMilliseconds()),
            ("@sha", like.Sha256),
            ("@from", like.From),
            ("@most", (long)Most));
        var fingerprint = Fingerprint(like);
        return [messageId, .. candidates.Where(other => other.Id != messageId && IsSame(like, fingerprint, other)).Select(other => other.Id)];
    }

    private static bool IsSame(Like like, string? fingerprint, Like other) =>
        other.Sha256 == like.Sha256
        || (like.From.Length > 0 && other.From == like.From && ((like.MessageIdHeader.Length > 0 && other.MessageIdHeader == like.MessageIdHeader) || (fingerprint is not null && Fingerprint(other) == fingerprint)));

    /// <summary>Null where there is too little in a mail to tell it from others of its author.</summary>
    private static string? Fingerprint(Like mail)
    {
        if (mail.VerdictJson is null || StoredJson.ReadVerdict(mail.VerdictJson).Facts is not { } facts || (facts.Attachments.Count == 0 && facts.Links.Count == 0))
            return null;
        var text = new StringBuilder(mail.Subject.Trim().ToUpperInvariant());
        foreach (var file in facts.Attachments.Select(file => file.Sha256).Order(StringComparer.Ordinal))
            text.Append('\n').Append(file);
        foreach (var host in facts.Links.Select(HostOf).Distinct().Order(StringComparer.Ordinal))
            text.Append('\n').Append(host);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string HostOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.Host : "";

    private sealed record Like(Guid Id, string Sha256, string MessageIdHeader, string From, string Subject, string? VerdictJson);
}
