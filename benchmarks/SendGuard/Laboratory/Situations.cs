using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Engine.Transport;
using Platform.Storage.Transport;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>Next hops with good and bad TLS, MTA-STS and TLSA, with what RFC 7672, 8460 and 8461 and the setting ask for.</summary>
internal static class Situations
{
    private const TransportSource Standard = TransportSource.Standard;
    private const TransportSource Published = TransportSource.Published;
    private const TransportSource Domain = TransportSource.Domain;

    public static IReadOnlyList<Situation> All { get; } = [.. Opportunistic(), .. Set(), .. ByMtaSts(), .. ByDane(), .. Both()];

    private static Expected Sent(TransportPolicyKind kind, TransportSource source, TlsResult? result = TlsResult.Success) => new(true, true, kind, source, result);

    private static Expected Clear(TransportPolicyKind kind, TransportSource source, TlsResult? result) => new(true, false, kind, source, result);

    private static Expected Waits(TransportPolicyKind kind, TransportSource source, TlsResult? result) => new(false, false, kind, source, result);

    private static IEnumerable<Situation> Opportunistic()
    {
        foreach (var kind in (LabCertificateKind[])[LabCertificateKind.Trusted, LabCertificateKind.SelfSigned, LabCertificateKind.Expired, LabCertificateKind.WrongName, LabCertificateKind.Foreign])
            yield return new($"nothing published, certificate {kind}", Sent(TransportPolicyKind.May, Standard)) { Certificate = kind };
        yield return new("nothing published, no STARTTLS", Clear(TransportPolicyKind.May, Standard, TlsResult.StartTlsNotSupported)) { Server = LabServerKind.NoStartTls };
        yield return new("nothing published, STARTTLS refused", Clear(TransportPolicyKind.May, Standard, TlsResult.StartTlsNotSupported)) { Server = LabServerKind.RefusesStartTls };
        yield return new("nothing published, handshake breaks", Clear(TransportPolicyKind.May, Standard, TlsResult.ValidationFailure)) { Server = LabServerKind.BreaksHandshake };
        yield return new("nothing published, TLS 1.0", Clear(TransportPolicyKind.May, Standard, TlsResult.ValidationFailure)) { Server = LabServerKind.OldTls };
        yield return new("nothing published, reply injected", Waits(TransportPolicyKind.May, Standard, TlsResult.ValidationFailure)) { Server = LabServerKind.Injects };
        yield return new("signed zone without TLSA", Sent(TransportPolicyKind.May, Standard)) { Zone = LabZone.Signed, Certificate = LabCertificateKind.SelfSigned };
        yield return new("MX forged", Waits(TransportPolicyKind.May, Standard, null)) { Zone = LabZone.Forged };
    }

