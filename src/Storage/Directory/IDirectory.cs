using Platform.Engine.Verdicts;
using Platform.Storage.Policies;
using Platform.Storage.Rules;

namespace Platform.Storage.Directory;

/// <summary>Who is who: the question the SMTP edge asks for each recipient. Cached, invalidated on change.</summary>
public interface IRecipientDirectory
{
    ValueTask<RecipientLookup> FindAsync(string localPart, string domain, CancellationToken cancellationToken);

    /// <summary>The mailbox that may send under an address: its own, an alias of it, or one with a tag. Of <c>postmaster</c> and <c>abuse</c> only who has that address.</summary>
    ValueTask<MailboxRef?> FindSenderAsync(string address, CancellationToken cancellationToken);

    ValueTask<TenantSettings?> FindTenantAsync(Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Ids and settings of all tenants, for workers and seeds.</summary>
    ValueTask<IReadOnlyList<TenantSettings>> AllTenantsAsync(CancellationToken cancellationToken);
}

/// <param name="Mailbox">Null with a tenant: unknown recipient (550 5.1.1).</param>
/// <param name="Tenant">Null: not a domain of ours (550 5.7.1).</param>
public sealed record RecipientLookup(TenantSettings? Tenant, MailboxRef? Mailbox);

public sealed record MailboxRef(Guid Id, string Address, string? DisplayName);

/// <summary>A tenant as the flow needs it: one immutable snapshot.</summary>
/// <param name="Route">Delivery route: <c>smtp://host:port</c> or <c>maildir:PATH</c>.</param>
/// <param name="TrustedHops">CIDR ranges of the tenant's own relays (IN6).</param>
/// <param name="JournalAddress">Where journal copies arrive; null when the mode is off.</param>
/// <param name="Policy">What is done with mail of each verdict where no group and no mailbox says otherwise; <see cref="IPolicyBook"/> knows what they say.</param>
public sealed record TenantSettings(
    Guid Id,
    Guid? MspId,
    string Slug,
    string Name,
    string Language,
    IReadOnlyList<string> Domains,
    string Route,
    IReadOnlyList<string> TrustedHops,
    string? JournalAddress,
    VerdictPolicy Policy,
    TenantLimits Limits)
{
    /// <summary>Where people forward suspicious mail to; null when that is off.</summary>
    public string? ReportAddress { get; init; }

    /// <summary>How often the rules over its mail were changed.</summary>
    public RuleRevisions Rules { get; init; } = RuleRevisions.None;

    /// <summary>Clients and accounts of its MSP may open its messages.</summary>
    public bool MspContentAccess { get; init; } = true;

    /// <summary>One of the rules over its mail rejects.</summary>
    public bool RejectsByRule { get; init; }

    /// <summary>How often the policy over its mail was changed.</summary>
    public PolicyRevisions Policies { get; init; } = PolicyRevisions.None;

    /// <summary>How often the rules were changed that say whence its people come in; 0: there was never one.</summary>
    public long AccessRevision { get; init; }

    /// <summary>One of its groups or mailboxes rejects something.</summary>
    public bool RejectsForSome { get; init; }

    /// <summary>Only then is a scan inside the session worth the sender's wait.</summary>
    public bool RejectsAnything => RejectsByRule || RejectsForSome || Policy.RejectsAnything;
}

public sealed record TenantLimits(int MaxConnections, long MaxMessageBytes, int MaxRecipients)
{
    public static TenantLimits Default { get; } = new(50, 50L * 1024 * 1024, 1_000);
}

/// <summary>What to do with a delivery of each verdict (DET9).</summary>
public enum PolicyAction
{
    Deliver,
    Tag,
    Quarantine,
    Reject,
}

public sealed record VerdictPolicy(IReadOnlyDictionary<VerdictKind, PolicyAction> Actions)
{
    public static VerdictPolicy Default { get; } = new(new Dictionary<VerdictKind, PolicyAction>
    {
        [VerdictKind.Clean] = PolicyAction.Deliver,
        [VerdictKind.Bulk] = PolicyAction.Deliver,
        [VerdictKind.Spam] = PolicyAction.Tag,
        [VerdictKind.Suspicious] = PolicyAction.Quarantine,
        [VerdictKind.Phishing] = PolicyAction.Quarantine,
        [VerdictKind.Malware] = PolicyAction.Quarantine,
    });

    public PolicyAction For(VerdictKind kind) => Actions.TryGetValue(kind, out var action) ? action : Default.Actions[kind];

    public bool RejectsAnything => Actions.Values.Contains(PolicyAction.Reject);
}
