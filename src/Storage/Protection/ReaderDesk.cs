using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Bodies;
using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Transactions;

namespace Platform.Storage.Protection;

internal sealed class ReaderDesk(IMoveRunner moves, IReadConnections reads, PlatformKeys platform, ProtectionKeys keys, IWorkSignal signal, TimeProvider time) : IReaderDesk
{
    private const int SecretSize = 32;
    private const int MaxRepliesPerHour = 5;

    private static readonly TimeSpan SessionLasts = TimeSpan.FromHours(8);
    private static readonly TimeSpan SessionRests = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lazy<byte[]> _codeKey = new(() => platform.Derive("reader-codes"));

    public async Task<ReaderMail?> FindAsync(Guid tenantId, Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        if (await ProtectionMoves.FindAsync(sql, deliveryId, cancellationToken) is not { } delivery || delivery.TenantId != tenantId)
            return null;
        var mail = await sql.FirstAsync(
            """
            SELECT m.body_name, m.body_key, m.from_address, m.from_name, m.mail_from, m.received_at, t.language, p.wrapped_key IS NOT NULL, d.form_json
            FROM deliveries d JOIN messages m ON m.id = d.message_id JOIN tenants t ON t.id = m.tenant_id LEFT JOIN protected_mails p ON p.message_id = m.id
            WHERE d.id = @id
            """,
            row => new ReaderMail(
                ReaderState.Open,
                delivery,
                new BodyReference(row.GetString(0), row.Bytes(1) ?? []),
                row.Text(2) is { Length: > 0 } from ? from : row.GetString(4),
                row.Text(3) ?? "",
                row.GetString(6),
                row.Time(5)) with { Strip = SendJson.ReadForm(row.Text(8)).Strip, State = StateOf(delivery, row.Bytes(1) is { Length: > 0 } && Convert.ToBoolean(row.GetValue(7), CultureInfo.InvariantCulture)) },
            cancellationToken,
            ("@id", deliveryId));
        return mail;
    }

