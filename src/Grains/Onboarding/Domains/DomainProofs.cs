using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Engine.Authentication.Dns;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Onboarding;
using Platform.Storage.Scopes;

namespace Platform.Grains.Onboarding.Domains;

/// <summary>Asks DNS for the record of a claim, past our own cache: whoever has just published it should not wait for its time to live.</summary>
internal sealed class DomainProofs(
    [FromKeyedServices(OnboardingServices.ProofResolver)] IDnsResolver dns, IDomainClaims claims, IPlatformDbFactory databases, TimeProvider clock) : IDomainProofs
{
    /// <summary>Names who settles a claim in the background.</summary>
    public const string Actor = "domain-proof";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public async Task<CommandResult<Guid>> CheckAsync(Scope scope, Guid claimId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.DirectoryWrite);
        DomainClaimRow? claim;
        await using (var database = databases.Open(scope))
            claim = await database.DomainClaims.AsNoTracking().SingleOrDefaultAsync(row => row.Id == claimId, cancellationToken);
        if (claim is null)
            return new CommandResult<Guid>(default, "NOT_FOUND", "There is no such claim.");
        if (claim.State == DomainClaimState.Proven || clock.GetUtcNow() - claim.CheckedAt < Between)
            return new CommandResult<Guid>(claimId, null, null);
        if (claim.State == DomainClaimState.Failed && await claims.ClaimAsync(scope, claim.TenantId, claim.Name, cancellationToken) is { Succeeded: false } refused)
            return refused;
        await claims.SettleAsync(scope, claimId, await FindAsync(claim.Name, claim.Token, cancellationToken), cancellationToken);
        return new CommandResult<Guid>(claimId, null, null);
    }

    public async Task CheckAsync(DueClaim due, CancellationToken cancellationToken) => await claims.SettleAsync(
        Scope.System(due.TenantId, Actor), due.Id, await FindAsync(due.Name, due.Token, cancellationToken), cancellationToken);

    /// <returns>Null: the record is there.</returns>
    private async Task<DomainProblem?> FindAsync(string domain, string token, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(DomainProof.RecordName(domain), DnsType.Txt, cancellationToken);
        if (answer.IsTemporary)
            return DomainProblem.NoAnswer;
        var texts = answer.Records.OfType<DnsRecord.Text>().ToList();
        if (texts.Count == 0)
            return DomainProblem.NoRecord;
        return texts.Exists(text => text.Value.Trim() == DomainProof.RecordValue(token)) ? null : DomainProblem.OtherValue;
    }
}