    private static IEnumerable<Situation> Set()
    {
        yield return new("none, TLS offered", Clear(TransportPolicyKind.None, Domain, null)) { Setting = TransportTls.None };
        yield return new("may, MTA-STS broken", Sent(TransportPolicyKind.May, Domain)) { Setting = TransportTls.May, Certificate = LabCertificateKind.SelfSigned, Policy = LabPolicy.Of("enforce", "other.invalid") };
        foreach (var (certificate, server, result) in ((LabCertificateKind, LabServerKind, TlsResult)[])
        [
            (LabCertificateKind.SelfSigned, LabServerKind.Tls, TlsResult.Success),
            (LabCertificateKind.Expired, LabServerKind.Tls, TlsResult.Success),
            (LabCertificateKind.Trusted, LabServerKind.NoStartTls, TlsResult.StartTlsNotSupported),
            (LabCertificateKind.Trusted, LabServerKind.RefusesStartTls, TlsResult.StartTlsNotSupported),
            (LabCertificateKind.Trusted, LabServerKind.BreaksHandshake, TlsResult.ValidationFailure),
            (LabCertificateKind.Trusted, LabServerKind.OldTls, TlsResult.ValidationFailure),
        ])
        {
            yield return new($"must, {server}, {certificate}", result == TlsResult.Success ? Sent(TransportPolicyKind.Must, Domain) : Waits(TransportPolicyKind.Must, Domain, result))
            {
                Setting = TransportTls.Must, Certificate = certificate, Server = server,
            };
        }

        foreach (var (certificate, server, result) in ((LabCertificateKind, LabServerKind, TlsResult)[])
        [
            (LabCertificateKind.Trusted, LabServerKind.Tls, TlsResult.Success),
            (LabCertificateKind.Expired, LabServerKind.Tls, TlsResult.CertificateExpired),
            (LabCertificateKind.WrongName, LabServerKind.Tls, TlsResult.CertificateHostMismatch),
            (LabCertificateKind.SelfSigned, LabServerKind.Tls, TlsResult.CertificateNotTrusted),
            (LabCertificateKind.Foreign, LabServerKind.Tls, TlsResult.CertificateNotTrusted),
            (LabCertificateKind.Trusted, LabServerKind.NoStartTls, TlsResult.StartTlsNotSupported),
        ])
        {
            yield return new($"verified, {server}, {certificate}", result == TlsResult.Success ? Sent(TransportPolicyKind.Verified, Domain) : Waits(TransportPolicyKind.Verified, Domain, result))
            {
                Setting = TransportTls.Verified, Certificate = certificate, Server = server,
            };
        }

        yield return new("mta-sts asked for, no policy", Waits(TransportPolicyKind.MtaSts, Domain, TlsResult.StsPolicyFetchError)) { Setting = TransportTls.MtaSts };
        yield return new("mta-sts asked for, testing, untrusted", Waits(TransportPolicyKind.MtaSts, Domain, TlsResult.CertificateNotTrusted))
        {
            Setting = TransportTls.MtaSts, Policy = LabPolicy.Of("testing"), Certificate = LabCertificateKind.SelfSigned,
        };
        yield return new("mta-sts asked for, enforce", Sent(TransportPolicyKind.MtaSts, Domain)) { Setting = TransportTls.MtaSts, Policy = LabPolicy.Of("enforce") };
        yield return new("dane asked for, no records", Waits(TransportPolicyKind.Dane, Domain, TlsResult.DaneRequired)) { Setting = TransportTls.Dane, Zone = LabZone.Signed };
        yield return new("dane asked for, unsigned zone", Waits(TransportPolicyKind.Dane, Domain, TlsResult.DaneRequired)) { Setting = TransportTls.Dane, Tlsa = Leaf(3, 1, 1) };
        yield return new("dane asked for, unusable", Waits(TransportPolicyKind.Dane, Domain, TlsResult.TlsaInvalid)) { Setting = TransportTls.Dane, Zone = LabZone.Signed, Tlsa = Leaf(1, 1, 1) };
        yield return new("dane asked for, right", Sent(TransportPolicyKind.Dane, Domain)) { Setting = TransportTls.Dane, Zone = LabZone.Signed, Tlsa = Leaf(3, 1, 1), Certificate = LabCertificateKind.SelfSigned };
    }

    private static IEnumerable<Situation> ByMtaSts()
    {
        yield return Sts("enforce", LabPolicy.Of("enforce"), Sent(TransportPolicyKind.MtaSts, Published));
        yield return Sts("enforce, pattern", LabPolicy.Of("enforce", "*.DOMAIN"), Sent(TransportPolicyKind.MtaSts, Published));
        yield return Sts("enforce, other host", LabPolicy.Of("enforce", "mail.other.invalid"), Waits(TransportPolicyKind.MtaSts, Published, TlsResult.ValidationFailure));
        yield return Sts("enforce, pattern one label short", LabPolicy.Of("enforce", "*.test"), Waits(TransportPolicyKind.MtaSts, Published, TlsResult.ValidationFailure));
        foreach (var (certificate, result) in ((LabCertificateKind, TlsResult)[])
        [
            (LabCertificateKind.Expired, TlsResult.CertificateExpired),
            (LabCertificateKind.SelfSigned, TlsResult.CertificateNotTrusted),
            (LabCertificateKind.Foreign, TlsResult.CertificateNotTrusted),
            (LabCertificateKind.WrongName, TlsResult.CertificateHostMismatch),
        ])
        {
            yield return Sts($"enforce, {certificate}", LabPolicy.Of("enforce"), Waits(TransportPolicyKind.MtaSts, Published, result)) with { Certificate = certificate };
            yield return Sts($"testing, {certificate}", LabPolicy.Of("testing"), Sent(TransportPolicyKind.MtaStsTesting, Published, result)) with { Certificate = certificate };
        }

        yield return Sts("enforce, STARTTLS stripped", LabPolicy.Of("enforce"), Waits(TransportPolicyKind.MtaSts, Published, TlsResult.StartTlsNotSupported)) with { Server = LabServerKind.NoStartTls };
        yield return Sts("testing, STARTTLS stripped", LabPolicy.Of("testing"), Clear(TransportPolicyKind.MtaStsTesting, Published, TlsResult.StartTlsNotSupported)) with { Server = LabServerKind.NoStartTls };
        yield return Sts("testing", LabPolicy.Of("testing"), Sent(TransportPolicyKind.MtaStsTesting, Published));
        yield return Sts("testing, other host", LabPolicy.Of("testing", "mail.other.invalid"), Sent(TransportPolicyKind.MtaStsTesting, Published, TlsResult.ValidationFailure));
        yield return Sts("mode none", LabPolicy.Of("none", ""), Sent(TransportPolicyKind.May, Standard)) with { Certificate = LabCertificateKind.SelfSigned };
        yield return Sts("two records", LabPolicy.Of("enforce", "other.invalid") with { HasTwoRecords = true }, Sent(TransportPolicyKind.May, Standard));
        yield return Sts("no policy in it", new LabPolicy("version: STSv1\nmode: perhaps\nmx: HOST\nmax_age: 86400\n"), Sent(TransportPolicyKind.May, Standard, TlsResult.StsPolicyInvalid));
        foreach (var (host, result) in ((LabPolicyHostKind, TlsResult)[])
        [
            (LabPolicyHostKind.BadCertificate, TlsResult.StsWebpkiInvalid),
            (LabPolicyHostKind.Redirects, TlsResult.StsPolicyFetchError),
            (LabPolicyHostKind.TooLarge, TlsResult.StsPolicyFetchError),
            (LabPolicyHostKind.Missing, TlsResult.StsPolicyFetchError),
            (LabPolicyHostKind.WrongType, TlsResult.StsPolicyFetchError),
            (LabPolicyHostKind.Down, TlsResult.StsPolicyFetchError),
        ])
        {
            yield return Sts($"policy host {host}", LabPolicy.Of("enforce", "other.invalid", host), Sent(TransportPolicyKind.May, Standard, result));
        }

        yield return Sts("kept while its host fails", LabPolicy.Of("enforce"), Waits(TransportPolicyKind.MtaSts, Published, TlsResult.CertificateNotTrusted)) with { Later = LabCertificateKind.SelfSigned };
    }

