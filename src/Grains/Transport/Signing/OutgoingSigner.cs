using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dkim;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Signing;

/// <summary>
/// Signs mail to the outside (OUT14) in the name of the domain of its author, where that domain is the tenant's and has a key whose record
/// was seen in DNS: by each of its keys, Ed25519 and RSA (RFC 8463, 5). Mail whose author can be read in more than one way is not signed.
/// </summary>
internal sealed partial class OutgoingSigner(IDkimKeys keys, TimeProvider clock, ILogger<OutgoingSigner> logger) : IDisposable
{
    /// <summary>Messages held whole in memory at a time.</summary>
    private const int AtATime = 4;

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <param name="header">The header as it goes out, with its empty line where there is a body.</param>
    /// <param name="body">What follows it, read from where it stands to its end.</param>
    /// <returns>Signature fields with their line ends, to stand before all others; empty: the message is not signed.</returns>
    public async Task<string> SignAsync(Guid tenantId, ReadOnlyMemory<byte> header, Stream body, CancellationToken cancellationToken)
    {
        if (MessageAuthor.Read(header.Span) is not { Fault: AuthorFault.None, Domain: { Length: > 0 } domain })
            return "";
        var found = await keys.SigningAsync(tenantId, domain, cancellationToken);
        if (found.Count == 0)
            return "";
        await _places.WaitAsync(cancellationToken);
        try
        {
            var octets = new byte[header.Length + body.Length - body.Position];
            header.CopyTo(octets);
            await body.ReadExactlyAsync(octets.AsMemory(header.Length), cancellationToken);
            var message = RawMessage.Read(octets);
            return message.IsCut ? "" : string.Concat(found.Select(key => Sign(key, message)));
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private string Sign(SigningKey key, RawMessage message)
    {
        try
        {
            using var secret = DkimPrivateKey.FromPem(key.PrivateKeyPem);
            return new DkimSigner(new DkimSigningOptions { Domain = key.Domain, Selector = key.Selector }, secret).Sign(message, clock.GetUtcNow());
        }
        catch (CryptographicException exception)
        {
            // Unsigned mail is delivered, held mail is not.
            LogNotSigned(key.Id, exception);
            return "";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The DKIM key {KeyId} could not be used; mail goes unsigned by it.")]
    private partial void LogNotSigned(Guid keyId, Exception exception);
}
