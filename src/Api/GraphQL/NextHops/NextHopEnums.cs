using GraphQL.Types;
using Platform.Engine.Transport;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.NextHops;

internal sealed class TransportTlsEnum : EnumerationGraphType
{
    public TransportTlsEnum()
    {
        Name = "TransportTls";
        Description = "How far the way to the mail hosts of a domain outside must be encrypted.";
        Add("AUTOMATIC", TransportTls.Automatic, "What the domain asks for: DANE where it publishes that, else MTA-STS, else TLS where it is offered.");
        Add("NONE", TransportTls.None, "Never TLS; for hosts that break under it.");
        Add("MAY", TransportTls.May, "TLS where it is offered, else in the clear; what the domain publishes is not asked.");
        Add("MUST", TransportTls.Must, "Never in the clear; any certificate.");
        Add("VERIFIED", TransportTls.Verified, "Never in the clear; the certificate must be trusted and name the mail host.");
        Add("MTA_STS", TransportTls.MtaSts, "The domain must have an MTA-STS policy (RFC 8461), and it holds.");
        Add("DANE", TransportTls.Dane, "The mail host must have TLSA records under DNSSEC (RFC 7672), and one must fit.");
    }
}

internal sealed class TransportPolicyKindEnum : EnumerationGraphType
{
    public TransportPolicyKindEnum()
    {
        Name = "TransportPolicyKind";
        Description = "What held for a session with a mail host.";
        Add("NONE", TransportPolicyKind.None, "No TLS.");
        Add("MAY", TransportPolicyKind.May, "TLS where it is offered.");
        Add("MUST", TransportPolicyKind.Must, "TLS with any certificate.");
        Add("VERIFIED", TransportPolicyKind.Verified, "TLS with a trusted certificate for the host.");
        Add("MTA_STS", TransportPolicyKind.MtaSts, "The domain's MTA-STS policy.");
        Add("MTA_STS_TESTING", TransportPolicyKind.MtaStsTesting, "The domain's MTA-STS policy, which only asks to be told.");
        Add("DANE", TransportPolicyKind.Dane, "The host's TLSA records.");
        Add("DANE_UNUSABLE", TransportPolicyKind.DaneUnusable, "TLS with any certificate: the host has TLSA records, but none that can be used.");
    }
}

internal sealed class TransportSourceEnum : EnumerationGraphType
{
    public TransportSourceEnum()
    {
        Name = "TransportSource";
        Description = "Who asked for a policy.";
        Add("STANDARD", TransportSource.Standard, "Nobody.");
        Add("PUBLISHED", TransportSource.Published, "The domain, in DNS.");
        Add("TENANT", TransportSource.Tenant, "The tenant, for all domains.");
        Add("DOMAIN", TransportSource.Domain, "The tenant, for this domain.");
        Add("OPERATOR", TransportSource.Operator, "The operator, for the smart host.");
    }
}

internal sealed class TlsResultEnum : EnumerationGraphType
{
    public TlsResultEnum()
    {
        Name = "TlsResult";
        Description = "How TLS with a mail host went: the result types of RFC 8460, 4.3.";
        Add("SUCCESS", TlsResult.Success, "As the policy asks.");
        Add("STARTTLS_NOT_SUPPORTED", TlsResult.StartTlsNotSupported, "The host offers no TLS, or refuses it.");
        Add("CERTIFICATE_HOST_MISMATCH", TlsResult.CertificateHostMismatch, "The certificate names another host.");
        Add("CERTIFICATE_EXPIRED", TlsResult.CertificateExpired, "The certificate is not good at this time.");
        Add("CERTIFICATE_NOT_TRUSTED", TlsResult.CertificateNotTrusted, "An unknown root, or no TLSA record that fits.");
        Add("VALIDATION_FAILURE", TlsResult.ValidationFailure, "A handshake that breaks, or a host that the policy does not name.");
        Add("TLSA_INVALID", TlsResult.TlsaInvalid, "No TLSA record can be used.");
        Add("DNSSEC_INVALID", TlsResult.DnssecInvalid, "The look-up of TLSA records failed.");
        Add("DANE_REQUIRED", TlsResult.DaneRequired, "DANE is asked for and the host has no records.");
        Add("STS_POLICY_FETCH_ERROR", TlsResult.StsPolicyFetchError, "The MTA-STS policy could not be fetched.");
        Add("STS_POLICY_INVALID", TlsResult.StsPolicyInvalid, "What was fetched is no MTA-STS policy.");
        Add("STS_WEBPKI_INVALID", TlsResult.StsWebpkiInvalid, "The host of the MTA-STS policy shows a certificate that is not trusted.");
    }
}

internal sealed class DkimKeyKindEnum : EnumerationGraphType
{
    public DkimKeyKindEnum()
    {
        Name = "DkimKeyKind";
        Description = "Kind of a key that signs mail.";
        Add("RSA", DkimKeyKind.Rsa, "2048 bits; every receiver can verify it.");
        Add("ED25519", DkimKeyKind.Ed25519, "RFC 8463; a short record, not yet read by all, so beside an RSA key.");
    }
}

internal sealed class DkimKeyStateEnum : EnumerationGraphType
{
    public DkimKeyStateEnum()
    {
        Name = "DkimKeyState";
        Description = "Where a key stands on its way.";
        Add("WAITING", DkimKeyState.Waiting, "Its record is not in DNS: publish it. Nothing is signed with it.");
        Add("ACTIVE", DkimKeyState.Active, "It signs.");
        Add("RETIRING", DkimKeyState.Retiring, "It signs no more; leave its record for a week.");
        Add("RETIRED", DkimKeyState.Retired, "Its record can be taken away.");
    }
}
