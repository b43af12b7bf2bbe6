using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Purges;

internal sealed class PurgeMutations(IPurges purges, PurgeQueries queries, MutationRunner runner)
{
    [Requires(Permissions.MessagesPurge)]
    [Description("Purges messages for good, all or none: originals, texts, rows, search, and the personal fields of their events and audit entries. Refused under a legal hold, and while one of them waits for its scan, its delivery or a person. Ask the purge for its receipt.")]
    public async Task<PurgeMessagesPayload> PurgeMessages([Description("Which, and why.")] PurgeMessagesInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "purgeMessages", input, async (scope, tenant) =>
        {
            List<Guid?> ids = [.. input.MessageIds.Select(id => GlobalId.Find(id, NodeKind.Message))];
            return ids.Contains(null)
                ? Outcome.Failed(ErrorCodes.NotFound, "One of the messages is not in reach of this client; none was purged.", "messageIds")
                : Outcome.Of(await purges.PurgeMessagesAsync(scope, tenant, [.. ids.Select(id => id!.Value)], input.Reason, cancellationToken));
        }, cancellationToken);
        return new PurgeMessagesPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }
}

[Description("Input of purgeMessages.")]
internal sealed record PurgeMessagesInput : MutationInput
{
    [Id]
    [Description("Whose they are; needed where several tenants are in reach.")]
    public string? Tenant { get; init; }

    [Id]
    [Description("1 to 100 messages of one tenant.")]
    public required IReadOnlyList<string> MessageIds { get; init; }

    [Description("Why, 3 to 500 characters; it stays on the audit log, so name no content.")]
    public required string Reason { get; init; }
}

[Requires(Permissions.MessagesPurge)]
[Description("Result of purgeMessages.")]
internal sealed class PurgeMessagesPayload(PurgeNode? purge, Outcome outcome, MutationInput input)
{
    [Requires(Permissions.AuditRead)]
    [Description("The purge.")]
    public PurgeNode? Purge => purge;

    [Description("Why nothing was purged; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
