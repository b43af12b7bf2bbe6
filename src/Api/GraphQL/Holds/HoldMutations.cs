using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Holds;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Holds;

internal sealed class HoldMutations(IHoldCommands commands, HoldQueries queries, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.HoldsWrite)]
    [Description("Places a legal hold on a tenant's mail.")]
    public async Task<PlaceHoldPayload> PlaceHold([Description("The hold.")] PlaceHoldInput input, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunForTenantAsync(input.Tenant, "placeHold", input, async (scope, tenant) =>
        {
            if (input.MessageId is { } message && GlobalId.Find(message, NodeKind.Message) is null)
                return Outcome.Failed(ErrorCodes.NotFound, "No such message is in reach of this client.", "messageId");
            if (input.MailboxId is { } mailbox && GlobalId.Find(mailbox, NodeKind.Mailbox) is null)
                return Outcome.Failed(ErrorCodes.NotFound, "No such mailbox is in reach of this client.", "mailboxId");
            var hold = new NewHold(input.Name, input.Reason)
            {
                MessageId = input.MessageId is null ? null : GlobalId.Find(input.MessageId, NodeKind.Message),
                MailboxId = input.MailboxId is null ? null : GlobalId.Find(input.MailboxId, NodeKind.Mailbox),
                Sender = input.From,
                Search = input.Search,
                ReceivedSince = input.Since,
                ReceivedUntil = input.Until,
                EndsAt = input.EndsAt,
            };
            return Outcome.Of(await commands.PlaceAsync(scope, tenant, hold, cancellationToken));
        }, cancellationToken);
        return new PlaceHoldPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }

    [Requires(Permissions.HoldsWrite)]
    [Description("Releases a legal hold. What it covered expires as if it had never been held.")]
    public async Task<ReleaseHoldPayload> ReleaseHold([Description("Which.")] ReleaseHoldInput input, CancellationToken cancellationToken)
    {
        var outcome = GlobalId.Find(input.HoldId, NodeKind.Hold) is not { } hold
            ? Outcome.Failed(ErrorCodes.NotFound, "No such hold is in reach of this client.", "holdId")
            : await runner.RunAsync(
                caller.Current.Home, "releaseHold", input, async () => Outcome.Of(await commands.ReleaseAsync(caller.Current.Scope, hold, input.Reason, cancellationToken)), cancellationToken);
        return new ReleaseHoldPayload(outcome.Key is { } id ? await queries.FindAsync(id, cancellationToken) : null, outcome, input);
    }
}

[Description("Input of placeHold. What is given must all hold of a message; nothing given covers all mail of the tenant.")]
internal sealed record PlaceHoldInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("Name or file number, 1 to 100 characters.")]
    public required string Name { get; init; }

    [Description("Why, 1 to 500 characters.")]
    public required string Reason { get; init; }

    [Id]
    [Description("One message.")]
    public string? MessageId { get; init; }

    [Id]
    [Description("Mail to or from one mailbox.")]
    public string? MailboxId { get; init; }

    [Description("What the sender's address or name contains, case not regarded.")]
    public string? From { get; init; }

    [Description("Words to be found, as in the search of messages.")]
    public string? Search { get; init; }

    [Description("Received at this moment or later.")]
    public DateTimeOffset? Since { get; init; }

    [Description("Received before this moment.")]
    public DateTimeOffset? Until { get; init; }

    [Description("When it ends by itself.")]
    public DateTimeOffset? EndsAt { get; init; }
}

[Description("Input of releaseHold.")]
internal sealed record ReleaseHoldInput : MutationInput
{
    [Id]
    [Description("The hold.")]
    public required string HoldId { get; init; }

    [Description("Why, 1 to 500 characters.")]
    public required string Reason { get; init; }
}

[Requires(Permissions.HoldsWrite)]
[Description("Result of placeHold.")]
internal sealed class PlaceHoldPayload(HoldNode? hold, Outcome outcome, MutationInput input)
{
    [Requires(Permissions.HoldsRead)]
    [Description("The hold.")]
    public HoldNode? Hold => hold;

    [Description("Why it was not placed; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.HoldsWrite)]
[Description("Result of releaseHold.")]
internal sealed class ReleaseHoldPayload(HoldNode? hold, Outcome outcome, MutationInput input)
{
    [Requires(Permissions.HoldsRead)]
    [Description("The hold after the call.")]
    public HoldNode? Hold => hold;

    [Description("Why it was not released; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
