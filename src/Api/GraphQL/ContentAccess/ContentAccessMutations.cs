using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.ContentAccess;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.ContentAccess;

internal sealed class ContentAccessMutations(IContentAccess access, ContentAccessQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.PolicyWrite)]
    [Description("Changes what a tenant asks of whoever opens another person's mail.")]
    public async Task<SetContentAccessPayload> SetContentAccess([Description("The change.")] SetContentAccessInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "setContentAccess", input, async (scope, tenant) =>
        {
            var before = await access.OfTenantAsync(scope, tenant, cancellationToken);
            var after = new ContentAccessRules(input.ReasonOfClients ?? before.ReasonOfClients, input.FourEyes ?? before.FourEyes);
            return Outcome.Of(await access.SetAsync(scope, tenant, after, cancellationToken));
        }, cancellationToken);
        var node = outcome.Key is { } id ? new ContentAccessNode(await access.OfTenantAsync(caller.Current.Scope, id, cancellationToken)) : null;
        return new SetContentAccessPayload(node, outcome, input);
    }

    [Requires(Permissions.MessagesContent)]
    [Description("Asks that somebody else approve the opening of a message.")]
    public async Task<RequestContentAccessPayload> RequestContentAccess([Description("Which, and why.")] RequestContentAccessInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.MessageId, NodeKind.Message) is not { } message
            ? Outcome.Failed(ErrorCodes.NotFound, "No such message is in reach of this client.", "messageId")
            : await runner.RunAsync(
                caller.Current.Home, "requestContentAccess", input, async () => Outcome.Of(await access.RequestAsync(caller.Current.Scope, message, input.Reason, cancellationToken)), cancellationToken);
        return new RequestContentAccessPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.MessagesContent)]
    [Description("Grants a request for an hour, or refuses it; never one's own.")]
    public async Task<DecideContentAccessPayload> DecideContentAccess([Description("Which, and how.")] DecideContentAccessInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.RequestId, NodeKind.ContentRequest) is not { } request
            ? Outcome.Failed(ErrorCodes.NotFound, "No such request is in reach of this client.", "requestId")
            : await runner.RunAsync(
                caller.Current.Home, "decideContentAccess", input, async () => Outcome.Of(await access.DecideAsync(caller.Current.Scope, request, input.Grant, cancellationToken)), cancellationToken);
        return new DecideContentAccessPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }
}

[Description("Input of setContentAccess. What is left out stays.")]
internal sealed record SetContentAccessInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("API clients give a reason too, as people always do.")]
    public bool? ReasonOfClients { get; init; }

    [Description("A second person approves each opening, for all who give a reason.")]
    public bool? FourEyes { get; init; }
}

[Description("Input of requestContentAccess.")]
internal sealed record RequestContentAccessInput : MutationInput
{
    [Id]
    [Description("The message to open.")]
    public required string MessageId { get; init; }

    [Description("Why, 3 to 500 characters; it is kept on the audit log.")]
    public required string Reason { get; init; }
}

[Description("Input of decideContentAccess.")]
internal sealed record DecideContentAccessInput : MutationInput
{
    [Id]
    [Description("The request.")]
    public required string RequestId { get; init; }

    [Description("True: for an hour from now. False: not.")]
    public required bool Grant { get; init; }
}

[Requires(Permissions.PolicyWrite)]
[Description("Result of setContentAccess.")]
internal sealed class SetContentAccessPayload(ContentAccessNode? access, Outcome outcome, MutationInput input)
{
    [Requires(Permissions.PolicyRead)]
    [Description("The values after the call.")]
    public ContentAccessNode? ContentAccess => access;

    [Description("Why nothing was changed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesContent)]
[Description("Result of requestContentAccess.")]
internal sealed class RequestContentAccessPayload(ContentRequestNode? request, Outcome outcome, MutationInput input)
{
    [Description("The request.")]
    public ContentRequestNode? Request => request;

    [Description("Why it was not made; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.MessagesContent)]
[Description("Result of decideContentAccess.")]
internal sealed class DecideContentAccessPayload(ContentRequestNode? request, Outcome outcome, MutationInput input)
{
    [Description("The request after the call.")]
    public ContentRequestNode? Request => request;

    [Description("Why nothing was decided; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
