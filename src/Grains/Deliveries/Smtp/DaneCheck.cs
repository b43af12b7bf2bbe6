using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Platform.Engine.Transport;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>
/// Holds a certificate against TLSA records (RFC 7672, 3.1). One for the host's own certificate (usage 3) needs to fit it and nothing else:
/// neither its names nor its dates count. One for a root (usage 2) must fit a certificate that the host's own hangs on, in time, and the
/// host's own must bear one of the names.
/// </summary>
internal sealed class DaneCheck(TimeProvider clock)
{
    private const X509ChainStatusFlags Rootless = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    /// <returns>Null: one record fits.</returns>
    public TlsFault? Fault(HopPolicy policy, string host, X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        if (policy.Tlsa.Any(record => record.Usage == TlsaUsage.DaneEe && Fits(record, leaf)))
            return null;
        List<TlsaRecord> roots = [.. policy.Tlsa.Where(record => record.Usage == TlsaUsage.DaneTa)];
        TlsFault? nearest = null;
        foreach (var (anchor, below) in Anchors(roots, leaf, presented))
        {
            var flags = FlagsUpTo(anchor, leaf, below);
            if (flags is null)
                continue;
            if (flags != X509ChainStatusFlags.NoError)
                nearest ??= CertificateCheck.Broken(host, flags.Value);
            else if (!policy.Names.Any(name => CertificateCheck.Bears(leaf, name, orCommonName: true)))
                nearest = new TlsFault(TlsResult.CertificateHostMismatch, $"the certificate hangs on a root that a TLSA record names, but is not for {host}");
            else
                return null;
        }

        return nearest ?? new TlsFault(TlsResult.CertificateNotTrusted, $"no TLSA record of {host} fits its certificate");
    }

    private static bool Fits(TlsaRecord record, X509Certificate2 certificate)
    {
        var selected = record.Selector == TlsaRecord.Certificate ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return record.MatchingType switch
        {
            TlsaRecord.Exact => record.Data.Span.SequenceEqual(selected),
            TlsaRecord.Sha256 => record.Data.Span.SequenceEqual(SHA256.HashData(selected)),
            TlsaRecord.Sha512 => record.Data.Span.SequenceEqual(SHA512.HashData(selected)),
            _ => false,
        };
    }

    /// <summary>Certificates at which a chain may end, each with those that may lie below it.</summary>
    /// <remarks>What the anchor itself hangs on is left out: the chain ends there, whatever has become of the rest (RFC 7671, 5.2).</remarks>
    private static IEnumerable<(X509Certificate2 Anchor, X509Certificate2Collection Below)> Anchors(List<TlsaRecord> records, X509Certificate2 leaf, X509Certificate2Collection presented)
    {
        foreach (var candidate in presented.Where(candidate => !candidate.RawDataMemory.Span.SequenceEqual(leaf.RawData)))
            if (records.Exists(record => Fits(record, candidate)))
                yield return (candidate, Below(candidate, presented));
        foreach (var record in records.Where(record => record.MatchingType == TlsaRecord.Exact))
        {
            // Given in full, it need not be presented (RFC 7671, 5.2.2 and 5.2.3).
            if (record.Selector == TlsaRecord.Certificate)
            {
                if (Load(record.Data) is { } whole)
                    yield return (whole, Below(whole, [.. presented, whole]));
            }
            else if (presented.Prepend(leaf).FirstOrDefault(top => IsSignedBy(top, record.Data)) is { } top)
                yield return (top, Below(top, presented));
        }
    }

    private static X509Certificate2Collection Below(X509Certificate2 anchor, X509Certificate2Collection presented)
    {
        var isRoot = anchor.SubjectName.RawData.AsSpan().SequenceEqual(anchor.IssuerName.RawData);
        return [.. presented.Where(one => isRoot || !one.SubjectName.RawData.AsSpan().SequenceEqual(anchor.IssuerName.RawData))];
    }

    /// <summary>What is wrong with the chain from the host's certificate to the anchor; null: it does not lead there.</summary>
    private X509ChainStatusFlags? FlagsUpTo(X509Certificate2 anchor, X509Certificate2 leaf, X509Certificate2Collection below)
    {
        using var chain = new X509Chain { ChainPolicy = CertificateCheck.Chain(below, [anchor], clock) };
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.Build(leaf);
        var end = chain.ChainElements.ToList().FindIndex(element => element.Certificate.RawDataMemory.Span.SequenceEqual(anchor.RawData));
        if (end < 0)
            return null;
        return chain.ChainElements.Take(end + 1).SelectMany(element => element.ChainElementStatus).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) & ~Rootless;
    }

    private static X509Certificate2? Load(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsSignedBy(X509Certificate2 certificate, ReadOnlyMemory<byte> publicKey)
    {
        try
        {
            new X509CertificateParser().ReadCertificate(certificate.RawData).Verify(PublicKeyFactory.CreateKey(publicKey.ToArray()));
            return true;
        }
        catch (Exception)
        {
            // The data comes from a stranger's DNS and the certificate from a stranger's host; whatever does not verify does not fit.
            return false;
        }
    }
}
