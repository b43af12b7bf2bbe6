using Platform.Engine.Transport;
using Platform.Storage.Model;

namespace Platform.Storage.Transport;

/// <summary>A tenant's word on TLS towards one domain, or towards all.</summary>
public sealed class TransportPolicyRow : ITenantOwned
{
    /// <summary>In place of a domain: all that have no row of their own.</summary>
    public const string AllDomains = "*";

    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Lower-case A-labels, or <see cref="AllDomains"/>; once for each tenant.</summary>
    public required string Domain { get; init; }
    public required TransportTls Tls { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

/// <summary>A domain that a tenant sent to, and how the last tries went.</summary>
public sealed class TransportDestinationRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string Domain { get; init; }

    /// <summary>What held at the last try.</summary>
    public required TransportPolicyKind Policy { get; set; }
    public required TransportSource Source { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>Of the last success: host, TLS version, cipher; the latter two null: in the clear.</summary>
    public string? LastSuccessHost { get; set; }
    public string? LastTlsVersion { get; set; }
    public string? LastCipher { get; set; }
    public DateTimeOffset? LastFailureAt { get; set; }
    public TlsResult? LastFailureResult { get; set; }

    public string? LastFailureHost { get; set; }

    /// <summary>A sentence; of hostile origin in part.</summary>
    public string? LastFailureReason { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Sessions of one day with one mail host that ended alike.</summary>
public sealed class TransportSessionRow : ITenantOwned
{
    public required Guid TenantId { get; init; }

    /// <summary>Its beginning, UTC.</summary>
    public required DateTimeOffset Day { get; init; }
    public required string Domain { get; init; }
    public required TransportPolicyKind Policy { get; init; }
    public required TransportSource Source { get; init; }
    public required string MxHost { get; init; }
    public required string Address { get; init; }
    public required TlsResult Result { get; init; }

    /// <summary>As published; the last of the day.</summary>
    public required string PolicyText { get; set; }
    public required long Sessions { get; set; }
}

/// <summary>What a domain outside says by MTA-STS (RFC 8461), kept for all silos. Of no tenant: the world can read it.</summary>
public sealed class MtaStsPolicyRow
{
    public required string Domain { get; init; }

    /// <summary>Of the record by which the policy was fetched; null: it never was.</summary>
    public string? PolicyId { get; set; }

    /// <summary>As fetched; null: it never was.</summary>
    public string? PolicyText { get; set; }
    public DateTimeOffset? FetchedAt { get; set; }

    /// <summary>By its <c>max_age</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the last try at fetching failed, for which id, and how.</summary>
    public DateTimeOffset? FailedAt { get; set; }
    public string? FailedId { get; set; }
    public TlsResult? Failure { get; set; }
    public string? FailureText { get; set; }
}

/// <summary>A report on a day's TLS towards a domain that asks for such (RFC 8460).</summary>
public sealed class TlsReportRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string Domain { get; init; }

    /// <summary>Its beginning, UTC.</summary>
    public required DateTimeOffset Day { get; init; }

    /// <summary>When it is to be seen to; null: done with.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseToken { get; set; }
    public required int Attempts { get; set; }

    /// <summary>Null: not sent, or there was nobody to send it to.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Whereto, or why not.</summary>
    public string? Outcome { get; set; }
}
