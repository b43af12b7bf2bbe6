using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Purging;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.ContentAccess;

internal sealed class ContentAccessRoom(IMoveRunner moves, IReadConnections reads, TimeProvider time) : IContentAccess
{
    private const int MinReason = 3;
    private const int MaxReason = 500;
    private static readonly TimeSpan GrantedFor = TimeSpan.FromHours(1);

    public async Task<ContentAccessRules> OfTenantAsync(Scope scope, Guid tenantId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(tenantId);
        scope.Require(Permissions.PolicyRead);
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await RulesAsync(sql, tenantId, cancellationToken);
    }

    public async Task<CommandResult<Guid>> SetAsync(Scope scope, Guid tenantId, ContentAccessRules rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(rules);
        scope.Require(Permissions.PolicyWrite);
        scope.Require(tenantId);
        // Whom the rules are to hold would else set them.
        if (scope.MspId is not null || scope.IsSupport)
            return new CommandResult<Guid>(default, "FORBIDDEN", "Only the tenant itself decides how its mail is opened.");
        var told = $$"""{"reasonOfClients":{{Json(rules.ReasonOfClients)}},"fourEyes":{{Json(rules.FourEyes)}}}""";
        return await moves.RunAsync(
            async (session, ct) =>
            {
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO content_access (tenant_id, reason_of_clients, four_eyes, changed_at, changed_by) VALUES (@tenant, @reason, @eyes, @now, @actor)
                    ON CONFLICT (tenant_id) DO UPDATE SET reason_of_clients = excluded.reason_of_clients, four_eyes = excluded.four_eyes, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                    """,
                    ct,
                    ("@tenant", tenantId),
                    ("@reason", rules.ReasonOfClients),
                    ("@eyes", rules.FourEyes),
                    ("@now", session.NowMilliseconds),
                    ("@actor", scope.Actor));
                session.Record(new PendingEvent(tenantId, EventKinds.ContentAccessChanged, session.Now, null, null, $$"""{"actor":{{PurgeJson.Text(scope.Actor)}},"contentAccess":{{told}}}"""));
                session.Record(new PendingAudit(tenantId, scope.Actor, "content-access.set", tenantId.ToString(), told));
                return new CommandResult<Guid>(tenantId, null, null);
            },
            cancellationToken);
    }

    public async Task<CommandResult<Guid>> RequestAsync(Scope scope, Guid messageId, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(reason);
        scope.Require(Permissions.MessagesContent);
        if (!IsReason(reason))
            return new CommandResult<Guid>(default, "BAD_USER_INPUT", $"A reason has {MinReason} to {MaxReason} characters.");
        return await moves.RunAsync(
            async (session, ct) =>
            {
                var tenant = await session.Sql.FirstAsync("SELECT tenant_id FROM messages WHERE id = @id", row => (Guid?)row.GetGuid(0), ct, ("@id", messageId));
                if (tenant is not { } owner || !scope.IsWhole || !scope.Tenants.Contains(owner))
                    return NotFound("message");
                if (!scope.AllowsFor(owner, Permissions.MessagesContent))
                    return Closed;
                var id = Guid.CreateVersion7(session.Now);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO content_requests (id, tenant_id, message_id, reason, requested_by, requested_at, state)
                    VALUES (@id, @tenant, @message, @reason, @actor, @now, @state)
                    """,
                    ct,
                    ("@id", id),
                    ("@tenant", owner),
                    ("@message", messageId),
                    ("@reason", reason.Trim()),
                    ("@actor", scope.Actor),
                    ("@now", session.NowMilliseconds),
                    ("@state", ContentRequestStates.Waiting));
                Tell(session, owner, scope.Actor, messageId, "request", $$"""{"request":"{{id}}","reason":{{PurgeJson.Text(reason.Trim())}}}""");
                return new CommandResult<Guid>(id, null, null);
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> DecideAsync(Scope scope, Guid requestId, bool grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesContent);
        return moves.RunAsync(
            async (session, ct) =>
            {
                var request = await session.Sql.FirstAsync(
                    $"SELECT tenant_id, message_id, requested_by, state FROM content_requests WHERE id = @id{session.Dialect.ForUpdate}",
                    row => new Asked(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3)),
                    ct,
                    ("@id", requestId));
                if (request is null || !scope.IsWhole || !scope.Tenants.Contains(request.TenantId))
                    return NotFound("request");
                if (!scope.AllowsFor(request.TenantId, Permissions.MessagesContent))
                    return Closed;
                // A client acts for whoever made it, who may be the one that asks.
                if (!scope.IsPerson)
                    return new CommandResult<Guid>(default, "FORBIDDEN", "A person approves; API clients do not.");
                if (request.By == scope.Actor)
                    return new CommandResult<Guid>(default, "OWN_REQUEST", "Nobody approves the own request; ask somebody else who may open mail.");
                if (request.State != ContentRequestStates.Waiting)
                    return new CommandResult<Guid>(default, "ALREADY_DECIDED", "Somebody has decided over this request already.");
                await session.Sql.ExecuteAsync(
                    "UPDATE content_requests SET state = @state, decided_by = @actor, decided_at = @now, granted_until = @until WHERE id = @id",
                    ct,
                    ("@state", grant ? ContentRequestStates.Granted : ContentRequestStates.Refused),
                    ("@actor", scope.Actor),
                    ("@now", session.NowMilliseconds),
                    ("@until", grant ? (session.Now + GrantedFor).ToUnixTimeMilliseconds() : null),
                    ("@id", requestId));
                Tell(session, request.TenantId, scope.Actor, request.MessageId, grant ? "grant" : "refuse", $$"""{"request":"{{requestId}}","of":{{PurgeJson.Text(request.By)}}}""");
                return new CommandResult<Guid>(requestId, null, null);
            },
            cancellationToken);
    }