    private static IEnumerable<Situation> ByDane()
    {
        foreach (var (selector, matching) in ((byte, byte)[])[(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)])
        {
            yield return Dane($"3 {selector} {matching}", Leaf(3, selector, matching), LabCertificateKind.SelfSigned);
            yield return Dane($"2 {selector} {matching}", Anchor(selector, matching), LabCertificateKind.Foreign);
            yield return Dane($"3 {selector} {matching}, another's", Others(3, selector, matching), LabCertificateKind.SelfSigned, TlsResult.CertificateNotTrusted);
            yield return Dane($"2 {selector} {matching}, another's", Others(2, selector, matching), LabCertificateKind.Foreign, TlsResult.CertificateNotTrusted);
        }

        yield return Dane("2 0 1 of the issuer", (_, all) => [Data(2, 0, 1, all.ForeignIssuer)], LabCertificateKind.Foreign);
        yield return Dane("2 0 0, anchor not shown", Anchor(0, 0), LabCertificateKind.Foreign) with { ShowsAnchor = false };
        yield return Dane("2 1 0, anchor not shown", Anchor(1, 0), LabCertificateKind.Foreign) with { ShowsAnchor = false };
        yield return Dane("2 0 1, anchor not shown", Anchor(0, 1), LabCertificateKind.Foreign, TlsResult.CertificateNotTrusted) with { ShowsAnchor = false };
        yield return Dane("2 1 1, wrong name", Anchor(1, 1), LabCertificateKind.ForeignWrongName, TlsResult.CertificateHostMismatch);
        yield return Dane("2 1 1, expired", Anchor(1, 1), LabCertificateKind.ForeignExpired, TlsResult.CertificateExpired);
        yield return Dane("2 0 1, impostor", (_, all) => [Data(2, 0, 1, all.ForeignIssuer)], LabCertificateKind.Impostor, TlsResult.CertificateNotTrusted);
        yield return Dane("3 1 1, expired", Leaf(3, 1, 1), LabCertificateKind.SelfSignedExpired);
        yield return Dane("3 1 1, wrong name", Leaf(3, 1, 1), LabCertificateKind.WrongName);
        yield return Dane("rollover, old and new", (own, all) => [Data(3, 1, 1, all.Root), Data(3, 1, 1, own.Leaf)], LabCertificateKind.SelfSigned);
        yield return Dane("rollover, root and leaf", (own, all) => [Data(2, 1, 1, all.Root), Data(3, 1, 1, own.Leaf)], LabCertificateKind.SelfSigned);
        yield return Dane("stronger digest is another's", (own, all) => [Data(3, 1, 2, all.Root), Data(3, 1, 1, own.Leaf)], LabCertificateKind.SelfSigned, TlsResult.CertificateNotTrusted);
        yield return Dane("usable beside unusable", (own, _) => [Data(1, 1, 1, own.Leaf), Data(3, 1, 1, own.Leaf)], LabCertificateKind.SelfSigned);
        yield return Dane("3 1 1, alias", Leaf(3, 1, 1), LabCertificateKind.SelfSigned) with { IsAlias = true };
        yield return Dane("3 1 1, STARTTLS stripped", Leaf(3, 1, 1), LabCertificateKind.SelfSigned, TlsResult.StartTlsNotSupported) with { Server = LabServerKind.NoStartTls };
        yield return Dane("3 1 1, TLS 1.0", Leaf(3, 1, 1), LabCertificateKind.SelfSigned, TlsResult.ValidationFailure) with { Server = LabServerKind.OldTls };
        yield return Dane("records forged", Leaf(3, 1, 1), LabCertificateKind.SelfSigned, TlsResult.DnssecInvalid) with { Zone = LabZone.ForgedTlsa };
        yield return Dane("nobody answers for records", Leaf(3, 1, 1), LabCertificateKind.SelfSigned, TlsResult.DnssecInvalid) with { Zone = LabZone.LameTlsa };
        yield return new("DANE: unusable alone", Sent(TransportPolicyKind.DaneUnusable, Published, TlsResult.TlsaInvalid)) { Zone = LabZone.Signed, Tlsa = Leaf(1, 1, 1), Certificate = LabCertificateKind.SelfSigned };
        yield return new("DANE: unusable alone, STARTTLS stripped", Waits(TransportPolicyKind.DaneUnusable, Published, TlsResult.TlsaInvalid)) { Zone = LabZone.Signed, Tlsa = Leaf(0, 0, 1), Server = LabServerKind.NoStartTls };
        yield return new("DANE: another's, unsigned zone", Sent(TransportPolicyKind.May, Standard)) { Tlsa = Others(3, 1, 1), Certificate = LabCertificateKind.SelfSigned };
    }

