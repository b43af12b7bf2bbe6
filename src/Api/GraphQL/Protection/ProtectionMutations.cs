using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Protection;

internal sealed class ProtectionMutations(IProtectedMails mails, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    [Requires(Permissions.MessagesAct)]
    [Description("Closes the secure reader of a protected mail, also for who reads it at this moment. What a recipient saved or copied before stays with them.")]
    public Task<ProtectionPayload> WithdrawProtection([Description("Which mail.")] WithdrawProtectionInput input, CancellationToken cancellationToken) => RunAsync(
        input.MessageId,
        input.DeliveryIds,
        "withdrawProtection",
        input,
        (scope, message, deliveries, ct) => mails.WithdrawAsync(scope, message, deliveries, input.Destroy ?? false, ct),
        cancellationToken);

    [Requires(Permissions.MessagesAct)]
    [Description("Undoes a withdrawal: recipients read the mail again with a new code, as long as its time is not over.")]
    public Task<ProtectionPayload> RestoreProtection([Description("Which mail.")] RestoreProtectionInput input, CancellationToken cancellationToken) => RunAsync(
        input.MessageId, input.DeliveryIds, "restoreProtection", input, mails.RestoreAsync, cancellationToken);

    [Requires(Permissions.MessagesAct)]
    [Description("Changes what recipients may do with a protected mail, and until when; it holds with their next click.")]
    public Task<ProtectionPayload> ChangeProtection([Description("Which mail, and how.")] ChangeProtectionInput input, CancellationToken cancellationToken) => RunAsync(
        input.MessageId,
        input.DeliveryIds,
        "changeProtection",
        input,
        (scope, message, deliveries, ct) => mails.ChangeAsync(scope, message, deliveries, input.ViewOnly, input.ExpiresAt, ct),
        cancellationToken);

    private async Task<ProtectionPayload> RunAsync(
        string messageId,
        IReadOnlyList<string>? deliveryIds,
        string operation,
        MutationInput input,
        Func<Scope, Guid, IReadOnlyList<Guid>?, CancellationToken, Task<CommandResult<int>>> command,
        CancellationToken cancellationToken)
    {
        if (GlobalId.Find(messageId, NodeKind.Message) is not { } key || await FindAsync(key, cancellationToken) is not { } before)
            return new ProtectionPayload(null, Outcome.Failed(ErrorCodes.NotFound, "No such outgoing mail is in reach of this client.", "messageId"), input);
        IReadOnlyList<Guid>? deliveries = deliveryIds is null ? null : [.. deliveryIds.Select(id => GlobalId.Find(id, NodeKind.Delivery) ?? Guid.Empty)];
        var outcome = await runner.RunAsync(
            before.TenantId, operation, input, async () => Outcome.Of(await command(caller.Current.Scope, key, deliveries, cancellationToken), key), cancellationToken);
        return new ProtectionPayload(await FindAsync(key, cancellationToken) is { } after ? new MessageNode(after) : null, outcome, input);
    }

    private async Task<MessageRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }
}
