using System.Text;
using System.Text.Json;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Syslog;

/// <summary>Each command: is the target in reach, then under its lock check, write, record.</summary>
internal sealed class SyslogCommands(IMoveRunner moves, PushFeeds feeds, PushKeys keys, IPushAddressRule addresses, TimeProvider time) : ISyslogCommands
{
    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, PushOwner owner, NewSyslogTarget target, CancellationToken cancellationToken)
    {
        RequireWhatIsPushed(scope);
        var refusal = PushReach.Refuse(scope, owner)
            ?? SyslogRules.Address(target.Host, target.Port, addresses) ?? SyslogRules.Facility(target.Facility) ?? SyslogRules.Description(target.Description)
            ?? EventKindFilter.Check(target.Kinds) ?? SyslogRules.TrustedRoots(target.TrustedRoots) ?? SyslogRules.ClientCertificate(target.ClientCertificate);
        if (refusal is not null)
            return refusal.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var position = target.After is { } after ? feeds.Place(owner, after) : (long?)null;
        var certificate = await SealAsync(owner, id, target.ClientCertificate, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM syslog_targets WHERE owner_id = @owner", row => row.GetInt64(0), ct, ("@owner", owner.Id)) >= SyslogRules.MaxTargets)
                    throw new RefusedException(SyslogRules.Full);
                var stored = new StoredSyslogTarget(
                    id,
                    owner,
                    target.Host,
                    target.Port,
                    target.Format,
                    target.Facility,
                    target.Description,
                    JsonSerializer.Serialize(target.Kinds),
                    NullIfEmpty(target.TrustedRoots),
                    certificate,
                    SyslogState.Enabled,
                    position ?? await PushFeeds.LastAsync(session.Sql, owner, ct));
                await stored.InsertAsync(session, scope.Actor, ct);
                await RecordAsync(session, stored, scope.Actor, "create", ct);
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid targetId, SyslogTargetChange change, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        targetId,
        async (session, before, ct) =>
        {
            RequireWhatIsPushed(scope);
            var after = before with
            {
                Host = change.Host ?? before.Host,
                Port = change.Port ?? before.Port,
                Format = change.Format ?? before.Format,
                Facility = change.Facility ?? before.Facility,
                Description = change.Description ?? before.Description,
                Kinds = change.Kinds is { } kinds ? JsonSerializer.Serialize(kinds) : before.Kinds,
                TrustedRoots = change.TrustedRoots is null ? before.TrustedRoots : NullIfEmpty(change.TrustedRoots),
                ClientCertificate = change.ClientCertificate is null ? before.ClientCertificate : await SealAsync(before.Owner, targetId, change.ClientCertificate, ct),
            };
            var refusal = SyslogRules.Address(after.Host, after.Port, addresses) ?? SyslogRules.Facility(after.Facility) ?? SyslogRules.Description(after.Description)
                ?? (change.Kinds is { } wanted ? EventKindFilter.Check(wanted) : null) ?? SyslogRules.TrustedRoots(change.TrustedRoots) ?? SyslogRules.ClientCertificate(change.ClientCertificate);
            if (refusal is not null)
                throw new RefusedException(refusal);
            await after.UpdateAsync(session, scope.Actor, ct);
            await RecordAsync(session, after, scope.Actor, "update", ct);
            return targetId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid targetId, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        targetId,
        async (session, before, ct) =>
        {
            await session.Sql.ExecuteAsync("DELETE FROM syslog_targets WHERE id = @id", ct, ("@id", targetId));
            await RecordAsync(session, before, scope.Actor, "remove", ct);
            return targetId;
        },
        cancellationToken);

    public Task<CommandResult<Guid>> SetEnabledAsync(Scope scope, Guid targetId, bool enabled, CancellationToken cancellationToken) => ChangeAsync(
        scope,
        targetId,
        async (session, before, ct) =>
        {
            if (before.State == SyslogState.Enabled == enabled)
                return targetId;
            var after = before with { State = enabled ? SyslogState.Enabled : SyslogState.Disabled };
            await after.UpdateAsync(session, scope.Actor, ct);
            await RecordAsync(session, after, scope.Actor, enabled ? "enable" : "disable", ct);
            return targetId;
        },
        cancellationToken);

    public static string CertificateLabel(Guid targetId) => $"syslog-client-certificate:{targetId:N}";

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static async ValueTask RecordAsync(MoveSession session, StoredSyslogTarget target, string actor, string action, CancellationToken cancellationToken)
    {
        var data = SyslogJson.Write(actor, action, target);
        foreach (var tenant in await PushReach.TenantsAsync(session, target.Owner, cancellationToken))
        {
            session.Record(new PendingEvent(tenant, EventKinds.SyslogChanged, session.Now, null, null, data));
            session.Record(new PendingAudit(tenant, actor, "syslog." + action, target.Id.ToString(), data));
        }
    }

    private async ValueTask<byte[]?> SealAsync(PushOwner owner, Guid targetId, string? pem, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(pem) ? null : await keys.SealAsync(owner, CertificateLabel(targetId), Encoding.UTF8.GetBytes(pem), cancellationToken);

    /// <summary>What is pushed is read by whoever says whereto.</summary>
    private static void RequireWhatIsPushed(Scope scope)
    {
        scope.Require(Permissions.PushWrite);
        scope.Require(Permissions.EventsRead);
    }

    private async Task<CommandResult<T>> ChangeAsync<T>(Scope scope, Guid targetId, Func<MoveSession, StoredSyslogTarget, CancellationToken, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.PushWrite);
        return await moves.CommandAsync(
            async (session, ct) => await StoredSyslogTarget.LockAsync(session, targetId, ct) is { } target && PushReach.Reaches(scope, target.Owner)
                ? await change(session, target, ct)
                : throw new RefusedException(SyslogRules.Unknown),
            cancellationToken);
    }
}
