using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Keys;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Submission;

internal sealed class AppPasswords(IMoveRunner moves, IReadConnections reads, PlatformKeys keys, TimeProvider time) : IAppPasswords
{
    private const int MaxOfMailbox = 20;
    private const int MaxDays = 730;
    private const int SaltSize = 16;
    private const int MaxFrom = 64;
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    private static Refusal UnknownMailbox { get; } = new("NOT_FOUND", "No such mailbox is in reach of this client.");

    private static Refusal Unknown { get; } = new("NOT_FOUND", "No such app password is in reach of this client.");

    private static Refusal Full { get; } = new("APP_PASSWORD_LIMIT", $"This mailbox has {MaxOfMailbox} app passwords already. Remove one first.");

    private static Refusal Duration { get; } = new("INVALID_DURATION", $"An app password is good for 1 to {MaxDays} days.");

    public byte[] SaltOf(string address) => HMACSHA256.HashData(keys.Derive("app-password-salt"), Encoding.UTF8.GetBytes(address.ToLowerInvariant()))[..SaltSize];

    public async Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid mailboxId, string name, int days, AppPasswordKeys given, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SubmissionWrite);
        if ((DirectoryRules.Name(name) ?? (days is < 1 or > MaxDays ? Duration : null)) is { } refusal)
            return refusal.As<Guid>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var (tenant, address) = await MailboxAsync(session, scope, mailboxId, ct);
                if (await session.Sql.FirstAsync("SELECT COUNT(*) FROM app_passwords WHERE mailbox_id = @mailbox", row => row.GetInt64(0), ct, ("@mailbox", mailboxId)) >= MaxOfMailbox)
                    throw new RefusedException(Full);
                await session.Sql.ExecuteAsync(
                    """
                    INSERT INTO app_passwords (id, tenant_id, mailbox_id, name, salt, iterations, stored_key, server_key, expires_at, created_at, created_by, makers)
                    VALUES (@id, @tenant, @mailbox, @name, @salt, @iterations, @stored, @server, @expires, @now, @actor, @makers)
                    """,
                    ct,
                    ("@id", id),
                    ("@tenant", tenant),
                    ("@mailbox", mailboxId),
                    ("@name", name.Trim()),
                    ("@salt", given.Salt),
                    ("@iterations", given.Iterations),
                    ("@stored", given.StoredKey),
                    ("@server", given.ServerKey),
                    ("@expires", session.Now.AddDays(days).ToUnixTimeMilliseconds()),
                    ("@now", session.NowMilliseconds),
                    ("@actor", scope.Actor),
                    ("@makers", AccountIds.Write(scope.People)));
                AppPasswordMoves.Record(session, tenant, id, new ToldAppPassword(scope.Actor, "create", address, name.Trim()));
                return id;
            },
            cancellationToken);
    }

    public Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid id, CancellationToken cancellationToken)
    {
        scope.Require(Permissions.SubmissionWrite);
        return moves.CommandAsync(
            async (session, ct) =>
            {
                var (mailbox, name) = await session.Sql.FirstAsync("SELECT mailbox_id, name FROM app_passwords WHERE id = @id", row => (row.GetGuid(0), row.GetString(1)), ct, ("@id", id));
                if (name is null)
                    throw new RefusedException(Unknown);
                var (tenant, address) = await MailboxAsync(session, scope, mailbox, ct, Unknown);
                await session.Sql.ExecuteAsync("DELETE FROM app_passwords WHERE id = @id", ct, ("@id", id));
                AppPasswordMoves.Record(session, tenant, id, new ToldAppPassword(scope.Actor, "remove", address, name));
                return id;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<AppPassword>> OfMailboxAsync(Guid mailboxId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.QueryAsync(
            "SELECT id, salt, iterations, stored_key, server_key, last_used_at, last_used_from, makers, created_by FROM app_passwords WHERE mailbox_id = @mailbox AND expires_at > @now ORDER BY created_at DESC, id DESC",
            row => new AppPassword(
                row.GetGuid(0),
                new AppPasswordKeys(row.GetFieldValue<byte[]>(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4)),
                row.IsDBNull(5) ? null : row.Time(5),
                row.Text(6)) { Makers = AppPasswordMoves.MakersOf(row.Text(7), row.GetString(8)) },
            cancellationToken,
            ("@mailbox", mailboxId),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    public async Task<bool> IsLiveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT 1 FROM app_passwords WHERE id = @id AND expires_at > @now", _ => true, cancellationToken, ("@id", id), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    public async Task NoteUseAsync(AppPassword password, AccessSource source, CancellationToken cancellationToken)
    {
        var address = source.Address.ToString();
        if (password.LastUsedFrom == address && time.GetUtcNow() - password.LastUsedAt < NotedEvery)
            return;
        await moves.RunAsync(
            async (session, ct) =>
            {
                await session.Sql.ExecuteAsync(
                    "UPDATE app_passwords SET last_used_at = @now, last_used_from = @from WHERE id = @id",
                    ct,
                    ("@now", session.NowMilliseconds),
                    ("@from", address[..Math.Min(address.Length, MaxFrom)]),
                    ("@id", password.Id));
                var used = await session.Sql.FirstAsync(
                    "SELECT p.tenant_id, p.name, m.address FROM app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id WHERE p.id = @id",
                    row => ((Guid Tenant, string Name, string Mailbox)?)(row.GetGuid(0), row.GetString(1), row.GetString(2)),
                    ct,
                    ("@id", password.Id));
                if (used is { } told)
                {
                    var data = AccessJson.Write(ToldLogin.Of(told.Mailbox, AccessService.Submission, null, source) with { AppPassword = told.Name });
                    session.Record(new PendingEvent(told.Tenant, EventKinds.AppPasswordUsed, session.Now, null, null, data));
                }

                return true;
            },
            cancellationToken);
    }

    /// <exception cref="RefusedException">There is none in reach.</exception>
    private static async ValueTask<(Guid Tenant, string Address)> MailboxAsync(MoveSession session, Scope scope, Guid mailboxId, CancellationToken cancellationToken, Refusal? otherwise = null)
    {
        var found = await session.Sql.FirstAsync(
            "SELECT tenant_id, address FROM mailboxes WHERE id = @id" + session.Dialect.ForUpdate, row => ((Guid Tenant, string Address)?)(row.GetGuid(0), row.GetString(1)), cancellationToken, ("@id", mailboxId));
        return found is { } mailbox && scope.Tenants.Contains(mailbox.Tenant) && scope.AllowsFor(mailbox.Tenant, Permissions.SubmissionWrite) && scope.Reaches(mailboxId) ? mailbox : throw new RefusedException(otherwise ?? UnknownMailbox);
    }
}

