using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>What a host of the laboratory shows.</summary>
internal enum LabCertificateKind
{
    /// <summary>Of the root that the platform trusts, for the host.</summary>
    Trusted,
    Expired,
    WrongName,
    SelfSigned,
    SelfSignedExpired,

    /// <summary>Two steps below an authority that nobody trusts.</summary>
    Foreign,
    ForeignExpired,
    ForeignWrongName,

    /// <summary>Signed by somebody who calls itself as the foreign issuer, whose true certificate is shown beside it.</summary>
    Impostor,
}

/// <param name="Chain">Shown beside the leaf.</param>
internal sealed record LabCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain);

/// <summary>The authorities of the laboratory. Keys are made anew for each run; what they sign follows from the situation alone.</summary>
internal sealed class LabCertificates : IDisposable
{
    private const string Other = "elsewhere.invalid";
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch.AddYears(52);
    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch.AddYears(90);

    private readonly List<X509Certificate2> _made = [];
    private readonly X509Certificate2 _impostor;

    public LabCertificates()
    {
        Root = Authority("Laboratory Root", null);
        ForeignAnchor = Authority("Foreign Anchor", Authority("Foreign Root", null));
        ForeignIssuer = Authority("Foreign Issuer", ForeignAnchor);
        _impostor = Authority("Foreign Issuer", null);
    }

    public X509Certificate2 Root { get; }

    /// <summary>What TLSA records name. No root of its own, since .NET's servers show none.</summary>
    public X509Certificate2 ForeignAnchor { get; }

    public X509Certificate2 ForeignIssuer { get; }

    /// <param name="showsAnchor">Whether a foreign chain is shown as far as that.</param>
    public LabCertificate For(string host, LabCertificateKind kind, bool showsAnchor = true) => kind switch
    {
        LabCertificateKind.Trusted => Below(Root, host, Until, []),
        LabCertificateKind.Expired => Below(Root, host, Past, []),
        LabCertificateKind.WrongName => Below(Root, Other, Until, []),
        LabCertificateKind.SelfSigned => new LabCertificate(Leaf(host, null, Until), []),
        LabCertificateKind.SelfSignedExpired => new LabCertificate(Leaf(host, null, Past), []),
        LabCertificateKind.Foreign => Below(ForeignIssuer, host, Until, showsAnchor ? [ForeignIssuer, ForeignAnchor] : [ForeignIssuer]),
        LabCertificateKind.ForeignExpired => Below(ForeignIssuer, host, Past, [ForeignIssuer, ForeignAnchor]),
        LabCertificateKind.ForeignWrongName => Below(ForeignIssuer, Other, Until, [ForeignIssuer, ForeignAnchor]),
        LabCertificateKind.Impostor => Below(_impostor, host, Until, [ForeignIssuer, ForeignAnchor]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public void Dispose() => _made.ForEach(certificate => certificate.Dispose());

    private LabCertificate Below(X509Certificate2 issuer, string host, DateTimeOffset until, X509Certificate2Collection chain) => new(Leaf(host, issuer, until), chain);

    private X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return Finish(request, key, issuer, Until);
    }

    private X509Certificate2 Leaf(string host, X509Certificate2? issuer, DateTimeOffset until)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host[..Math.Min(host.Length, 60)]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return Finish(request, key, issuer, until);
    }

    private X509Certificate2 Finish(CertificateRequest request, ECDsa key, X509Certificate2? issuer, DateTimeOffset until)
    {
        X509Certificate2 made;
        if (issuer is null)
        {
            made = request.CreateSelfSigned(From, until);
        }
        else
        {
            using var signed = request.Create(issuer, From, until, RandomNumberGenerator.GetBytes(8));
            made = signed.CopyWithPrivateKey(key);
        }

        key.Dispose();
        var loaded = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        made.Dispose();
        _made.Add(loaded);
        return loaded;
    }
}
