using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Engine.Transport;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>
/// Judges the certificate of a mail host: by trusted roots and its name (RFC 8461, 4.2), or by the TLSA records of its domain (<see cref="DaneCheck"/>).
/// Nothing that a certificate names is fetched: it comes from a stranger.
/// </summary>
/// <param name="roots">Trusted beside those of the system.</param>
internal sealed class CertificateCheck(X509Certificate2Collection? roots, TimeProvider clock)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>For the handshake itself: no downloads, no questions about revocation.</summary>
    public static X509ChainPolicy Quiet => new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };

    /// <summary>What is wrong with it by the host's policy; null: nothing, or no certificate is asked for.</summary>
    public TlsFault? Fault(SmtpHost host, X509Certificate2? leaf, X509Certificate2Collection presented)
    {
        var isJudged = host.Tls is TlsPolicy.Verified or TlsPolicy.Dane || host.Policy?.Kind == Storage.Transport.TransportPolicyKind.MtaStsTesting;
        if (!isJudged)
            return null;
        if (leaf is null)
            return new TlsFault(TlsResult.ValidationFailure, $"{host.Name} shows no certificate");
        return host is { Tls: TlsPolicy.Dane, Policy: { } policy } ? new DaneCheck(clock).Fault(policy, host.Name, leaf, presented) : ByRoots(host.Name, leaf, presented);
    }

    /// <summary>A chain that ends where it is told to, at the time of the clock.</summary>
    public static X509ChainPolicy Chain(X509Certificate2Collection presented, X509Certificate2Collection? trusted, TimeProvider clock)
    {
        var policy = Quiet;
        policy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.ExtraStore.AddRange(presented);
        if (trusted is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }

    /// <summary>Whether the certificate is for the host (RFC 6125, 6.4).</summary>
    public static bool Bears(X509Certificate2 leaf, string name, bool orCommonName)
    {
        try
        {
            return leaf.MatchesHostname(name, allowWildcards: true, allowCommonName: orCommonName);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // A name that no certificate can bear, or names in it that cannot be read.
            return false;
        }
    }

    public static TlsFault Broken(string host, X509ChainStatusFlags flags) => flags == X509ChainStatusFlags.NotTimeValid
        ? new TlsFault(TlsResult.CertificateExpired, $"the certificate of {host}, or one that it hangs on, has expired or is not good yet")
        : new TlsFault(TlsResult.CertificateNotTrusted, $"the certificate of {host} is not trusted ({flags})");

    private TlsFault? ByRoots(string host, X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        var flags = FlagsOf(leaf, presented, trusted: null);
        if (flags != X509ChainStatusFlags.NoError && roots is { Count: > 0 })
            flags = FlagsOf(leaf, presented, roots);
        if (flags != X509ChainStatusFlags.NoError)
            return Broken(host, flags);
        return Bears(leaf, host, orCommonName: false) ? null : new TlsFault(TlsResult.CertificateHostMismatch, $"the certificate is not for {host}");
    }

    private X509ChainStatusFlags FlagsOf(X509Certificate2 leaf, X509Certificate2Collection presented, X509Certificate2Collection? trusted)
    {
        using var chain = new X509Chain { ChainPolicy = Chain(presented, trusted, clock) };
        var isGood = chain.Build(leaf);
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return isGood ? X509ChainStatusFlags.NoError : flags == X509ChainStatusFlags.NoError ? X509ChainStatusFlags.UntrustedRoot : flags;
    }
}
