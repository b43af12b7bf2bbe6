using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Platform.Grains.Egress;
using Platform.Storage.Onboarding.Ldap;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>The directory could not be read; the message is for the customer.</summary>
internal sealed class LdapException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A connection to a tenant's directory, always encrypted and always verified before the secret is sent; every wait and every length bounded.</summary>
internal sealed class LdapConnection : IAsyncDisposable
{
    private const int MaxMessage = 4 * 1024 * 1024;
    private const int PageSize = 500;

    /// <summary>Of one connection: entries, and what else comes between them and the ends of pages.</summary>
    private const int MaxMessages = 100_000;
    private const long MaxBytes = 512L * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private Stream _stream;
    private int _id;
    private int _messages;
    private long _bytes;

    private LdapConnection(Stream stream, TimeProvider clock) => (_stream, _clock) = (stream, clock);

    /// <exception cref="LdapException">No connection, no TLS, or the name and secret are refused.</exception>
    public static async Task<LdapConnection> OpenAsync(EgressConnector connector, NewLdapDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        LdapConnection? connection = null;
        try
        {
            connection = new LdapConnection(new NetworkStream(await connector.ConnectAsync(directory.Host, directory.Port, cancellationToken), ownsSocket: true), clock);
            if (directory.Security == LdapSecurity.StartTls)
                await connection.AskAsync(LdapMessages.StartTls(++connection._id), LdapMessages.ExtendedResponse, "StartTLS", cancellationToken);
            await connection.SecureAsync(directory, cancellationToken);
            await connection.AskAsync(LdapMessages.Bind(++connection._id, directory.BindName, directory.BindSecret ?? ""), LdapMessages.BindResponse, "sign-in", cancellationToken);
            return connection;
        }
        catch (Exception exception) when (exception is EgressRefusedException or SocketException or IOException or AuthenticationException)
        {
            await DisposeAsync(connection);
            throw new LdapException(exception is AuthenticationException ? $"TLS failed: {exception.Message}" : exception.Message, exception);
        }
        catch
        {
            await DisposeAsync(connection);
            throw;
        }
    }

    /// <summary>Entries below the base, page by page (RFC 2696).</summary>
    /// <exception cref="LdapException">The filter is none, or the directory refuses.</exception>
    public async IAsyncEnumerable<LdapEntry> SearchAsync(NewLdapDirectory directory, IReadOnlyList<string> attributes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] cookie = [];
        do
        {
            await SendAsync(Request(directory, attributes, cookie), cancellationToken);
            LdapReply reply;
            while ((reply = await ReceiveAsync(cancellationToken)).Operation != LdapMessages.SearchDone)
            {
                if (reply.Entry is { } entry)
                    yield return entry;
            }

            if (reply.Result is not { Code: 0 })
                throw new LdapException($"The search was refused: {reply.Result?.Code} {reply.Result?.Message}");
            cookie = reply.Cookie;
        }
        while (cookie.Length > 0);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private byte[] Request(NewLdapDirectory directory, IReadOnlyList<string> attributes, byte[] cookie)
    {
        try
        {
            return LdapMessages.Search(++_id, directory.Base, directory.Filter, attributes, PageSize, cookie);
        }
        catch (FormatException exception)
        {
            throw new LdapException(exception.Message, exception);
        }
    }

    private async Task SecureAsync(NewLdapDirectory directory, CancellationToken cancellationToken)
    {
        var options = EgressTls.Client(null);
        if (directory.TrustedRoots is { Length: > 0 } pem)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem);
            options = EgressTls.Only(roots);
        }

        options.TargetHost = directory.Host;
        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secure;
        await WithinAsync(async token =>
        {
            await secure.AuthenticateAsClientAsync(options, token);
            return 0;
        }, cancellationToken);
    }

    private async Task AskAsync(byte[] request, int wanted, string what, CancellationToken cancellationToken)
    {
        await SendAsync(request, cancellationToken);
        var reply = await ReceiveAsync(cancellationToken);
        if (reply.Operation != wanted || reply.Result is not { Code: 0 })
            throw new LdapException($"The directory refuses {what}: {reply.Result?.Code} {reply.Result?.Message}");
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken) => await WithinAsync(async token =>
    {
        await _stream.WriteAsync(message, token);
        await _stream.FlushAsync(token);
        return 0;
    }, cancellationToken);

    private async Task<LdapReply> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = LdapMessages.Read(await WithinAsync(ReadMessageAsync, cancellationToken));
            // 0 is a notice of disconnection (RFC 4511, 4.4.1); another number is an answer to nothing.
            return reply.Id == _id ? reply : throw new LdapException("The directory ends the connection.");
        }
        catch (AsnContentException exception)
        {
            throw new LdapException("The answer of the directory is no LDAP.", exception);
        }
    }

    /// <summary>One message: tag, length in the definite form (RFC 4511, 5.1), content.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadMessageAsync(CancellationToken cancellationToken)
    {
        var head = new byte[6];
        await _stream.ReadExactlyAsync(head.AsMemory(0, 2), cancellationToken);
        var (headLength, length) = (2, (int)head[1]);
        if (head[1] > 0x80)
        {
            var octets = head[1] & 0x7F;
            if (octets > 4)
                throw new LdapException("The answer of the directory is too large.");
            await _stream.ReadExactlyAsync(head.AsMemory(2, octets), cancellationToken);
            var padded = new byte[4];
            head.AsSpan(2, octets).CopyTo(padded.AsSpan(4 - octets));
            (headLength, length) = (2 + octets, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(padded), int.MaxValue));
        }

        _messages++;
        _bytes += length;
        if (head[1] == 0x80 || length > MaxMessage || _messages > MaxMessages || _bytes > MaxBytes)
            throw new LdapException("The answer of the directory is too large.");
        var message = new byte[headLength + length];
        head.AsSpan(0, headLength).CopyTo(message);
        await _stream.ReadExactlyAsync(message.AsMemory(headLength), cancellationToken);
        return message;
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LdapException($"The directory gave no answer within {Patience.TotalSeconds:0} seconds.", exception);
        }
        catch (IOException exception)
        {
            throw new LdapException("The connection to the directory broke.", exception);
        }
    }

    private static async ValueTask DisposeAsync(LdapConnection? connection)
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