    private static IEnumerable<Situation> Both()
    {
        yield return Dane("right, MTA-STS names another host", Leaf(3, 1, 1), LabCertificateKind.SelfSigned) with { Policy = LabPolicy.Of("enforce", "other.invalid") };
        yield return Dane("another's, MTA-STS right", Others(3, 1, 1), LabCertificateKind.Trusted, TlsResult.CertificateNotTrusted) with { Policy = LabPolicy.Of("enforce") };
        yield return Sts("signed zone without TLSA, enforce", LabPolicy.Of("enforce"), Waits(TransportPolicyKind.MtaSts, Published, TlsResult.CertificateNotTrusted)) with
        {
            Zone = LabZone.Signed, Certificate = LabCertificateKind.SelfSigned,
        };
    }

    private static Situation Sts(string name, LabPolicy policy, Expected expected) => new($"MTA-STS: {name}", expected) { Policy = policy };

    private static Situation Dane(
        string name, Func<LabCertificate, LabCertificates, IReadOnlyList<string>> tlsa, LabCertificateKind certificate, TlsResult result = TlsResult.Success) =>
        new($"DANE: {name}", result == TlsResult.Success ? Sent(TransportPolicyKind.Dane, Published) : Waits(TransportPolicyKind.Dane, Published, result))
        {
            Zone = LabZone.Signed, Tlsa = tlsa, Certificate = certificate,
        };

    private static Func<LabCertificate, LabCertificates, IReadOnlyList<string>> Leaf(byte usage, byte selector, byte matching) => (own, _) => [Data(usage, selector, matching, own.Leaf)];

    private static Func<LabCertificate, LabCertificates, IReadOnlyList<string>> Anchor(byte selector, byte matching) => (_, all) => [Data(2, selector, matching, all.ForeignAnchor)];

    private static Func<LabCertificate, LabCertificates, IReadOnlyList<string>> Others(byte usage, byte selector, byte matching) => (_, all) => [Data(usage, selector, matching, all.Root)];

    /// <summary>RFC 6698, 2.2.</summary>
    private static string Data(byte usage, byte selector, byte matching, X509Certificate2 certificate)
    {
        var selected = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        var data = matching switch { 0 => selected, 1 => SHA256.HashData(selected), _ => SHA512.HashData(selected) };
        return $"{usage} {selector} {matching} {Convert.ToHexStringLower(data)}";
    }
}
