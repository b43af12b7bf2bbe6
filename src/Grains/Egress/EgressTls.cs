using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Grains.Egress;

/// <summary>TLS to addresses that customers name: the certificate is always verified.</summary>
internal static class EgressTls
{
    /// <param name="roots">Trusted beside those of the system; null or empty: those of the system alone.</param>
    public static SslClientAuthenticationOptions Client(X509Certificate2Collection? roots)
    {
        var options = new SslClientAuthenticationOptions();
        if (roots is { Count: > 0 })
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Verify(certificate, chain, errors, roots);
        return options;
    }

    /// <summary>Only these roots are trusted.</summary>
    public static SslClientAuthenticationOptions Only(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    /// <summary>Whatever else is wrong, its name for one, the roots do not make good.</summary>
    private static bool Verify(X509Certificate? certificate, X509Chain? presentedChain, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 presented || presentedChain is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(presentedChain.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }
}
