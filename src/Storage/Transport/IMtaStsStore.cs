using Platform.Engine.Transport;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

/// <summary>Policies of domains outside as they were fetched, for all silos.</summary>
public interface IMtaStsStore
{
    Task<KeptMtaSts?> FindAsync(string domain, CancellationToken cancellationToken);

    /// <param name="text">Of a policy, at most <see cref="MtaStsPolicy.MaxLength"/>.</param>
    Task KeepAsync(string domain, string id, string text, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Notes that it could not be had; what is kept stays.</summary>
    Task NoteFailureAsync(string domain, MtaStsFailure failure, CancellationToken cancellationToken);

    /// <summary>Forgets what expired before a time.</summary>
    Task<int> TrimAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <param name="Id">Of the record by which it was fetched.</param>
public sealed record KeptMtaSts(string? Id, string? Text, DateTimeOffset? FetchedAt, DateTimeOffset? ExpiresAt, MtaStsFailure? Failure);

/// <param name="Id">Of the record that it was tried for.</param>
/// <param name="Text">A sentence.</param>
public sealed record MtaStsFailure(string Id, DateTimeOffset At, TlsResult Result, string Text);

internal sealed class MtaStsStore(IMoveRunner moves, IReadConnections reads) : IMtaStsStore
{
    private const int MaxText = 500;

    public async Task<KeptMtaSts?> FindAsync(string domain, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT policy_id, policy_text, fetched_at, expires_at, failed_id, failed_at, failure, failure_text FROM mta_sts_policies WHERE domain = @domain",
            row => new KeptMtaSts(
                row.Text(0),
                row.Text(1),
                row.IsDBNull(2) ? null : row.Time(2),
                row.IsDBNull(3) ? null : row.Time(3),
                row.IsDBNull(5) ? null : new MtaStsFailure(row.GetString(4), row.Time(5), row.Name<TlsResult>(6), row.GetString(7))),
            cancellationToken,
            ("@domain", domain));
    }

    public Task KeepAsync(string domain, string id, string text, DateTimeOffset expiresAt, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            """
            INSERT INTO mta_sts_policies (domain, policy_id, policy_text, fetched_at, expires_at) VALUES (@domain, @id, @text, @now, @until)
            ON CONFLICT (domain) DO UPDATE SET policy_id = excluded.policy_id, policy_text = excluded.policy_text, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,
                failed_id = NULL, failed_at = NULL, failure = NULL, failure_text = NULL
            """,
            ct,
            ("@domain", domain),
            ("@id", id),
            ("@text", Messages.SafeText.Clean(text, MtaStsPolicy.MaxLength)),
            ("@now", session.NowMilliseconds),
            ("@until", expiresAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task NoteFailureAsync(string domain, MtaStsFailure failure, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            """
            INSERT INTO mta_sts_policies (domain, failed_id, failed_at, failure, failure_text) VALUES (@domain, @id, @at, @result, @text)
            ON CONFLICT (domain) DO UPDATE SET failed_id = excluded.failed_id, failed_at = excluded.failed_at, failure = excluded.failure, failure_text = excluded.failure_text
            """,
            ct,
            ("@domain", domain),
            ("@id", failure.Id),
            ("@at", failure.At.ToUnixTimeMilliseconds()),
            ("@result", failure.Result.ToString()),
            ("@text", Messages.SafeText.Clean(failure.Text, MaxText))),
        cancellationToken);

    public Task<int> TrimAsync(DateTimeOffset before, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) => await session.Sql.ExecuteAsync(
            "DELETE FROM mta_sts_policies WHERE COALESCE(expires_at, failed_at) < @before", ct, ("@before", before.ToUnixTimeMilliseconds())),
        cancellationToken);
}
