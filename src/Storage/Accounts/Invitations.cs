using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Storage.Directory;
using Platform.Storage.Keys;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <param name="IsOfTenant">Of a tenant; else of an MSP or of the platform.</param>
public sealed record Invitation(Guid Id, Guid AccountId, string Address, string Name, string? Language, Guid OwnerId, bool IsOfTenant, DateTimeOffset ExpiresAt);

/// <summary>Invitations as the mail that carries one and the page that takes one see them; the token is the proof, so there is no scope.</summary>
public interface IInvitations
{
    /// <summary>The token to put into the link of an invitation. It is made from the invitation's id with a key of the platform and kept nowhere.</summary>
    string TokenOf(Guid invitationId);

    /// <summary>The open invitation of an account; null when there is none or it has expired. For the mail that carries it.</summary>
    Task<Invitation?> FindAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Null when the token is unknown, used, withdrawn or expired: nobody is told which.</summary>
    Task<Invitation?> FindAsync(string token, CancellationToken cancellationToken);

    /// <summary>Makes the account active. A token is good once.</summary>
    /// <returns>The id of the account.</returns>
    Task<CommandResult<Guid>> AcceptAsync(string token, CancellationToken cancellationToken);
}

internal sealed class Invitations(IMoveRunner moves, IReadConnections reads, InvitationTokens tokens, AccountDirectory directory, TimeProvider time) : IInvitations
{
    private const string Select =
        "SELECT i.id, i.account_id, a.address, a.name, a.language, a.owner_id, a.owner_kind, i.expires_at FROM invitations i JOIN accounts a ON a.id = i.account_id WHERE ";

    private static readonly Refusal Invalid = new("INVITATION_INVALID", "This invitation was used, withdrawn or has expired. Ask your administrator to invite you again.");

    public string TokenOf(Guid invitationId) => tokens.Of(invitationId);

    public Task<Invitation?> FindAsync(Guid accountId, CancellationToken cancellationToken) => ReadAsync("i.account_id = @key", accountId, cancellationToken);

    public Task<Invitation?> FindAsync(string token, CancellationToken cancellationToken) => ReadAsync("i.token_hash = @key", InvitationTokens.Hash(token), cancellationToken);

    public async Task<CommandResult<Guid>> AcceptAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } invitation)
            return Invalid.As<Guid>();
        var owner = await OwnerAsync(invitation.AccountId, cancellationToken);
        return await moves.CommandAsync(
            async (session, ct) =>
            {
                var accounts = await LockedAccounts.OpenAsync(session, owner, ct);
                var account = await accounts.ReadAsync(invitation.AccountId, ct);
                // Under the lock: a second click, or an administrator who withdrew it meanwhile, finds it gone.
                if (account.State != AccountState.Invited || await accounts.WithdrawInvitationAsync(account.Id, ct) == 0)
                    throw new RefusedException(Invalid);
                var active = account with { State = AccountState.Active };
                var actor = "user:" + account.Id;
                await accounts.WriteAsync(active, actor, ct);
                accounts.Record(actor, "accept", active);
                session.AfterCommit(directory.Invalidate);
                return account.Id;
            },
            cancellationToken);
    }

    private async Task<Invitation?> ReadAsync(string where, object key, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            Select + where + " AND i.expires_at > @now",
            row => new Invitation(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.Text(4), row.GetGuid(5), row.Name<AccountOwnerKind>(6) == AccountOwnerKind.Tenant, row.Time(7)),
            cancellationToken,
            ("@key", key),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private async ValueTask<AccountOwner> OwnerAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return await sql.FirstAsync(
            "SELECT owner_id, owner_kind FROM accounts WHERE id = @id", row => new AccountOwner(row.GetGuid(0), row.Name<AccountOwnerKind>(1)), cancellationToken, ("@id", accountId));
    }
}

/// <summary>Tokens of invitations: HMAC-SHA256 over the id, 43 characters in base64url. A copy of the database alone opens no invitation.</summary>
internal sealed class InvitationTokens(PlatformKeys keys)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    private const int MaxLength = 100;

    private readonly Lazy<byte[]> _key = new(() => keys.Derive("invitations"));

    public string Of(Guid invitationId) => Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, invitationId.ToByteArray(bigEndian: true)));

    public static string Hash(string token) =>
        token.Length > MaxLength ? "" : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
