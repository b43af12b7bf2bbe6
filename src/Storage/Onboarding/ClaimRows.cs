using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding;

internal sealed record StoredClaim(Guid Id, Guid TenantId, string Name, DomainClaimState State, int Checks, DateTimeOffset StartedAt);

/// <summary>The SQL of claims, inside a move.</summary>
internal static class ClaimRows
{
    public static ValueTask<StoredClaim?> FindAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        "SELECT id, tenant_id, name, state, checks, started_at FROM domain_claims WHERE id = @id" + session.Dialect.ForUpdate,
        row => new StoredClaim(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Name<DomainClaimState>(3), row.GetInt32(4), row.Time(5)),
        cancellationToken,
        ("@id", id));

    public static ValueTask<int> InsertAsync(MoveSession session, Guid id, Guid tenantId, string name, string actor, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        """
        INSERT INTO domain_claims (id, tenant_id, name, token, state, created_at, created_by, started_at, checks, due_at)
        VALUES (@id, @tenant, @name, @token, @state, @now, @actor, @now, 0, @due)
        """,
        cancellationToken,
        ("@id", id),
        ("@tenant", tenantId),
        ("@name", name),
        ("@token", DomainProof.NewToken()),
        ("@state", nameof(DomainClaimState.Pending)),
        ("@now", session.NowMilliseconds),
        ("@actor", actor),
        // Whoever claims it has to publish the record first.
        ("@due", (session.Now + DomainProof.WaitAfter(1)).ToUnixTimeMilliseconds()));

    public static ValueTask<int> BeginAgainAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE domain_claims SET state = @pending, problem = NULL, checks = 0, started_at = @now, due_at = @due WHERE id = @id AND state <> 'Proven'",
        cancellationToken,
        ("@pending", nameof(DomainClaimState.Pending)),
        ("@now", session.NowMilliseconds),
        ("@due", (session.Now + DomainProof.WaitAfter(1)).ToUnixTimeMilliseconds()),
        ("@id", id));

    public static ValueTask<int> WriteAsync(
        MoveSession session, StoredClaim claim, DomainClaimState state, DomainProblem? problem, DateTimeOffset? due, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "UPDATE domain_claims SET state = @state, problem = @problem, checks = checks + 1, checked_at = @now, due_at = @due, proven_at = @proven WHERE id = @id",
        cancellationToken,
        ("@state", state.ToString()),
        ("@problem", problem?.ToString()),
        ("@now", session.NowMilliseconds),
        ("@due", due?.ToUnixTimeMilliseconds()),
        ("@proven", state == DomainClaimState.Proven ? session.NowMilliseconds : null),
        ("@id", claim.Id));
}
