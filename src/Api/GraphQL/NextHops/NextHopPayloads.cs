using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.NextHops;

[Requires(Permissions.TransportWrite)]
[Description("Result of setTransportPolicy.")]
internal sealed class TransportPolicyPayload(TransportPolicyNode? policy, Outcome outcome, MutationInput input)
{
    [Description("The policy as it stands.")]
    public TransportPolicyNode? TransportPolicy => policy;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TransportWrite)]
[Description("Result of createDkimKey, rotateDkimKey and checkDkimKey.")]
internal sealed class DkimKeyPayload(DkimKeyNode? key, Outcome outcome, MutationInput input)
{
    [Description("The key as it stands; of rotateDkimKey, the new one.")]
    public DkimKeyNode? DkimKey => key;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.TransportWrite)]
[Description("Result of removeTransportPolicy and removeDkimKey.")]
internal sealed class RemovedNextHopPayload(string id, Outcome outcome, MutationInput input)
{
    [Id]
    [Description("What was removed; null when it was not.")]
    public string? RemovedId => outcome.Error is null ? id : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
