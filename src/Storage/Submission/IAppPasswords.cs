using Platform.Storage.Access;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Submission;

/// <summary>App passwords of mailboxes. Whoever makes one can send as that mailbox.</summary>
public interface IAppPasswords
{
    /// <summary>The salt of all passwords of an address, and of none: a client cannot tell by it whether there is such a mailbox.</summary>
    byte[] SaltOf(string address);

    /// <param name="keys">Of a random password under <see cref="SaltOf"/> of the mailbox's address; the password itself is not known here.</param>
    /// <param name="days">How long it is good.</param>
    /// <returns>Its id. Codes: <c>NOT_FOUND</c>, <c>INVALID_NAME</c>, <c>INVALID_DURATION</c>, <c>APP_PASSWORD_LIMIT</c>.</returns>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, Guid mailboxId, string name, int days, AppPasswordKeys keys, CancellationToken cancellationToken);

    /// <summary>It is worth nothing from the next login or message on.</summary>
    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid id, CancellationToken cancellationToken);

    /// <summary>Those of a mailbox that are good now, newest first.</summary>
    Task<IReadOnlyList<AppPassword>> OfMailboxAsync(Guid mailboxId, CancellationToken cancellationToken);

    /// <summary>Whether it is there and has not ended.</summary>
    Task<bool> IsLiveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Notes and tells a login, once an hour from the same address.</summary>
    Task NoteUseAsync(AppPassword password, AccessSource source, CancellationToken cancellationToken);
}

/// <param name="StoredKey">Of SCRAM-SHA-256 (RFC 5802, 3).</param>
public sealed record AppPasswordKeys(byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey);

public sealed record AppPassword(Guid Id, AppPasswordKeys Keys, DateTimeOffset? LastUsedAt, string? LastUsedFrom)
{
    /// <summary>The accounts that made it, and so may know it.</summary>
    public IReadOnlyList<Guid> Makers { get; init; } = [];
}
