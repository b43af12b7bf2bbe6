using System.Net;

namespace Platform.Engine.Authentication.Dns;

/// <summary>The data of one record (RFC 1035, 3.3).</summary>
public abstract record DnsRecord
{
    private DnsRecord()
    {
    }

    /// <summary>A (RFC 1035, 3.4.1) or AAAA (RFC 3596, 2.2).</summary>
    /// <param name="Value">IPv4 for A (RFC 1035, 3.4.1), IPv6 for AAAA (RFC 3596, 2.2).</param>
    public sealed record Address(IPAddress Value) : DnsRecord;

    /// <summary>MX (RFC 1035, 3.3.9).</summary>
    /// <param name="Preference">0 to 65,535; the lowest is tried first (RFC 1035, 3.3.9).</param>
    /// <param name="Host">Without the last dot; empty for a null MX (RFC 7505, 3).</param>
    public sealed record Exchanger(int Preference, string Host) : DnsRecord;

    /// <summary>PTR, NS or CNAME (RFC 1035, 3.3.1, 3.3.11, 3.3.12).</summary>
    /// <param name="Host">Without the last dot (RFC 1035, 3.3).</param>
    public sealed record Name(string Host) : DnsRecord;

    /// <summary>TXT (RFC 1035, 3.3.14).</summary>
    /// <param name="Value">The character-strings joined with nothing between (RFC 7208, 3.3), one char (U+0000 to U+00FF) an octet.</param>
    public sealed record Text(string Value) : DnsRecord;

    /// <summary>Any other type.</summary>
    /// <param name="Data">RDATA as it stands (RFC 3597, 4).</param>
    public sealed record Other(ReadOnlyMemory<byte> Data) : DnsRecord;
}
