using Platform.Engine.Transport;
using Platform.Storage.Transport;

namespace Platform.Benchmarks.SendGuard.Laboratory;

/// <summary>How a mail host of the laboratory behaves.</summary>
internal enum LabServerKind
{
    Tls,
    NoStartTls,
    RefusesStartTls,
    BreaksHandshake,

    /// <summary>Answers a client that knows TLS 1.2 and 1.3 alone as a TLS 1.0 server does: by the alert protocol_version (RFC 5246, E.1).</summary>
    OldTls,

    /// <summary>Sends a reply in the clear behind its reply to STARTTLS.</summary>
    Injects,
}

/// <summary>How the host of an MTA-STS policy behaves.</summary>
internal enum LabPolicyHostKind
{
    Good,
    BadCertificate,
    Redirects,
    TooLarge,
    Missing,
    WrongType,
    Down,
}

/// <param name="Text">Of the policy; <c>HOST</c> stands for the mail host, <c>DOMAIN</c> for the domain.</param>
internal sealed record LabPolicy(string Text, LabPolicyHostKind Host = LabPolicyHostKind.Good)
{
    /// <summary>Published beside the right record, as whoever makes a mistake does.</summary>
    public bool HasTwoRecords { get; init; }

    public static LabPolicy Of(string mode, string mx = "HOST", LabPolicyHostKind host = LabPolicyHostKind.Good) =>
        new($"version: STSv1\r\nmode: {mode}\r\n{(mx.Length == 0 ? "" : $"mx: {mx}\r\n")}max_age: 604800\r\n", host);
}

/// <summary>What DNSSEC makes of a domain.</summary>
internal enum LabZone
{
    Unsigned,
    Signed,

    /// <summary>Its parent says that it is signed, and it is not.</summary>
    Forged,

    /// <summary>Signed, but its TLSA records are forged.</summary>
    ForgedTlsa,

    /// <summary>Signed, but nobody answers for its TLSA records.</summary>
    LameTlsa,
}

/// <param name="Result">Null: no session is recorded.</param>
internal sealed record Expected(bool IsDelivered, bool InTls, TransportPolicyKind Kind, TransportSource Source, TlsResult? Result);

/// <summary>A domain that mail is sent to, and what must become of it.</summary>
internal sealed record Situation(string Name, Expected Expected)
{
    public TransportTls? Setting { get; init; }

    public LabServerKind Server { get; init; }

    public LabCertificateKind Certificate { get; init; }

    public bool ShowsAnchor { get; init; } = true;

    public LabZone Zone { get; init; }

    /// <summary>The MX names an alias of the host.</summary>
    public bool IsAlias { get; init; }

    /// <summary>Data of TLSA records.</summary>
    public Func<LabCertificate, LabCertificates, IReadOnlyList<string>> Tlsa { get; init; } = (_, _) => [];

    public LabPolicy? Policy { get; init; }

    /// <summary>A mail goes well first; then the policy's host fails and the mail host shows this.</summary>
    public LabCertificateKind? Later { get; init; }
}
