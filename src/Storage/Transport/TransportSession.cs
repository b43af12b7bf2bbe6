using Platform.Engine.Transport;

namespace Platform.Storage.Transport;

/// <summary>One try at one mail host of a domain outside, as far as TLS goes.</summary>
/// <param name="Domain">The recipient's, lower case.</param>
/// <param name="MxHost">Empty: no host was reached for, because the policy itself failed.</param>
/// <param name="Address">Of the host; empty as above.</param>
/// <param name="Result">Null: there was no session to judge, or TLS was not wanted.</param>
/// <param name="IsDelivered">The host took the message, or refused it as a message: it got there.</param>
public sealed record TransportSession(
    string Domain, TransportPolicyKind Policy, TransportSource Source, string MxHost, string Address, TlsResult? Result, bool IsDelivered)
{
    /// <summary><c>TLSv1.3</c>; null: in the clear.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>By its name in the IANA registry.</summary>
    public string? Cipher { get; init; }

    /// <summary>What failed, in a sentence; of hostile origin in part.</summary>
    public string? Reason { get; init; }

    /// <summary>Lines of the policy as it was published, for reports (RFC 8460, 4.2); empty where there is none.</summary>
    public string PolicyText { get; init; } = "";
}