    public Task<ReaderCode> MakeCodeAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        var id = Guid.NewGuid();
        return moves.RunAsync(
            async (session, ct) =>
            {
                await session.Sql.ExecuteAsync("DELETE FROM reader_codes WHERE expires_at < @old", ct, ("@old", (session.Now - Kept).ToUnixTimeMilliseconds()));
                // Locks the mail, so that codes asked for at once are counted one after the other.
                if (await LockAsync(session, mail, ct) is not { } delivery || StateOf(delivery, true) != ReaderState.Open)
                    return new ReaderCode(id, null);
                var (lastHour, lastDay) = await session.Sql.FirstAsync(
                    "SELECT COUNT(CASE WHEN made_at > @hour THEN 1 END), COUNT(*) FROM reader_codes WHERE delivery_id = @delivery AND made_at > @day",
                    row => (row.GetInt64(0), row.GetInt64(1)),
                    ct,
                    ("@hour", session.Now.AddHours(-1).ToUnixTimeMilliseconds()),
                    ("@delivery", delivery.DeliveryId),
                    ("@day", session.Now.AddDays(-1).ToUnixTimeMilliseconds()));
                if (lastHour >= ReaderCode.MaxPerHour || lastDay >= ReaderCode.MaxPerDay)
                    return new ReaderCode(id, null);
                await session.Sql.ExecuteAsync(
                    "INSERT INTO reader_codes (id, tenant_id, delivery_id, hash, made_at, expires_at, tries) VALUES (@id, @tenant, @delivery, @hash, @now, @until, 0)",
                    ct,
                    ("@id", id),
                    ("@tenant", delivery.TenantId),
                    ("@delivery", delivery.DeliveryId),
                    ("@hash", HashOf(id, code)),
                    ("@now", session.NowMilliseconds),
                    ("@until", (session.Now + ReaderCode.Lasts).ToUnixTimeMilliseconds()));
                return new ReaderCode(id, code);
            },
            cancellationToken);
    }

    public Task<string?> EnterAsync(ReaderMail mail, Guid codeId, string code, CancellationToken cancellationToken)
    {
        var given = HashOf(codeId, code);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretSize));
        return moves.RunAsync(
            async (session, ct) =>
            {
                // The try counts before the code is looked at, so that many at once gain nothing.
                var hash = await session.Sql.FirstAsync(
                    "UPDATE reader_codes SET tries = tries + 1 WHERE id = @id AND delivery_id = @delivery AND used_at IS NULL AND tries < @most AND expires_at > @now RETURNING hash",
                    row => row.Bytes(0),
                    ct,
                    ("@id", codeId),
                    ("@delivery", mail.Delivery.DeliveryId),
                    ("@most", ReaderCode.MaxTries),
                    ("@now", session.NowMilliseconds));
                if (hash is null || !CryptographicOperations.FixedTimeEquals(hash, given))
                    return null;
                if (await LockAsync(session, mail, ct) is not { } delivery || StateOf(delivery, true) != ReaderState.Open)
                    return null;
                await session.Sql.ExecuteAsync("UPDATE reader_codes SET used_at = @now WHERE id = @id", ct, ("@now", session.NowMilliseconds), ("@id", codeId));
                await session.Sql.ExecuteAsync("DELETE FROM reader_sessions WHERE expires_at < @now", ct, ("@now", session.NowMilliseconds));
                await session.Sql.ExecuteAsync(
                    "INSERT INTO reader_sessions (id, tenant_id, delivery_id, started_at, seen_at, expires_at) VALUES (@id, @tenant, @delivery, @now, @now, @until)",
                    ct,
                    ("@id", SessionId(secret)),
                    ("@tenant", delivery.TenantId),
                    ("@delivery", delivery.DeliveryId),
                    ("@now", session.NowMilliseconds),
                    ("@until", (session.Now + SessionLasts).ToUnixTimeMilliseconds()));
                return secret;
            },
            cancellationToken);
    }

    public async Task<bool> ContinueAsync(ReaderMail mail, string secret, bool isUse, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? seen;
        await using (var sql = await reads.OpenAsync(cancellationToken))
        {
            seen = await sql.FirstAsync(
                "SELECT seen_at FROM reader_sessions WHERE id = @id AND delivery_id = @delivery AND expires_at > @now AND seen_at > @rested",
                row => (DateTimeOffset?)row.Time(0),
                cancellationToken,
                ("@id", SessionId(secret)),
                ("@delivery", mail.Delivery.DeliveryId),
                ("@now", now.ToUnixTimeMilliseconds()),
                ("@rested", (now - SessionRests).ToUnixTimeMilliseconds()));
        }

        if (seen is null)
            return false;
        if (isUse && now - seen > SeenEvery)
        {
            await moves.RunAsync(
                (session, ct) => session.Sql.ExecuteAsync("UPDATE reader_sessions SET seen_at = @now WHERE id = @id", ct, ("@now", session.NowMilliseconds), ("@id", SessionId(secret))), cancellationToken);
        }

        return true;
    }

    public Task LeaveAsync(ReaderMail mail, string secret, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.ExecuteAsync("DELETE FROM reader_sessions WHERE id = @id AND delivery_id = @delivery", ct, ("@id", SessionId(secret)), ("@delivery", mail.Delivery.DeliveryId)),
        cancellationToken);

    public Task<ReadingOutcome> OpenedAsync(ReaderMail mail, ReaderPlace place, bool isRefresh, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            if (await LockAsync(session, mail, ct) is not { } delivery || StateOf(delivery, true) != ReaderState.Open)
                return ReadingOutcome.Closed;
            var noted = await session.Sql.ExecuteAsync(
                """
                UPDATE protected_deliveries SET opens = opens + 1, first_opened_at = COALESCE(first_opened_at, @now), last_opened_at = @now
                WHERE delivery_id = @id AND (first_opened_at IS NULL OR last_opened_at <= @before)
                """,
                ct,
                ("@now", session.NowMilliseconds),
                ("@id", delivery.DeliveryId),
                ("@before", isRefresh ? 0L : (session.Now - OneReading).ToUnixTimeMilliseconds()));
            if (noted == 0)
                return ReadingOutcome.Known;
            Tell(session, delivery, EventKinds.ProtectionOpened, place);
            return ReadingOutcome.Noted;
        },
        cancellationToken);

    public Task<bool> DownloadedAsync(ReaderMail mail, ReaderPlace place, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            if (await LockAsync(session, mail, ct) is not { ViewOnly: false, IsDangerous: false } delivery || StateOf(delivery, true) != ReaderState.Open)
                return false;
            await session.Sql.ExecuteAsync(
                "UPDATE protected_deliveries SET downloads = downloads + 1, last_opened_at = @now WHERE delivery_id = @id", ct, ("@now", session.NowMilliseconds), ("@id", delivery.DeliveryId));
            Tell(session, delivery, EventKinds.ProtectionDownloaded, place);
            return true;
        },
        cancellationToken);

    public Task<ReplyOutcome> ReplyAsync(ReaderMail mail, NewMessage reply, ReaderPlace place, CancellationToken cancellationToken) => moves.RunAsync(
        async (session, ct) =>
        {
            if (await LockAsync(session, mail, ct) is not { } delivery || StateOf(delivery, true) != ReaderState.Open || reply.TenantId != delivery.TenantId)
                return ReplyOutcome.Closed;
            var counted = await session.Sql.ExecuteAsync(
                """
                UPDATE protected_deliveries SET
                    replies = CASE WHEN replies_since > @hour THEN replies + 1 ELSE 1 END,
                    replies_since = CASE WHEN replies_since > @hour THEN replies_since ELSE @now END
                WHERE delivery_id = @id AND (replies_since IS NULL OR replies_since <= @hour OR replies < @most)
                """,
                ct,
                ("@hour", session.Now.AddHours(-1).ToUnixTimeMilliseconds()),
                ("@now", session.NowMilliseconds),
                ("@id", delivery.DeliveryId),
                ("@most", MaxRepliesPerHour));
            if (counted != 1)
                return ReplyOutcome.TooMany;
            await AcceptMove.InsertAsync(session, reply, ct);
            session.AfterCommit(signal.ScansReady);
            Tell(session, delivery, EventKinds.ProtectionReplied, place);
            return ReplyOutcome.Taken;
        },
        cancellationToken);

    public async Task<string?> FilePasswordAsync(ReaderMail mail, CancellationToken cancellationToken) =>
        mail.Delivery.Extent == ProtectedExtent.LockedFiles ? await keys.FilePasswordAsync(mail.Delivery.MessageId, mail.Delivery.DeliveryId, cancellationToken) : null;

    public Task WidenAsync(ReaderMail mail, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.ExecuteAsync(
            $"UPDATE protected_deliveries SET extent = '{nameof(ProtectedExtent.Mail)}', larger_than = NULL WHERE delivery_id = @id", ct, ("@id", mail.Delivery.DeliveryId)),
        cancellationToken);

    public Task CheckedAsync(ReaderMail mail, bool isDangerous, CancellationToken cancellationToken) => moves.RunAsync(
        (session, ct) => session.Sql.ExecuteAsync(
            "UPDATE protected_deliveries SET checked_at = @now, is_dangerous = @dangerous WHERE message_id = @message",
            ct,
            ("@now", session.NowMilliseconds),
            ("@dangerous", isDangerous),
            ("@message", mail.Delivery.MessageId)),
        cancellationToken);

    private static void Tell(MoveSession session, ProtectedDelivery delivery, string kind, ReaderPlace place) =>
        ProtectionMoves.Tell(session, delivery, kind, new ToldProtection(delivery.Recipient) { Country = place.Country });

    private static async ValueTask<ProtectedDelivery?> LockAsync(MoveSession session, ReaderMail mail, CancellationToken cancellationToken) =>
        (await ProtectionMoves.OfMessageAsync(session.Sql, mail.Delivery.MessageId, session.Dialect.ForUpdate, cancellationToken)).Find(delivery => delivery.DeliveryId == mail.Delivery.DeliveryId);

    private ReaderState StateOf(ProtectedDelivery delivery, bool hasKey) =>
        !hasKey ? ReaderState.Gone : delivery.WithdrawnAt is not null ? ReaderState.Withdrawn : delivery.ExpiresAt <= time.GetUtcNow() ? ReaderState.Expired : ReaderState.Open;

    private byte[] HashOf(Guid id, string code) => HMACSHA256.HashData(_codeKey.Value, Encoding.UTF8.GetBytes($"{id:N}:{code}"));

    private static string SessionId(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
