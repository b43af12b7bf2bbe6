using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Outgoing.Approvals;

internal sealed class ApprovalChains(IMoveRunner moves, RecipientDirectory directory) : IApprovalChains
{
    private const int MaxChains = 50;
    private const int MaxSteps = 5;
    private const int MaxAccounts = 20;
    private const int MaxHours = 720;

    private static readonly Refusal Unknown = new("NOT_FOUND", "No such approval chain is in reach of this client.");

    private static readonly Refusal Taken = new("NAME_TAKEN", "The tenant has a chain of that name. Choose another.");

    private static readonly Refusal Full = new("CHAIN_LIMIT", $"A tenant has at most {MaxChains} approval chains. Delete one first.");

    private static readonly Refusal Shape = new(
        "INVALID_CHAIN",
        $"A chain has 1 to {MaxSteps} steps, each of 1 to {MaxAccounts} accounts of the tenant or one of its groups; it lasts 1 to {MaxHours} hours, and reminds after 0 (never) to {MaxHours}.");

    private static readonly Refusal SamePeople = new("INVALID_CHAIN", "One person decides one step of a chain: name other accounts in each.");

    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid tenantId, NewApprovalChain chain, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        scope.Require(tenantId);
        return Check(chain) is { } refusal ? refusal.As<Guid>() : await moves.CommandAsync(
            async (session, ct) =>
            {
                await CheckPeopleAsync(session, tenantId, chain, ct);
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM approval_chains WHERE tenant_id = @tenant", row => row.GetInt64(0), ct, ("@tenant", tenantId)) >= MaxChains)
                    throw new RefusedException(Full);
                await CheckNameAsync(session, tenantId, chain.Name, null, ct);
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO approval_chains (id, tenant_id, name, name_key, steps, hours, on_expiry, remind_hours, revision, created_at, changed_at, changed_by)
                    VALUES (@id, @tenant, @name, @key, @steps, @hours, @expiry, @remind, 1, @now, @now, @actor)
                    """,
                    ct,
                    [("@id", id), ("@tenant", tenantId), .. Values(session, scope, chain)]);
                Tell(session, scope, tenantId, id, "create", chain, revision: 1);
                await ChangedAsync(session, tenantId, ct);
                return id;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid chainId, NewApprovalChain chain, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        return Check(chain) is { } refusal ? refusal.As<Guid>() : await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, _, revision) = await FindAsync(session, scope, chainId, ct);
                await CheckPeopleAsync(session, tenant, chain, ct);
                await CheckNameAsync(session, tenant, chain.Name, chainId, ct);
                await session.Sql.ExecuteAsync(
                    "UPDATE approval_chains SET name = @name, name_key = @key, steps = @steps, hours = @hours, on_expiry = @expiry, remind_hours = @remind, revision = revision + 1, changed_at = @now, changed_by = @actor WHERE id = @id",
                    ct,
                    [("@id", chainId), .. Values(session, scope, chain)]);
                Tell(session, scope, tenant, chainId, "update", chain, revision + 1);
                await ChangedAsync(session, tenant, ct);
                return chainId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> DeleteAsync(Scope scope, Guid chainId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PolicyWrite);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, chain, revision) = await FindAsync(session, scope, chainId, ct);
                await session.Sql.ExecuteAsync("DELETE FROM approval_chains WHERE id = @id", ct, ("@id", chainId));
                Tell(session, scope, tenant, chainId, "delete", chain, revision);
                await ChangedAsync(session, tenant, ct);
                return chainId;
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> AddDeputyAsync(Scope scope, Guid tenantId, NewDeputy deputy, CancellationToken cancellationToken)
    {
        scope.Require(tenantId);
        return await moves.CommandAsync((session, ct) => DeputyMoves.AddAsync(session, scope, tenantId, deputy, ct), cancellationToken);
    }

    public Task<CommandResult<Guid>> RemoveDeputyAsync(Scope scope, Guid deputyId, CancellationToken cancellationToken) =>
        moves.CommandAsync((session, ct) => DeputyMoves.RemoveAsync(session, scope, deputyId, ct), cancellationToken);

    /// <summary>Rules in force know the chains that they name.</summary>
    private async ValueTask ChangedAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync("UPDATE tenants SET rules_revision = rules_revision + 1 WHERE id = @id", cancellationToken, ("@id", tenantId));
        await directory.ChangedAsync(session, cancellationToken);
    }

    private static Refusal? Check(NewApprovalChain chain)
    {
        if (DirectoryRules.Name(chain.Name) is { } name)
            return name;
        var fits = chain.Steps.Count is >= 1 and <= MaxSteps
            && chain.Steps.All(step => step.Accounts.Count <= MaxAccounts && (step.Accounts.Count > 0 || step.GroupId is not null))
            && chain.Hours is >= 1 and <= MaxHours && chain.RemindHours is >= 0 and <= MaxHours && Enum.IsDefined(chain.OnExpiry);
        if (!fits)
            return Shape;
        // Who is in a group changes; whom a step names does not.
        List<StepPeople> named = [.. chain.Steps.Where(step => step.GroupId is null).Select(step => new StepPeople([.. step.Accounts.Distinct()], step.All))];
        return FourEyes.Suffice(named) ? null : SamePeople;
    }

    private static async ValueTask CheckPeopleAsync(MoveSession session, Guid tenantId, NewApprovalChain chain, CancellationToken cancellationToken)
    {
        foreach (var account in chain.Steps.SelectMany(step => step.Accounts).Distinct())
            await DeputyMoves.AddressAsync(session, tenantId, account, Shape, cancellationToken);
        foreach (var group in chain.Steps.Select(step => step.GroupId).OfType<Guid>().Distinct())
        {
            if (!await session.Sql.FirstAsync("SELECT 1 FROM tenant_groups WHERE id = @id AND tenant_id = @tenant", _ => true, cancellationToken, ("@id", group), ("@tenant", tenantId)))
                throw new RefusedException(Shape);
        }
    }

    private static async ValueTask CheckNameAsync(MoveSession session, Guid tenantId, string name, Guid? except, CancellationToken cancellationToken)
    {
        var other = await session.Sql.FirstAsync(
            "SELECT id FROM approval_chains WHERE tenant_id = @tenant AND name_key = @key", row => row.Id(0), cancellationToken, ("@tenant", tenantId), ("@key", KeyOf(name)));
        if (other is not null && other != except)
            throw new RefusedException(Taken);
    }

    private static async ValueTask<(Guid Tenant, NewApprovalChain Chain, int Revision)> FindAsync(MoveSession session, Scope scope, Guid chainId, CancellationToken cancellationToken)
    {
        var (tenant, chain, revision) = await session.Sql.FirstAsync(
            "SELECT tenant_id, name, steps, hours, on_expiry, remind_hours, revision FROM approval_chains WHERE id = @id" + session.Dialect.ForUpdate,
            row => (row.GetGuid(0), new NewApprovalChain(row.GetString(1), ApprovalJson.ReadSteps(row.GetString(2)), row.GetInt32(3), row.Name<ApprovalExpiry>(4), row.GetInt32(5)), row.GetInt32(6)),
            cancellationToken,
            ("@id", chainId));
        return chain is not null && scope.Tenants.Contains(tenant) ? (tenant, chain, revision) : throw new RefusedException(Unknown);
    }

    private static string KeyOf(string name) => name.Trim().ToLowerInvariant();

    private static (string, object?)[] Values(MoveSession session, Scope scope, NewApprovalChain chain) =>
    [
        ("@name", chain.Name.Trim()),
        ("@key", KeyOf(chain.Name)),
        ("@steps", ApprovalJson.Write(chain.Steps)),
        ("@hours", (long)chain.Hours),
        ("@expiry", chain.OnExpiry.ToString()),
        ("@remind", (long)chain.RemindHours),
        ("@now", session.NowMilliseconds),
        ("@actor", scope.Actor),
    ];

    private static void Tell(MoveSession session, Scope scope, Guid tenantId, Guid id, string action, NewApprovalChain chain, int revision)
    {
        var told = ApprovalJson.Write(new ToldChain(scope.Actor, action, chain.Name, chain.Steps, chain.Hours, chain.OnExpiry.ToString().ToLowerInvariant(), chain.RemindHours, revision));
        session.Record(new PendingEvent(tenantId, EventKinds.ApprovalChainChanged, session.Now, null, null, told));
        session.Record(new PendingAudit(tenantId, scope.Actor, "approval-chain." + action, id.ToString(), told));
    }
}
