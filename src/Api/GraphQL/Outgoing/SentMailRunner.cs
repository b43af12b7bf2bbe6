using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Outgoing;

/// <summary>Which mail that a mailbox or server of the tenant sent, and for whom of its recipients.</summary>
internal abstract record SentMailInput : MutationInput
{
    [Id]
    [Description("The mail.")]
    public required string MessageId { get; init; }

    [Id]
    [Description("Only these of its deliveries; left out: all.")]
    public IReadOnlyList<string>? DeliveryIds { get; init; }
}

/// <summary>Runs commands over mail that was sent, and gives it as it is after.</summary>
internal sealed class SentMailRunner(IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    public async Task<(MessageNode? Message, Outcome Outcome)> RunAsync(
        string operation, SentMailInput input, Func<Scope, Guid, IReadOnlyList<Guid>?, CancellationToken, Task<CommandResult<int>>> command, CancellationToken cancellationToken)
    {
        if (GlobalId.Find(input.MessageId, NodeKind.Message) is not { } key || await FindAsync(key, cancellationToken) is not { } before)
            return (null, Outcome.Failed(ErrorCodes.NotFound, "No such outgoing mail is in reach of this client.", "messageId"));
        IReadOnlyList<Guid>? deliveries = input.DeliveryIds is null ? null : [.. input.DeliveryIds.Select(id => GlobalId.Find(id, NodeKind.Delivery) ?? Guid.Empty)];
        var outcome = await runner.RunAsync(
            before.TenantId, operation, input, async () => Outcome.Of(await command(caller.Current.Scope, key, deliveries, cancellationToken), key), cancellationToken);
        return (await FindAsync(key, cancellationToken) is { } after ? new MessageNode(after) : null, outcome);
    }

    private async Task<MessageRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && (row.SenderMailboxId != null || row.Mode == IntakeMode.Submission), cancellationToken);
    }
}
