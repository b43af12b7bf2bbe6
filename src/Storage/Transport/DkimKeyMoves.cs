using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Engine.Authentication.Dkim;
using Platform.Storage.Events;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

/// <summary>The way of a key: waiting, active, retiring, retired; how each step is told, and when it is looked at next.</summary>
internal static class DkimKeyMoves
{
    /// <summary>Steps that follow from DNS and the calendar.</summary>
    public const string Actor = "system:dkim";

    /// <summary>The private key cannot be opened, as after the tenant's key was lost: make another.</summary>
    public const string Unreadable = "key-unreadable";

    private const string OfItsKind = "tenant_id = @tenant AND domain = @domain AND kind = @kind";

    /// <summary>Mail on its way is verified within the five days that servers keep trying, or soon after.</summary>
    private static readonly TimeSpan StaysPublished = TimeSpan.FromDays(7);
    private static readonly TimeSpan EveryDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterSilence = TimeSpan.FromMinutes(15);

    public static async ValueTask InsertAsync(MoveSession session, StoredDkimKey key, byte[] privateKey, string actor, CancellationToken cancellationToken)
    {
        var named = key with { Selector = StoredDkimKey.SelectorOf(key.Id, key.Kind, session.Now) };
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO dkim_keys (id, tenant_id, domain, selector, kind, private_key, public_key, state, rotation_days, due_at, created_at, created_by)
            VALUES (@id, @tenant, @domain, @selector, @kind, @private, @public, @state, @days, @due, @now, @actor)
            """,
            cancellationToken,
            ("@id", named.Id),
            ("@tenant", named.TenantId),
            ("@domain", named.Domain),
            ("@selector", named.Selector),
            ("@kind", named.Kind.ToString()),
            ("@private", privateKey),
            ("@public", named.PublicKey),
            ("@state", nameof(DkimKeyState.Waiting)),
            ("@days", named.RotationDays),
            ("@due", (session.Now + WaitAfter(TimeSpan.Zero)).ToUnixTimeMilliseconds()),
            ("@now", session.NowMilliseconds),
            ("@actor", actor));
        Record(session, named, actor, "create");
    }

    /// <summary>Whether one waits that is to take the place of a key: younger than it. An older one is a key that was lost or never published.</summary>
    public static async ValueTask<bool> HasFollowerAsync(MoveSession session, StoredDkimKey key, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        $"SELECT 1 FROM dkim_keys WHERE {OfItsKind} AND state = '{nameof(DkimKeyState.Waiting)}' AND id <> @id AND created_at >= @created",
        _ => true,
        cancellationToken,
        [.. Kind(key), ("@id", key.Id), ("@created", key.CreatedAt.ToUnixTimeMilliseconds())]);

    /// <param name="isUsable">The private key can be opened; one that cannot never takes the place of one that signs.</param>
    public static ValueTask SettleAsync(MoveSession session, StoredDkimKey key, DkimPublicationState state, bool isUsable, CancellationToken cancellationToken) => (key.State, state) switch
    {
        (DkimKeyState.Retired, _) => WriteAsync(session, key, null, null, cancellationToken),
        (DkimKeyState.Retiring, _) => EndAsync(session, key, cancellationToken),
        (_, DkimPublicationState.NoAnswer) => WriteAsync(session, key, "dns-silent", session.Now + AfterSilence, cancellationToken),
        (DkimKeyState.Waiting, DkimPublicationState.Published) when isUsable => ActivateAsync(session, key, cancellationToken),
        (DkimKeyState.Waiting, _) => WaitAsync(session, key, state, cancellationToken),
        (_, DkimPublicationState.Published) => WriteAsync(session, key, isUsable ? null : Unreadable, session.Now + EveryDay, cancellationToken),
        _ => LoseAsync(session, key, state, cancellationToken),
    };

    /// <summary>It signs no more; the private key is gone at once.</summary>
    public static async ValueTask RetireAsync(MoveSession session, StoredDkimKey key, string actor, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync(
            $"UPDATE dkim_keys SET state = '{nameof(DkimKeyState.Retiring)}', private_key = NULL, retiring_at = @now, due_at = @due WHERE id = @id",
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@due", (session.Now + StaysPublished).ToUnixTimeMilliseconds()),
            ("@id", key.Id));
        Record(session, key, actor, "retire");
    }

    public static void Record(MoveSession session, StoredDkimKey key, string actor, string action)
    {
        var told = new ToldDkimKey(actor, action, key.Domain, key.Selector, DkimKeyKinds.TypeOf(key.Kind), DkimPublication.NameOf(key.Selector, key.Domain));
        var data = JsonSerializer.Serialize(told, DkimKeyJson.Default.ToldDkimKey);
        session.Record(new PendingEvent(key.TenantId, EventKinds.DkimKeyChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(key.TenantId, actor, "dkim-key." + action, key.Id.ToString(), data));
    }

    /// <summary>Its record was seen: it signs, and those of its kind that did, or had before their record was lost, are replaced. Where a younger one signs, it is replaced itself.</summary>
    private static async ValueTask ActivateAsync(MoveSession session, StoredDkimKey key, CancellationToken cancellationToken)
    {
        if (await IsReplacedAsync(session, key, cancellationToken))
        {
            await RetireAsync(session, key, Actor, cancellationToken);
            return;
        }

        var before = await session.Sql.QueryAsync(
            $"""
            SELECT {StoredDkimKey.Columns} FROM dkim_keys
            WHERE {OfItsKind} AND id <> @id AND (state = '{nameof(DkimKeyState.Active)}' OR state = '{nameof(DkimKeyState.Waiting)}' AND active_at IS NOT NULL) ORDER BY id
            """,
            StoredDkimKey.Read,
            cancellationToken,
            [.. Kind(key), ("@id", key.Id)]);
        foreach (var old in before)
            await RetireAsync(session, old, Actor, cancellationToken);
        await session.Sql.ExecuteAsync(
            $"UPDATE dkim_keys SET state = '{nameof(DkimKeyState.Active)}', problem = NULL, active_at = @now, checked_at = @now, due_at = @due WHERE id = @id",
            cancellationToken,
            ("@now", session.NowMilliseconds),
            ("@due", (session.Now + EveryDay).ToUnixTimeMilliseconds()),
            ("@id", key.Id));
        Record(session, key, Actor, "activate");
    }

    /// <summary>Its record is not there, or it cannot be used. One that was lost waits for nothing once another has taken its place.</summary>
    private static async ValueTask WaitAsync(MoveSession session, StoredDkimKey key, DkimPublicationState state, CancellationToken cancellationToken)
    {
        if (key.ActiveAt is not null && await IsReplacedAsync(session, key, cancellationToken))
            await RetireAsync(session, key, Actor, cancellationToken);
        else
            await WriteAsync(session, key, state == DkimPublicationState.Published ? Unreadable : Problem(state), session.Now + WaitAfter(session.Now - key.CreatedAt), cancellationToken);
    }

    private static async ValueTask<bool> IsReplacedAsync(MoveSession session, StoredDkimKey key, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        $"SELECT 1 FROM dkim_keys WHERE {OfItsKind} AND state = '{nameof(DkimKeyState.Active)}' AND created_at > @created",
        _ => true,
        cancellationToken,
        [.. Kind(key), ("@created", key.CreatedAt.ToUnixTimeMilliseconds())]);

    private static (string, object?)[] Kind(StoredDkimKey key) => [("@tenant", key.TenantId), ("@domain", key.Domain), ("@kind", key.Kind.ToString())];

    /// <summary>Its record is gone: signatures that nobody can verify are worse than none.</summary>
    private static async ValueTask LoseAsync(MoveSession session, StoredDkimKey key, DkimPublicationState state, CancellationToken cancellationToken)
    {
        await session.Sql.ExecuteAsync($"UPDATE dkim_keys SET state = '{nameof(DkimKeyState.Waiting)}' WHERE id = @id", cancellationToken, ("@id", key.Id));
        await WriteAsync(session, key, Problem(state), session.Now + AfterSilence, cancellationToken);
        Record(session, key, Actor, "missing");
    }

    private static async ValueTask EndAsync(MoveSession session, StoredDkimKey key, CancellationToken cancellationToken)
    {
        if (key.RetiringAt is { } since && session.Now - since < StaysPublished)
        {
            await WriteAsync(session, key, null, since + StaysPublished, cancellationToken);
            return;
        }

        await session.Sql.ExecuteAsync($"UPDATE dkim_keys SET state = '{nameof(DkimKeyState.Retired)}' WHERE id = @id", cancellationToken, ("@id", key.Id));
        await WriteAsync(session, key, null, null, cancellationToken);
        Record(session, key, Actor, "end");
    }

    private static async ValueTask WriteAsync(MoveSession session, StoredDkimKey key, string? problem, DateTimeOffset? due, CancellationToken cancellationToken) => await session.Sql.ExecuteAsync(
        "UPDATE dkim_keys SET problem = @problem, checked_at = @now, due_at = @due WHERE id = @id",
        cancellationToken,
        ("@problem", problem),
        ("@now", session.NowMilliseconds),
        ("@due", due?.ToUnixTimeMilliseconds()),
        ("@id", key.Id));

    private static string Problem(DkimPublicationState state) => state == DkimPublicationState.Missing ? "record-missing" : "record-different";

    /// <summary>Often while somebody is likely to be at it.</summary>
    private static TimeSpan WaitAfter(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => TimeSpan.FromMinutes(2),
        { TotalDays: < 2 } => AfterSilence,
        _ => TimeSpan.FromHours(6),
    };
}

/// <param name="Record">Where its record stands in DNS.</param>
internal sealed record ToldDkimKey(string Actor, string Action, string Domain, string Selector, string KeyType, string Record);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldDkimKey))]
internal sealed partial class DkimKeyJson : JsonSerializerContext;
