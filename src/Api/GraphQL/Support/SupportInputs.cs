using System.ComponentModel;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Scopes;
using Platform.Storage.Support;

namespace Platform.Api.GraphQL.Support;

[Description("Input of requestSupportAccess.")]
internal sealed record RequestSupportAccessInput : MutationInput
{
    [Description("Short name of the tenant, as its people told it.")]
    public required string Tenant { get; init; }

    [Description("What is to be done, and on whose word: 10 to 500 characters. The tenant reads it.")]
    public required string Reason { get; init; }

    [Description("What it needs.")]
    public required SupportLevel Level { get; init; }

    [Description("Messages must be opened, too.")]
    public bool? IncludesContent { get; init; }

    [Description("For how many hours, 1 to 72.")]
    public required int Hours { get; init; }
}

[Description("Input of grantSupportAccess. No more is given than was asked for.")]
internal sealed record GrantSupportAccessInput : MutationInput
{
    [Id]
    [Description("Which request.")]
    public required string SupportGrantId { get; init; }

    [Description("For fewer hours than asked.")]
    public int? Hours { get; init; }

    [Description("False: messages stay closed, though it was asked for.")]
    public bool? IncludesContent { get; init; }
}

[Description("Input of the mutations that concern one support access.")]
internal sealed record SupportGrantInput : MutationInput
{
    [Id]
    [Description("Which access or request.")]
    public required string SupportGrantId { get; init; }
}

[Description("Input of setMspContentAccess.")]
internal sealed record SetMspContentAccessInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Whether clients and accounts of the MSP may open messages.")]
    public required bool MspMayOpenMessages { get; init; }
}

[Requires(Permissions.AccessGrant)]
[Description("Result of the mutations by which a tenant decides on support access.")]
internal sealed class SupportGrantPayload(SupportGrantNode? grant, Outcome outcome, MutationInput input)
{
    [Description("The access after the call.")]
    public SupportGrantNode? SupportGrant => grant;

    [Description("Why nothing was done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SupportRequest)]
[Description("Result of the mutations by which support staff asks for access and gives it back.")]
internal sealed class SupportRequestPayload(SupportRequestNode? request, Outcome outcome, MutationInput input)
{
    [Description("The request after the call.")]
    public SupportRequestNode? Request => request;

    [Description("Why nothing was done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.AccessGrant)]
[Description("Result of setMspContentAccess.")]
internal sealed class SetMspContentAccessPayload(bool? mayOpen, Outcome outcome, MutationInput input)
{
    [Description("What holds after the call; null when it failed.")]
    public bool? MspMayOpenMessages => mayOpen;

    [Description("Why nothing was changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
