using System.Text.Json;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

/// <summary>Each command: is the endpoint in reach, then under its lock check, write, record.</summary>
internal sealed class WebhookCommands(IMoveRunner moves, PushFeeds feeds, PushKeys keys, IPushAddressRule addresses, WebhookSignal signal, TimeProvider time) : IWebhookCommands
{
    public async Task<CommandResult<WebhookSecret>> CreateAsync(Scope scope, PushOwner owner, NewWebhook webhook, CancellationToken cancellationToken)
    {
        RequireWhatIsPushed(scope);
        var refusal = PushReach.Refuse(scope, owner)
            ?? WebhookRules.Url(webhook.Url, addresses) ?? WebhookRules.Description(webhook.Description) ?? EventKindFilter.Check(webhook.Kinds);
        if (refusal is not null)
            return refusal.As<WebhookSecret>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var made = await NewKeysAsync(owner, id, webhook.WithSigningKey, cancellationToken);
        var position = webhook.After is { } after ? feeds.Place(owner, after) : (long?)null;
        return await RunAsync(
            async (session, ct) =>
            {
                if (await CountAsync(session, owner, ct) >= WebhookRules.MaxEndpoints)
                    throw new RefusedException(WebhookRules.Full);
                var stored = new StoredWebhook(
                    id, owner, webhook.Url, webhook.Description, JsonSerializer.Serialize(webhook.Kinds), WebhookState.Enabled, made.Secret, made.Seed, position ?? await PushFeeds.LastAsync(session.Sql, owner, ct));
                await WebhookSql.InsertAsync(session, stored, made.PublicKey, scope.Actor, ct);
                await RecordAsync(session, stored, scope.Actor, "create", ct);
                return made.Shown;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid endpointId, WebhookChange change, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, before, ct) =>
        {
            RequireWhatIsPushed(scope);
            var refusal = (change.Url is { } url ? WebhookRules.Url(url, addresses) : null)
                ?? (change.Description is { } description ? WebhookRules.Description(description) : null)
                ?? (change.Kinds is { } kinds ? EventKindFilter.Check(kinds) : null);
            if (refusal is not null)
                throw new RefusedException(refusal);
            var after = before with
            {
                Url = change.Url ?? before.Url,
                Description = change.Description ?? before.Description,
                Kinds = change.Kinds is { } wanted ? JsonSerializer.Serialize(wanted) : before.Kinds,
            };
            await WebhookSql.UpdateAsync(session, after, scope.Actor, ct);
            await RecordAsync(session, after, scope.Actor, "update", ct);
            return endpointId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid endpointId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, before, ct) =>
        {
            await WebhookSql.DeleteAsync(session, endpointId, ct);
            await RecordAsync(session, before, scope.Actor, "remove", ct);
            return endpointId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> SetEnabledAsync(Scope scope, Guid endpointId, bool enabled, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, before, ct) =>
        {
            if (before.State == WebhookState.Enabled == enabled)
                return endpointId;
            if (enabled)
                await WebhookSql.EnableAsync(session, endpointId, scope.Actor, ct);
            else
                await WebhookSql.DisableAsync(session, endpointId, WebhookDisabledReason.ByRequest, scope.Actor, ct);
            var after = before with { State = enabled ? WebhookState.Enabled : WebhookState.Disabled };
            await RecordAsync(session, after, scope.Actor, enabled ? "enable" : "disable", ct);
            return endpointId;
        },
        cancellationToken);

    public Task<CommandResult<WebhookSecret>> RotateAsync(Scope scope, Guid endpointId, TimeSpan overlap, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, before, ct) =>
        {
            if (WebhookRules.Overlap(overlap) is { } refusal)
                throw new RefusedException(refusal);
            var made = await NewKeysAsync(before.Owner, endpointId, before.Seed is not null, ct);
            await WebhookSql.RotateAsync(session, endpointId, made.Secret, made.Seed, made.PublicKey, session.Now + overlap, scope.Actor, ct);
            await RecordAsync(session, before, scope.Actor, "rotate", ct);
            return made.Shown;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> TestAsync(Scope scope, Guid endpointId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, endpoint, ct) =>
        {
            if (endpoint.State == WebhookState.Disabled)
                throw new RefusedException(WebhookRules.Disabled);
            return await WebhookSql.QueueAsync(session, endpoint, null, 0, EventKinds.WebhookTest, ct);
        },
        cancellationToken);

    public Task<CommandResult<Guid>> ReplayAsync(Scope scope, Guid endpointId, string? after, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        endpointId,
        async (session, endpoint, ct) =>
        {
            RequireWhatIsPushed(scope);
            var position = after is null ? 0 : feeds.Place(endpoint.Owner, after);
            if (position > endpoint.Position)
                throw new RefusedException(new Refusal("CURSOR_AHEAD", "The endpoint has not come to this cursor yet, so that nothing behind it can be sent again."));
            await WebhookSql.RewindAsync(session, endpointId, position, ct);
            await RecordAsync(session, endpoint, scope.Actor, "replay", ct);
            return endpointId;
        },
        cancellationToken);

    public async Task<CommandResult<Guid>> RetryAsync(Scope scope, Guid deliveryId, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushWrite);
        return await RunAsync(
            async (session, ct) =>
            {
                var (endpointId, state) = await WebhookSql.FindDeliveryAsync(session, deliveryId, ct);
                var endpoint = endpointId is { } id ? await StoredWebhook.LockAsync(session, id, ct) : null;
                if (endpoint is null || !PushReach.Reaches(scope, endpoint.Owner))
                    throw new RefusedException(WebhookRules.UnknownDelivery);
                if (state == WebhookDeliveryState.Pending)
                    throw new RefusedException(WebhookRules.StillTried);
                if (endpoint.State == WebhookState.Disabled)
                    throw new RefusedException(WebhookRules.Disabled);
                await WebhookSql.RequeueAsync(session, deliveryId, ct);
                await RecordAsync(session, endpoint, scope.Actor, "retry", ct);
                return deliveryId;
            },
            cancellationToken);
    }

    private static async ValueTask RecordAsync(MoveSession session, StoredWebhook webhook, string actor, string action, CancellationToken cancellationToken)
    {
        var data = WebhookJson.Write(actor, action, webhook.Owner.IsMsp, webhook.Url, webhook.Told);
        foreach (var tenant in await PushReach.TenantsAsync(session, webhook.Owner, cancellationToken))
        {
            session.Record(new PendingEvent(tenant, EventKinds.WebhookChanged, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, actor, "webhook." + action, webhook.Id.ToString(), data));
        }
    }

    private static ValueTask<long> CountAsync(MoveSession session, PushOwner owner, CancellationToken cancellationToken) =>
        session.Sql.FirstAsync("SELECT COUNT(*) FROM webhook_endpoints WHERE owner_id = @owner", row => row.GetInt64(0), cancellationToken, ("@owner", owner.Id));

    /// <summary>What is pushed is read by whoever says whereto.</summary>
    private static void RequireWhatIsPushed(Scope scope)
    {
        scope.Require(Permissions.PushWrite);
        scope.Require(Permissions.EventsRead);
    }

    private async Task<CommandResult<T>> ChangeAsync<T>(Scope scope, Guid endpointId, Func<MoveSession, StoredWebhook, CancellationToken, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushWrite);
        return await RunAsync(
            async (session, ct) => await StoredWebhook.LockAsync(session, endpointId, ct) is { } endpoint && PushReach.Reaches(scope, endpoint.Owner)
                ? await change(session, endpoint, ct)
                : throw new RefusedException(WebhookRules.Unknown),
            cancellationToken);
    }

