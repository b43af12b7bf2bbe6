using Platform.Engine;
using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Correspondents;

/// <summary>The conversation that a mail goes on with, as far as mail of the tenant that is kept tells.</summary>
internal static class MailThreads
{
    private const int MaxMessages = 20;
    private const int MaxParticipants = 500;

    /// <param name="messageIds">Of the earlier messages, without angle brackets.</param>
    /// <returns>Null: none of them is kept.</returns>
    public static async ValueTask<MailThread?> OfAsync(SqlSession sql, Guid tenantId, IReadOnlyList<string> messageIds, CancellationToken cancellationToken)
    {
        if (messageIds.Count == 0)
            return null;
        List<(string Name, object? Value)> names = [.. messageIds.Take(MaxMessages).Select((id, i) => ("@n" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), (object?)SafeText.Clean(id, 1_000)))];
        var earlier = await sql.QueryAsync(
            $"""
            SELECT id, from_address, verdict_json, direction, mode FROM messages
            WHERE tenant_id = @tenant AND message_id_header IN ({string.Join(", ", names.Select(name => name.Name))}) ORDER BY received_at DESC LIMIT {MaxMessages}
            """,
            row => (Id: row.GetGuid(0), From: row.Text(1), Verdict: row.Text(2), IsFromOutside: row.Name<MailDirection>(3) == MailDirection.Inbound && row.Name<IntakeMode>(4) != IntakeMode.Submission),
            cancellationToken,
            [("@tenant", tenantId), .. names]);
        if (earlier.Count == 0)
            return null;
        HashSet<string> participants = new(StringComparer.Ordinal);
        HashSet<string> brought = new(StringComparer.Ordinal);
        // From the first mail on: who wrote of an address first brought it.
        foreach (var (id, from, verdict, isFromOutside) in Enumerable.Reverse(earlier))
        {
            Add(from is null ? [] : [from], isFromOutside);
            if (StoredJson.FindVerdict(verdict)?.Facts is { } facts)
                Add([.. facts.To, .. facts.Cc, .. facts.ReplyTo], isFromOutside);
            Add(
                await sql.QueryAsync($"SELECT recipient FROM deliveries WHERE message_id = @message AND is_copy = FALSE LIMIT {MaxParticipants}", row => row.GetString(0), cancellationToken, ("@message", id)),
                isFromOutside);
        }

        return new MailThread(participants) { FromOutside = brought };

        void Add(IEnumerable<string> addresses, bool isFromOutside)
        {
            foreach (var address in addresses.Where(address => address.Contains('@', StringComparison.Ordinal)).Select(SentRecipients.Normal))
            {
                if (participants.Count < MaxParticipants && participants.Add(address) && isFromOutside)
                    brought.Add(address);
            }
        }
    }
}
