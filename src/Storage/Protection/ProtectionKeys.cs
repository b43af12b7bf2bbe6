using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Bodies;
using Platform.Storage.Keys;
using Platform.Storage.Messages;
using Platform.Storage.Transactions;

namespace Platform.Storage.Protection;

/// <summary>
/// Keys of protected mails, one each. The key of the body lies under it, and it lies under a key of the platform's for this purpose, so
/// that neither database and bodies nor the key of a tenant open a protected mail. None is kept in memory: once destroyed it is gone.
/// </summary>
internal sealed class ProtectionKeys(PlatformKeys platform, IReadConnections reads)
{
    private const int IdSize = 16;
    private const int PasswordLength = 20;
    private const int PasswordGroup = 5;
    private const string PasswordLetters = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Of the wrapped key of a body below a key of this kind: the message's id, and the key under it.</summary>
    public const int BodyKeySize = IdSize + KeyWrap.WrappedSize;

    /// <summary>The key of this body lies under one of these: the mail was protected by an earlier scan.</summary>
    public static bool IsOver(BodyReference body) => body.WrappedKey.Length == BodyKeySize;

    private readonly Lazy<byte[]> _parent = new(() => platform.Derive("protected-mails"));

    /// <summary>Makes a key for a mail, outside of any transaction.</summary>
    /// <param name="bodyKey">The key of its body.</param>
    /// <param name="subject">Null: it is no secret.</param>
    public NewProtection Make(Guid messageId, string bodyLabel, ReadOnlySpan<byte> bodyKey, string? subject)
    {
        var key = RandomNumberGenerator.GetBytes(PlatformKeys.KeySize);
        var result = new NewProtection(
            KeyWrap.Wrap(_parent.Value, Label(messageId), key),
            [.. messageId.ToByteArray(), .. KeyWrap.Wrap(key, bodyLabel, bodyKey)],
            subject is null ? null : MessageText.Seal(key, subject));
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    /// <exception cref="BodyMissingException">The mail's key was destroyed.</exception>
    /// <exception cref="CryptographicException">Not ours, or changed.</exception>
    public async ValueTask<byte[]> OpenBodyKeyAsync(string bodyName, string bodyLabel, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        var messageId = new Guid(wrapped.Span[..IdSize]);
        var key = await OpenAsync(messageId, cancellationToken) ?? throw new BodyMissingException(bodyName);
        try
        {
            return KeyWrap.Unwrap(key, bodyLabel, wrapped.Span[IdSize..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <returns>Null: it is no secret, or destroyed.</returns>
    public async ValueTask<string?> SubjectAsync(Guid messageId, byte[]? subject, CancellationToken cancellationToken)
    {
        if (subject is null || await OpenAsync(messageId, cancellationToken) is not { } key)
            return null;
        var opened = MessageText.Open(key, subject).Body;
        CryptographicOperations.ZeroMemory(key);
        return opened;
    }

    /// <summary>The password of the files of one delivery, the same each time: 20 of 32 characters, 100 bits, of which none is taken for another.</summary>
    /// <returns>Null: the mail's key was destroyed.</returns>
    public async ValueTask<string?> FilePasswordAsync(Guid messageId, Guid deliveryId, CancellationToken cancellationToken)
    {
        if (await OpenAsync(messageId, cancellationToken) is not { } key)
            return null;
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, PasswordLength, info: Encoding.ASCII.GetBytes($"file-password:{deliveryId:N}"));
        CryptographicOperations.ZeroMemory(key);
        return string.Join('-', derived.Select(octet => PasswordLetters[octet % PasswordLetters.Length]).Chunk(PasswordGroup).Select(group => new string(group)));
    }

    private async ValueTask<byte[]?> OpenAsync(Guid messageId, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        var wrapped = await sql.FirstAsync("SELECT wrapped_key FROM protected_mails WHERE message_id = @id", row => row.Bytes(0), cancellationToken, ("@id", messageId));
        return wrapped is null ? null : KeyWrap.Unwrap(_parent.Value, Label(messageId), wrapped);
    }

    private static string Label(Guid messageId) => $"protected-mail:{messageId:N}";
}

/// <param name="WrappedKey">For its row.</param>
/// <param name="BodyKey">In place of the message's wrapped key.</param>
/// <param name="Subject">Under the key; null: it is no secret.</param>
internal sealed record NewProtection(byte[] WrappedKey, byte[] BodyKey, byte[]? Subject);
