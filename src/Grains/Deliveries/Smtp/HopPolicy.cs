using Platform.Engine.Transport;
using Platform.Storage.Transport;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>What holds for sessions with one mail host outside, and who asked for it.</summary>
internal sealed record HopPolicy(TransportPolicyKind Kind, TransportSource Source)
{
    /// <summary>Usable ones; one must fit the certificate. For <see cref="TransportPolicyKind.Dane"/>.</summary>
    public IReadOnlyList<TlsaRecord> Tlsa { get; init; } = [];

    /// <summary>Names of which the certificate must bear one under a root of the domain's own (RFC 7672, 3.2.2).</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The name asked for by SNI; null: that of the host (RFC 7672, 8.1).</summary>
    public string? ServerName { get; init; }

    /// <summary>What is wrong with the policy itself: told as the session's result, whatever becomes of the session.</summary>
    public TlsFault? Fault { get; init; }

    /// <summary>As published, for reports.</summary>
    public string Text { get; init; } = "";

    public TlsPolicy Tls => Kind switch
    {
        TransportPolicyKind.None => TlsPolicy.None,
        TransportPolicyKind.May or TransportPolicyKind.MtaStsTesting => TlsPolicy.May,
        TransportPolicyKind.Must or TransportPolicyKind.DaneUnusable => TlsPolicy.Must,
        TransportPolicyKind.Verified or TransportPolicyKind.MtaSts => TlsPolicy.Verified,
        TransportPolicyKind.Dane => TlsPolicy.Dane,
        _ => throw new InvalidOperationException($"No such policy: {Kind}."),
    };
}

/// <param name="Reason">A sentence without its end; of hostile origin in part.</param>
internal sealed record TlsFault(TlsResult Result, string Reason);

/// <summary>How TLS with a host went.</summary>
/// <param name="Fault">Null: as the policy asks.</param>
/// <param name="Version"><c>TLSv1.3</c>; null: the message went, or would have gone, in the clear.</param>
/// <param name="Cipher">By its name in the IANA registry.</param>
internal sealed record TlsFinding(TlsFault? Fault, string? Version = null, string? Cipher = null);