    public async Task<ContentPermit> CheckAsync(Scope scope, Guid tenantId, Guid messageId, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesContent);
        scope.Require(tenantId);
        var given = reason is not null && IsReason(reason) ? reason.Trim() : null;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rules = await RulesAsync(sql, tenantId, cancellationToken);
        // Bound to the own mailbox, a caller reaches no other mail.
        if (!scope.IsWhole || (!scope.IsPerson && !rules.ReasonOfClients))
            return ContentPermit.Open(given);
        if (rules.FourEyes)
        {
            var (request, wished) = await sql.FirstAsync(
                "SELECT id, reason FROM content_requests WHERE message_id = @message AND requested_by = @actor AND state = @state AND granted_until > @now ORDER BY granted_until DESC LIMIT 1",
                row => ((Guid?)row.GetGuid(0), row.GetString(1)),
                cancellationToken,
                ("@message", messageId),
                ("@actor", scope.Actor),
                ("@state", ContentRequestStates.Granted),
                ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
            return request is null
                ? new ContentPermit("APPROVAL_REQUIRED", "This tenant wants four eyes: ask by requestContentAccess, and open the message once somebody else has granted it.", null, null)
                : ContentPermit.Open(given ?? wished, request);
        }

        return given is null ? ReasonMissing : ContentPermit.Open(given);
    }

    public async Task<ContentPermit> CheckBundleAsync(Scope scope, Guid tenantId, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        scope.Require(Permissions.MessagesContent);
        scope.Require(tenantId);
        var given = reason is not null && IsReason(reason) ? reason.Trim() : null;
        await using var sql = await reads.OpenAsync(cancellationToken);
        var rules = await RulesAsync(sql, tenantId, cancellationToken);
        if (!scope.IsPerson && !rules.ReasonOfClients)
            return ContentPermit.Open(given);
        if (rules.FourEyes)
            return new ContentPermit("APPROVAL_REQUIRED", "This tenant wants four eyes for each message, so nobody takes all originals out. Export without them, or have the rule set off first, which is on the audit log.", null, null);
        return given is null ? ReasonMissing : ContentPermit.Open(given);
    }

    private static ContentPermit ReasonMissing => new("REASON_REQUIRED", $"Say why you open this mail: 'reason', {MinReason} to {MaxReason} characters. It is kept on the audit log.", null, null);

    private static bool IsReason(string reason) => reason.Trim().Length is >= MinReason and <= MaxReason;

    private static async ValueTask<ContentAccessRules> RulesAsync(SqlSession sql, Guid tenantId, CancellationToken cancellationToken) => await sql.FirstAsync(
        "SELECT reason_of_clients, four_eyes FROM content_access WHERE tenant_id = @tenant",
        row => new ContentAccessRules(row.GetBoolean(0), row.GetBoolean(1)),
        cancellationToken,
        ("@tenant", tenantId)) ?? ContentAccessRules.Default;

    private static void Tell(MoveSession session, Guid tenantId, string actor, Guid messageId, string action, string detail)
    {
        session.Record(new PendingEvent(tenantId, EventKinds.ContentRequested, session.Now, messageId, null, $$"""{"actor":{{PurgeJson.Text(actor)}},"action":"{{action}}"}"""));
        session.Record(new PendingAudit(tenantId, actor, "content-access." + action, "message:" + messageId, detail) { MessageId = messageId });
    }

    private static string Json(bool value) => value ? "true" : "false";

    private static CommandResult<Guid> Closed => new(default, "CONTENT_CLOSED", "This tenant keeps its MSP from the content of its messages.");

    private static CommandResult<Guid> NotFound(string what) => new(default, "NOT_FOUND", $"No such {what} is in reach of this client.");

    private sealed record Asked(Guid TenantId, Guid MessageId, string By, string State);
}
