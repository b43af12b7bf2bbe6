using Platform.Engine.Misdirection;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Correspondents;

/// <summary>Learns by whose name an organisation is greeted, from mail that leaves without a question.</summary>
internal static class OrganisationNameMoves
{
    private const int MaxText = 253;

    public static async ValueTask NoteAsync(MoveSession session, Guid tenantId, OrganisationName greeted, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        """
        INSERT INTO organisation_names (tenant_id, name, domain, seen, last_at) VALUES (@tenant, @name, @domain, 1, @now)
        ON CONFLICT (tenant_id, name, domain) DO UPDATE SET seen = organisation_names.seen + 1, last_at = excluded.last_at
        """,
        cancellationToken,
        ("@tenant", tenantId),
        ("@name", SafeText.Clean(greeted.Name, MaxText)),
        ("@domain", SafeText.Clean(greeted.Domain, MaxText)),
        ("@now", session.NowMilliseconds));

    public static ValueTask<int> ForgetAsync(MoveSession session, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "DELETE FROM organisation_names WHERE last_at < @before", cancellationToken, ("@before", (session.Now - SentRecipients.Kept).ToUnixTimeMilliseconds()));
}
