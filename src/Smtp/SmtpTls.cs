using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Smtp;

/// <summary>Ready-made values for <see cref="SmtpServerOptions.Tls"/>.</summary>
public static class SmtpTls
{
    /// <summary>The same certificate for every client.</summary>
    /// <param name="chain">Intermediate certificates to send along.</param>
    public static Func<SslClientHelloInfo, CancellationToken, ValueTask<SslServerAuthenticationOptions>> WithCertificate(
        X509Certificate2 certificate, X509Certificate2Collection? chain = null)
    {
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return (_, _) => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = context });
    }

    /// <summary>As <see cref="WithCertificate"/>, and clients are asked for a certificate of theirs. One that shows none, or one that nobody signed, gets in all the same: what it is worth is the host's to say.</summary>
    /// <param name="asks">Whether it is worth asking now.</param>
    public static Func<SslClientHelloInfo, CancellationToken, ValueTask<SslServerAuthenticationOptions>> AskingForCertificates(
        X509Certificate2 certificate, Func<CancellationToken, ValueTask<bool>> asks)
    {
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return async (_, token) => await asks(token)
            ? new SslServerAuthenticationOptions
            {
                ServerCertificateContext = context,
                ClientCertificateRequired = true,
                // No authority is asked: either a key was proven to be held, or none was shown.
                RemoteCertificateValidationCallback = (_, shown, _, errors) => shown is not null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
                // The chain of what a stranger shows is built before anybody logged in: nothing that it names is fetched.
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
                // A session that was begun with a certificate cannot go on where none is asked for any more.
                AllowTlsResume = false,
            }
            : new SslServerAuthenticationOptions { ServerCertificateContext = context };
    }
}
