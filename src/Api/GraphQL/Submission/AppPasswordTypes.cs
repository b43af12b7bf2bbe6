using System.ComponentModel;
using GraphQL;
using GraphQL.DataLoader;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Smtp.Submission;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.GraphQL.Submission;

[Named("AppPassword")]
[Implements(typeof(INode))]
[Requires(Permissions.SubmissionRead)]
[Description("A password by which one program or device sends mail as a mailbox; see docs/submission.md.")]
internal sealed class AppPasswordNode(AppPasswordRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.AppPassword, row.Id);

    [Requires(Permissions.DirectoryRead)]
    [Description("The mailbox; null when it is gone.")]
    public IDataLoaderResult<MailboxNode?> Mailbox([FromServices] MailboxLoaders mailboxes) => mailboxes.Mailbox(row.MailboxId);

    [Description("Of the program or device, for people.")]
    public string Name => row.Name;

    [Description("From then on it is worth nothing.")]
    public DateTimeOffset ExpiresAt => row.ExpiresAt;

    [Description("When somebody last logged in with it, to an hour; null: never.")]
    public DateTimeOffset? LastUsedAt => row.LastUsedAt;

    [Description("The address it was last used from.")]
    public string? LastUsedFrom => row.LastUsedFrom;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => row.CreatedBy;
}

[Description("Input of createAppPassword.")]
internal sealed record CreateAppPasswordInput : MutationInput
{
    [Id]
    [Description("The mailbox that is sent from; by default one's own, for who reaches no other.")]
    public string? MailboxId { get; init; }

    [Description("Of the program or device, up to 200 characters.")]
    public required string Name { get; init; }

    [Description("Days until it ends, 1 to 730; by default 365.")]
    public int? ValidDays { get; init; }
}

[Description("Input of removeAppPassword.")]
internal sealed record RemoveAppPasswordInput : MutationInput
{
    [Id]
    [Description("The app password.")]
    public required string AppPasswordId { get; init; }
}

[Requires(Permissions.SubmissionWrite)]
[Description("Result of createAppPassword.")]
internal sealed class CreateAppPasswordPayload(NewAppPassword? made, Outcome outcome, MutationInput input)
{
    [Id]
    [Description("Id of the app password; null when none was made.")]
    public string? AppPasswordId => outcome.Key is { } id ? GlobalId.Of(NodeKind.AppPassword, id) : null;

    [Description("The password, shown this once; null on a repeat under the same idempotency key.")]
    public string? Password => outcome.Error is null ? made?.Password : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}

[Requires(Permissions.SubmissionWrite)]
[Description("Result of removeAppPassword.")]
internal sealed class RemoveAppPasswordPayload(Outcome outcome, RemoveAppPasswordInput input)
{
    [Id]
    [Description("The id of the app password that is gone; null when it is not.")]
    public string? RemovedAppPasswordId => outcome.Error is null ? input.AppPasswordId : null;

    [Description("Why it was not done; empty when it was.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
