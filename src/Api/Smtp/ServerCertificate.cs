using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Api.Hosting;

namespace Platform.Api.Smtp;

/// <summary>The certificate of STARTTLS: from PEM files, or in Development one made once and kept below the data folder.</summary>
internal static class ServerCertificate
{
    private const int LifetimeDays = 825;

    /// <exception cref="SettingsException">The files cannot be read, or Production has none.</exception>
    public static X509Certificate2 Load(PlatformSettings settings, bool development, TimeProvider clock)
    {
        if (settings.SmtpCertificate is { } path)
            return PemCertificate.Load("Smtp:Certificate", path, settings.SmtpCertificateKey);
        if (!development)
            throw new SettingsException("Smtp:Certificate is missing. Name the PEM file of the certificate for STARTTLS, and its key in Smtp:CertificateKey.");
        return Kept(Path.Combine(settings.DataDirectory, "keys", "smtp-tls.pfx"), settings.Hostname, clock.GetUtcNow());
    }

    private static X509Certificate2 Kept(string path, string hostname, DateTimeOffset now)
    {
        if (File.Exists(path))
        {
            var kept = X509CertificateLoader.LoadPkcs12FromFile(path, null);
            if (kept.NotAfter > now.UtcDateTime && kept.MatchesHostname(hostname))
                return kept;
            kept.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + hostname, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostname);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(LifetimeDays));
        var bytes = made.Export(X509ContentType.Pkcs12);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path, options))
            file.Write(bytes);
        return X509CertificateLoader.LoadPkcs12(bytes, null);
    }
}
