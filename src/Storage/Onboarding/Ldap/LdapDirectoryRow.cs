using Platform.Storage.Model;

namespace Platform.Storage.Onboarding.Ldap;

/// <summary>A tenant's own directory (LDAP, RFC 4511), from which its mailboxes and groups are kept. One a tenant.</summary>
public sealed class LdapDirectoryRow : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required string Host { get; set; }
    public required int Port { get; set; }
    public required LdapSecurity Security { get; set; }

    /// <summary>Certificates in PEM that alone are trusted; null: those of the system.</summary>
    public string? TrustedRoots { get; set; }
    public required string BindName { get; set; }

    /// <summary>Sealed under the tenant's key.</summary>
    public required byte[] BindSecret { get; set; }
    public required string Base { get; set; }
    public required string Filter { get; set; }
    public required string AddressAttribute { get; set; }
    public required string NameAttribute { get; set; }

    /// <summary>Empty: aliases are not kept from it.</summary>
    public required string AliasAttribute { get; set; }

    /// <summary>Names or distinguished names of groups; empty: groups are not kept from it.</summary>
    public required string GroupAttribute { get; set; }

    /// <summary>Minutes from the end of a run to the next; 0: only when asked.</summary>
    public required int EveryMinutes { get; set; }

    /// <summary>A run that would remove more than this share of the mailboxes it keeps removes none, in percent.</summary>
    public required int MaxRemovalPercent { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The due run changes nothing.</summary>
    public required bool DueIsTest { get; set; }
    public Guid? LeaseToken { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>JSON object of <see cref="LdapRun"/>, the last that ended.</summary>
    public string? LastRun { get; set; }
}

public enum LdapSecurity
{
    /// <summary>TLS from the first byte (ldaps).</summary>
    Tls,

    /// <summary>RFC 4511, 4.14.</summary>
    StartTls,
}
