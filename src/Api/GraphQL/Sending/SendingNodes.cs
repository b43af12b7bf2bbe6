using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Schema;
using Platform.Grains.Sending;
using Platform.Storage.Scopes;
using Platform.Storage.Sending;

namespace Platform.Api.GraphQL.Sending;

[Named("SendBlock")]
[Requires(Permissions.SendingRead)]
[Description("That a mailbox sends nothing for a while; see docs/sending.md.")]
internal sealed class SendBlockNode(SendAccountRow row)
{
    [Id]
    [Description("Id of the mailbox, by which it is unblocked.")]
    public string MailboxId => GlobalId.Of(NodeKind.Mailbox, row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("The mailbox; null when it is gone.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] MailboxLoaders mailboxes) => mailboxes.Mailbox(row.Id);

    [Description("When it was blocked.")]
    public DateTimeOffset BlockedAt => row.BlockedAt;

    [Description("When it sends again by itself.")]
    public DateTimeOffset BlockedUntil => row.BlockedUntil!.Value;

    [Description("The limit that was exceeded, such as 'hour.messages', or the words of who blocked it.")]
    public string Reason => row.BlockReason ?? "";

    [Description("Who blocked it; 'system:send-guard' for a limit.")]
    public string BlockedBy => row.BlockedBy ?? "";

    [Description("Its open sessions of submission end.")]
    public bool EndsSessions => row.EndsSessions;
}

[Named("SendLimitUse")]
[Requires(Permissions.SendingRead)]
[Description("One limit that holds for a mailbox, and how much of it is used.")]
internal sealed class SendLimitUseNode(SendUse use)
{
    [Description("Whose sending it counts.")]
    public SendSubjectKind Place => use.Subject.Kind;

    [Description("How long its window is.")]
    public SendPeriod Period => use.Limit.Period;

    [Description("What it counts.")]
    public SendMeasure Measure => use.Limit.Measure;

    [Description("The most that may be sent in any such window.")]
    public int Most => use.Limit.Most;

    [Description("What was sent in the window that ends now.")]
    public int Used => use.Used;
}

[Description("Input of blockSending.")]
internal sealed record BlockSendingInput : MutationInput
{
    [Id]
    [Description("The mailbox.")]
    public required string MailboxId { get; init; }

    [Description("For how long, in minutes: 1 to 43200.")]
    public required int Minutes { get; init; }

    [Description("Why, in one line of at most 200 characters.")]
    public required string Reason { get; init; }

    [Description("What ends with it; by default open sessions.")]
    public SendBlockEnds? Ends { get; init; }
}

[Description("Input of unblockSending.")]
internal sealed record UnblockSendingInput : MutationInput
{
    [Id]
    [Description("The mailbox.")]
    public required string MailboxId { get; init; }

    [Description("Sends what was held because of the block; without it, it stays held. Needs messages.act too.")]
    public bool? ReleaseHeld { get; init; }
}

[Requires(Permissions.SendingWrite)]
[Description("Result of blockSending and unblockSending.")]
internal sealed class SendingPayload(Outcome outcome, MutationInput input)
{
    [Id]
    [Description("Id of the mailbox; null when nothing was done.")]
    public string? MailboxId => outcome.Key is { } id ? GlobalId.Of(NodeKind.Mailbox, id) : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
