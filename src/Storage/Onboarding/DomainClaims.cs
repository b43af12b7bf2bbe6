using System.Globalization;
using Platform.Storage.Directory;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding;

internal sealed class DomainClaims(IMoveRunner moves, RecipientDirectory directory) : IDomainClaims
{
    /// <summary>Of one tenant, proven ones not counted.</summary>
    private const int MaxOpen = 100;

    private static readonly Refusal Unknown = new("NOT_FOUND", "There is no such claim.");

    public async Task<CommandResult<Guid>> ClaimAsync(Scope scope, Guid tenantId, string domain, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<Guid>();
        if (MailAddress.Domain(domain) is not { } name || !DomainProof.Fits(name))
            return new(default, "INVALID_DOMAIN", "A domain is a name such as 'example.com', without protocol or path.");
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                await PlanGuard.AdmitAsync(session, tenantId, PlanResource.Domains, 0, ct);
                if (await session.Sql.FirstAsync("SELECT 1 FROM domains WHERE name = @name", _ => true, ct, ("@name", name)))
                    throw new RefusedException(new("DOMAIN_TAKEN", $"The domain '{name}' already belongs to a tenant."));
                var known = await session.Sql.FirstAsync(
                    "SELECT id FROM domain_claims WHERE tenant_id = @tenant AND name = @name", row => (Guid?)row.GetGuid(0), ct, ("@tenant", tenantId), ("@name", name));
                if (known is { } before)
                {
                    await ClaimRows.BeginAgainAsync(session, before, ct);
                    return before;
                }

                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM domain_claims WHERE tenant_id = @tenant AND state <> 'Proven'", row => row.GetInt64(0), ct, ("@tenant", tenantId)) >= MaxOpen)
                    throw new RefusedException(new("CLAIM_LIMIT", $"A tenant has at most {MaxOpen.ToString(CultureInfo.InvariantCulture)} open claims; withdraw one that is not needed."));
                await PlanGuard.AdmitAsync(session, tenantId, PlanResource.Domains, 1, ct);
                var id = Guid.CreateVersion7(session.Now);
                await ClaimRows.InsertAsync(session, id, tenantId, name, scope.Actor, ct);
                ClaimRecords.Changed(session, tenantId, scope.Actor, "domain.claim", name);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> WithdrawAsync(Scope scope, Guid claimId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.DirectoryWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                if (await ClaimRows.FindAsync(session, claimId, ct) is not { } claim || !scope.Tenants.Contains(claim.TenantId))
                    throw new RefusedException(Unknown);
                if (claim.State == DomainClaimState.Proven)
                    throw new RefusedException(new("CLAIM_PROVEN", "The domain is proven and belongs to the tenant; there is no claim left to withdraw."));
                await session.Sql.ExecuteAsync("DELETE FROM domain_claims WHERE id = @id", ct, ("@id", claimId));
                ClaimRecords.Changed(session, claim.TenantId, scope.Actor, "domain.withdraw", claim.Name);
                return claimId;
            },
            cancellationToken);
    }

    public Task SettleAsync(Scope scope, Guid claimId, DomainProblem? problem, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            if (await ClaimRows.FindAsync(session, claimId, ct) is not { } claim || !scope.Tenants.Contains(claim.TenantId) || claim.State == DomainClaimState.Proven)
                return false;
            if (problem is null)
                await ProveAsync(session, claim, scope.Actor, ct);
            else if (session.Now - claim.StartedAt >= DomainProof.MaxAge)
                await FailAsync(session, claim, DomainProblem.Expired, scope.Actor, ct);
            else
                await ClaimRows.WriteAsync(session, claim, DomainClaimState.Pending, problem, session.Now + DomainProof.WaitAfter(claim.Checks + 1), ct);
            return true;
        },
        cancellationToken);

    public Task<DueClaim?> TakeDueAsync(TimeSpan lease, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.FirstAsync(
            $"""
            UPDATE domain_claims SET due_at = @until WHERE id = (SELECT id FROM domain_claims WHERE due_at <= @now ORDER BY due_at LIMIT 1{session.Dialect.SkipLocked})
            RETURNING id, tenant_id, name, token
            """,
            row => new DueClaim(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3)),
            ct,
            ("@until", (session.Now + lease).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds)),
        cancellationToken);

    private async ValueTask ProveAsync(MoveSession session, StoredClaim claim, string actor, CancellationToken cancellationToken)
    {
        var owner = await session.Sql.FirstAsync("SELECT tenant_id FROM domains WHERE name = @name", row => (Guid?)row.GetGuid(0), cancellationToken, ("@name", claim.Name));
        if (owner is not null && owner != claim.TenantId)
        {
            await FailAsync(session, claim, DomainProblem.Taken, actor, cancellationToken);
            return;
        }

        if (owner is null)
        {
            // Unique by name: of two that prove it at once the second comes again, and is told that it is taken.
            await session.Sql.ExecuteAsync("INSERT INTO domains (id, tenant_id, name) VALUES (@id, @tenant, @name)", cancellationToken, ("@id", claim.Id), ("@tenant", claim.TenantId), ("@name", claim.Name));
        }

        await ClaimRows.WriteAsync(session, claim, DomainClaimState.Proven, null, null, cancellationToken);
        ClaimRecords.Settled(session, claim, actor, null);
        await directory.ChangedAsync(session, cancellationToken);
    }

    private static async ValueTask FailAsync(MoveSession session, StoredClaim claim, DomainProblem problem, string actor, CancellationToken cancellationToken)
    {
        await ClaimRows.WriteAsync(session, claim, DomainClaimState.Failed, problem, null, cancellationToken);
        if (claim.State != DomainClaimState.Failed)
            ClaimRecords.Settled(session, claim, actor, problem);
    }
}
