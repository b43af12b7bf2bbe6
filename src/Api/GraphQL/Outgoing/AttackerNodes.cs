using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Verdicts;
using Platform.Storage.Scopes;
using Platform.Storage.Sending.Attackers;

namespace Platform.Api.GraphQL.Outgoing;

[Named("KnownAttacker")]
[Requires(Permissions.PolicyRead)]
[Description("An address or domain from which a tenant received an attack; see docs/outgoing.md.")]
internal sealed class KnownAttackerNode(AttackerRow row)
{
    [Description("The address, or a domain that is one party's alone; in lower case.")]
    public string Name => row.Name;

    [Description("Of the last attack.")]
    public VerdictKind Verdict => row.Verdict;

    [Description("When the last attack was found.")]
    public DateTimeOffset LastAt => row.LastAt;
}

[Description("Input of forgetAttacker.")]
internal sealed record ForgetAttackerInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("The address or domain.")]
    public required string Name { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of forgetAttacker.")]
internal sealed class ForgetAttackerPayload(Outcome outcome, ForgetAttackerInput input)
{
    [Description("The address or domain that is forgotten; null when it is not.")]
    public string? Name => outcome.Error is null ? input.Name : null;

    [Description("Why it was not forgotten; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
