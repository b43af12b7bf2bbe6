using System.Text.Json;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding;

/// <summary>What the feed and the audit log hold of claims.</summary>
internal static class ClaimRecords
{
    public static void Changed(MoveSession session, Guid tenantId, string actor, string action, string domain)
    {
        session.Record(new PendingEvent(
            tenantId, EventKinds.DirectoryChanged, session.Now, null, null, $$"""{"actor":{{Text(actor)}},"action":{{Text(action)}},"target":{{Text(domain)}}}"""));
        session.Record(new PendingAudit(tenantId, actor, action, domain, "{}"));
    }

    /// <param name="problem">Null: it is proven.</param>
    public static void Settled(MoveSession session, StoredClaim claim, string actor, DomainProblem? problem)
    {
        var data = problem is null
            ? $$"""{"actor":{{Text(actor)}},"domain":{{Text(claim.Name)}}}"""
            : $$"""{"actor":{{Text(actor)}},"domain":{{Text(claim.Name)}},"problem":{{Text(problem.Value.ToString())}}}""";
        session.Record(new PendingEvent(claim.TenantId, problem is null ? EventKinds.DomainProven : EventKinds.DomainFailed, session.Now, null, null, data));
        session.Record(new PendingAudit(claim.TenantId, actor, problem is null ? "domain.prove" : "domain.fail", claim.Name, data));
    }

    private static string Text(string value) => JsonSerializer.Serialize(value, TenantJsonContext.Default.String);
}