    private Task<CommandResult<T>> RunAsync<T>(Func<MoveSession, CancellationToken, ValueTask<T>> move, CancellationToken cancellationToken) => moves.CommandAsync(
        async (session, ct) =>
        {
            var result = await move(session, ct);
            session.AfterCommit(signal.Ready);
            return result;
        },
        cancellationToken);

    private async ValueTask<NewKeys> NewKeysAsync(PushOwner owner, Guid endpointId, bool withSigningKey, CancellationToken cancellationToken)
    {
        var secret = WebhookKeyForm.NewSecret();
        var seed = withSigningKey ? WebhookKeyForm.NewSeed() : null;
        var publicKey = seed is null ? null : WebhookKeyForm.PublicKeyOf(seed);
        return new NewKeys(
            await keys.SealAsync(owner, WebhookKeyForm.SecretLabel(endpointId), secret, cancellationToken),
            seed is null ? null : await keys.SealAsync(owner, WebhookKeyForm.SeedLabel(endpointId), seed, cancellationToken),
            publicKey,
            new WebhookSecret(endpointId, WebhookKeyForm.Secret(secret), publicKey is null ? null : WebhookKeyForm.PublicKey(publicKey)));
    }

    /// <summary>Sealed for the row, and as they are shown this once.</summary>
    private sealed record NewKeys(byte[] Secret, byte[]? Seed, byte[]? PublicKey, WebhookSecret Shown);
}
