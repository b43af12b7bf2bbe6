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
}
