using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Onboarding.Flow;

/// <summary>Checks of mail flow: asked for by people and programs, run by workers under a lease.</summary>
public interface IFlowChecks
{
    /// <param name="mailbox">Address of the mailbox that the test mail goes to; null: the tenant's first.</param>
    /// <returns>Id of the check, or of the one that is not done yet; else <c>MAILBOX_UNKNOWN</c>, <c>NOT_FOUND</c>.</returns>
    Task<CommandResult<Guid>> StartAsync(Scope scope, Guid tenantId, string? mailbox, CancellationToken cancellationToken);

    Task<FlowJob?> TakeAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Shows the progress and renews the lease. False when the lease was lost.</summary>
    Task<bool> SaveAsync(FlowJob job, IReadOnlyList<FlowStep> steps, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes the end, and with it, once for a tenant, that it is ready: the test mail came through to a mailbox of a proven domain.</summary>
    Task EndAsync(FlowJob job, IReadOnlyList<FlowStep> steps, CancellationToken cancellationToken);
}

public sealed record FlowJob(Guid Id, Guid TenantId, Guid Token, string? Mailbox);
