using System.ComponentModel;
using GraphQL.Types;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Protection;

internal sealed class ProtectedExtentEnum : EnumerationGraphType
{
    public ProtectedExtentEnum()
    {
        Name = "ProtectedExtent";
        Description = "What of a mail is read in the secure reader alone.";
        Add("MAIL", ProtectedExtent.Mail, "All of it; a notice goes out in its place.");
        Add("FILES", ProtectedExtent.Files, "Its files; the text goes out.");
        Add("LOCKED_FILES", ProtectedExtent.LockedFiles, "Its files go out under a password, which the reader tells.");
        Add("LARGE_FILES", ProtectedExtent.LargeFiles, "Files that are too large to go by mail.");
    }
}

[Named("Protection")]
[Requires(Permissions.MessagesRead)]
[Description("What a recipient reads in the secure reader, and what became of it. Its sender and whoever sees all of the tenant's mail see it.")]
internal sealed class ProtectionNode(ProtectedDeliveryRow row)
{
    [Description("How much.")]
    public ProtectedExtent Extent => row.Extent;

    [Description("Shown and not to be saved.")]
    public bool ViewOnly => row.ViewOnly;

    [Description("Until when it can be read.")]
    public DateTimeOffset ExpiresAt => row.ExpiresAt;

    [Description("When it was withdrawn; null: it was not.")]
    public DateTimeOffset? WithdrawnAt => row.WithdrawnAt;

    [Description("How often it was read.")]
    public int Opens => row.Opens;

    [Description("How many files were saved.")]
    public int Downloads => row.Downloads;

    [Description("When it was read first; null: it was not.")]
    public DateTimeOffset? FirstOpenedAt => row.FirstOpenedAt;

    [Description("When it was read last.")]
    public DateTimeOffset? LastOpenedAt => row.LastOpenedAt;

    [Description("A later inspection found malware in its files, which are given out no more.")]
    public bool IsDangerous => row.IsDangerous;
}

[Description("Input of withdrawProtection.")]
internal sealed record WithdrawProtectionInput : SentMailInput
{
    [Description("For all of them: destroys the key as well. Nobody, the sender neither, reads the mail again, and nothing undoes it.")]
    public bool? Destroy { get; init; }
}

[Description("Input of restoreProtection.")]
internal sealed record RestoreProtectionInput : SentMailInput;

[Description("Input of changeProtection.")]
internal sealed record ChangeProtectionInput : SentMailInput
{
    [Description("Shown and not to be saved; left out: as it is.")]
    public bool? ViewOnly { get; init; }

    [Description("Until when it can be read, at most 366 days from now; left out: as it is.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}

[Requires(Permissions.MessagesAct)]
[Description("Result of a change of protected mail.")]
internal sealed class ProtectionPayload(MessageNode? message, Outcome outcome, MutationInput input)
{
    [Description("The mail after the call.")]
    public MessageNode? Message => message;

    [Description("Why nothing was changed; empty when it was, or was so already.")]
    public IReadOnlyList<MutationError> Errors => outcome.Errors;

    [Description("As given.")]
    public string? ClientMutationId => input.ClientMutationId;
}
