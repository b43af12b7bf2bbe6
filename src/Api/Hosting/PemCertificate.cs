using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Api.Hosting;

/// <summary>A server certificate from PEM files.</summary>
internal static class PemCertificate
{
    /// <param name="setting">Named in the refusal; the key's setting is called the same with <c>Key</c> behind it.</param>
    /// <exception cref="SettingsException">The files cannot be read or do not belong together.</exception>
    public static X509Certificate2 Load(string setting, string path, string? keyPath)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(path, keyPath);
            // SslStream wants a key that is bound to the certificate object, which a PEM load does not give everywhere.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{setting} '{path}' cannot be used: {problem.Message} It must be a PEM certificate, with its key there or in {setting}Key.", problem);
        }
    }
}
