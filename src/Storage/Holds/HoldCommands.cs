using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Search;
using Platform.Storage.Transactions;

namespace Platform.Storage.Holds;

internal sealed class HoldCommands(IMoveRunner moves, TimeProvider time) : IHoldCommands
{
    private const int MaxName = 100;
    private const int MaxReason = 500;
    private const int MaxText = 320;

    /// <summary>Each purge asks every hold about every message.</summary>
    private const int MaxActive = 1_000;

    public async Task<CommandResult<Guid>> PlaceAsync(Scope scope, Guid tenantId, NewHold hold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(hold);
        scope.Require(Permissions.HoldsWrite);
        scope.Require(tenantId);
        if (Refusal(hold) is { } refusal)
            return Bad(refusal);
        return await moves.RunAsync((session, ct) => PlaceAsync(session, scope, tenantId, hold, ct), cancellationToken);
    }

    public Task<CommandResult<Guid>> ReleaseAsync(Scope scope, Guid holdId, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(reason);
        scope.Require(Permissions.HoldsWrite);
        if (reason.Trim().Length is 0 or > MaxReason)
            return Task.FromResult(Bad($"A reason has 1 to {MaxReason} characters."));
        return moves.RunAsync(
            async (session, ct) =>
            {
                var (tenant, name, released) = await session.Sql.FirstAsync(
                    $"SELECT tenant_id, name, released_at FROM holds WHERE id = @id{session.Dialect.ForUpdate}",
                    row => (row.Id(0), row.GetString(1), !row.IsDBNull(2)),
                    ct,
                    ("@id", holdId));
                if (tenant is not { } owner || !scope.Tenants.Contains(owner))
                    return new CommandResult<Guid>(default, "NOT_FOUND", "No such hold is in reach of this client.");
                if (released)
                    return new CommandResult<Guid>(holdId, null, null);
                await session.Sql.ExecuteAsync(
                    "UPDATE holds SET released_at = @now, released_by = @actor WHERE id = @id", ct, ("@now", session.NowMilliseconds), ("@actor", scope.Actor), ("@id", holdId));
                Tell(session, owner, scope.Actor, "release", holdId, name!, reason.Trim());
                return new CommandResult<Guid>(holdId, null, null);
            },
            cancellationToken);
    }

    private static async ValueTask<CommandResult<Guid>> PlaceAsync(MoveSession session, Scope scope, Guid tenantId, NewHold hold, CancellationToken cancellationToken)
    {
        // A purge under way is either done before, or sees this hold.
        await session.Sql.FirstAsync($"SELECT id FROM tenants WHERE id = @tenant{session.Dialect.ForUpdate}", row => row.GetGuid(0), cancellationToken, ("@tenant", tenantId));
        if (hold.MessageId is { } message && !await ExistsAsync(session, "messages", message, tenantId, cancellationToken))
            return NotFound("message");
        var address = hold.MailboxId is not { } mailbox
            ? null
            : await session.Sql.FirstAsync("SELECT address FROM mailboxes WHERE id = @id AND tenant_id = @tenant", row => row.GetString(0), cancellationToken, ("@id", mailbox), ("@tenant", tenantId));
        if (hold.MailboxId is not null && address is null)
            return NotFound("mailbox");
        if ((await ActiveHolds.ReadAsync(session.Sql, tenantId, session.NowMilliseconds, cancellationToken)).Count >= MaxActive)
            return new CommandResult<Guid>(default, "TOO_MANY_HOLDS", $"A tenant has at most {MaxActive} holds at a time; release some, or place one that covers more.");
        var id = Guid.CreateVersion7(session.Now);
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO holds (id, tenant_id, name, reason, message_id, mailbox_id, mailbox_address, sender, search, received_since, received_until, ends_at, placed_by, placed_at)
            VALUES (@id, @tenant, @name, @reason, @message, @mailbox, @address, @sender, @search, @since, @until, @ends, @actor, @now)
            """,
            cancellationToken,
            ("@id", id),
            ("@tenant", tenantId),
            ("@name", hold.Name.Trim()),
            ("@reason", hold.Reason.Trim()),
            ("@message", hold.MessageId),
            ("@mailbox", hold.MailboxId),
            ("@address", address),
            ("@sender", hold.Sender?.Trim().ToLowerInvariant()),
            ("@search", hold.Search?.Trim()),
            ("@since", hold.ReceivedSince?.ToUnixTimeMilliseconds()),
            ("@until", hold.ReceivedUntil?.ToUnixTimeMilliseconds()),
            ("@ends", hold.EndsAt?.ToUnixTimeMilliseconds()),
            ("@actor", scope.Actor),
            ("@now", session.NowMilliseconds));
        Tell(session, tenantId, scope.Actor, "place", id, hold.Name.Trim(), hold.Reason.Trim());
        return new CommandResult<Guid>(id, null, null);
    }

    private static async ValueTask<bool> ExistsAsync(MoveSession session, string table, Guid id, Guid tenantId, CancellationToken cancellationToken) =>
        await session.Sql.FirstAsync($"SELECT 1 FROM {table} WHERE id = @id AND tenant_id = @tenant", _ => true, cancellationToken, ("@id", id), ("@tenant", tenantId));

    private static void Tell(MoveSession session, Guid tenantId, string actor, string action, Guid id, string name, string reason)
    {
        session.Record(new PendingEvent(tenantId, EventKinds.HoldChanged, session.Now, null, null, $$"""{"actor":{{PurgeJson.Text(actor)}},"action":"{{action}}","hold":"{{id}}","name":{{PurgeJson.Text(name)}}}"""));
        session.Record(new PendingAudit(tenantId, actor, "hold." + action, "hold:" + id, $$"""{"name":{{PurgeJson.Text(name)}},"reason":{{PurgeJson.Text(reason)}}}"""));
    }

    private string? Refusal(NewHold hold)
    {
        if (hold.Name.Trim().Length is 0 or > MaxName)
            return $"A name has 1 to {MaxName} characters.";
        if (hold.Reason.Trim().Length is 0 or > MaxReason)
            return $"A reason has 1 to {MaxReason} characters.";
        if (hold.Sender is { } sender && sender.Trim().Length is 0 or > MaxText)
            return $"A sender has 1 to {MaxText} characters.";
        if (hold.Search is { } search && (search.Length > MaxText || SearchQuery.Parse(search).IsEmpty))
            return $"Words to search have 1 to {MaxText} characters.";
        if (hold.ReceivedUntil <= hold.ReceivedSince)
            return "The period ends before it begins.";
        return hold.EndsAt <= time.GetUtcNow() ? "A hold ends in the future, or not by itself." : null;
    }

    private static CommandResult<Guid> NotFound(string what) => new(default, "NOT_FOUND", $"No such {what} is in reach of this client.");

    private static CommandResult<Guid> Bad(string message) => new(default, "BAD_USER_INPUT", message);
}
