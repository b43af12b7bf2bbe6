using Platform.Storage.Model;

namespace Platform.Storage.Push.Syslog;

/// <summary>
/// A collector that takes each event of a feed by syslog over TLS (RFC 5424, RFC 5425). One process at a time holds the connection, under a
/// lease; what it knows to have arrived is the position, from which the next connection goes on.
/// </summary>
public sealed class SyslogTargetRow : IOwned
{
    public required Guid Id { get; init; }

    /// <summary>Id of the tenant or MSP whose events go there.</summary>
    public required Guid OwnerId { get; init; }
    public required bool OfMsp { get; init; }
    public required string Host { get; set; }
    public required int Port { get; set; }
    public required SyslogFormat Format { get; set; }

    /// <summary>RFC 5424, 6.2.1: 0 to 23.</summary>
    public required int Facility { get; set; }
    public required string Description { get; set; }

    /// <summary>JSON array of <see cref="EventKindFilter"/>; empty: all.</summary>
    public required string Kinds { get; set; }

    /// <summary>Certificates in PEM that alone are trusted; null: those of the system.</summary>
    public string? TrustedRoots { get; set; }

    /// <summary>Certificate and key in PEM to sign in with, sealed (<see cref="PushKeys"/>); null: none.</summary>
    public byte[]? ClientCertificate { get; set; }
    public required SyslogState State { get; set; }

    /// <summary>Number of the last event of the feed that is known to have arrived or was passed over.</summary>
    public required long Position { get; set; }
    public Guid? LeaseToken { get; set; }

    /// <summary>Until when a process holds the connection, or when the next try is due. Null: at once.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Connections in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Since when the connection stands; null while it does not.</summary>
    public DateTimeOffset? ConnectedSince { get; set; }
    public string? LastError { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
}

public enum SyslogState
{
    Enabled,
    Disabled,
}

/// <summary>How an event is written.</summary>
public enum SyslogFormat
{
    /// <summary>The JSON of the feed.</summary>
    Json,

    /// <summary>ArcSight Common Event Format, version 0.</summary>
    Cef,

    /// <summary>IBM QRadar Log Event Extended Format, version 2.0.</summary>
    Leef,

    /// <summary>JSON by the names of the Elastic Common Schema.</summary>
    Ecs,
}
