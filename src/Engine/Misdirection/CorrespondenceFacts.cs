using Platform.Engine.Verdicts;

namespace Platform.Engine.Misdirection;

/// <summary>What is known of the recipients of one mail before it is decided over. Addresses and domains are in lower case.</summary>
public sealed record CorrespondenceFacts
{
    public static CorrespondenceFacts None { get; } = new();

    /// <summary>The domains that the organisation writes to often.</summary>
    public CorrespondentDomains Domains { get; init; } = CorrespondentDomains.None;

    /// <summary>Domains of recipients that are no mistake, since the mailbox or often its organisation wrote to them.</summary>
    public IReadOnlySet<string> KnownDomains { get; init; } = new HashSet<string>();

    /// <summary>Recipients to whom the mailbox wrote.</summary>
    public IReadOnlySet<string> Written { get; init; } = new HashSet<string>();

    /// <summary>For a recipient, an address of another domain with the same local part to which the mailbox wrote.</summary>
    public IReadOnlyDictionary<string, string> SameName { get; init; } = new Dictionary<string, string>();

    /// <summary>The conversation that the mail answers; null: it answers none that is kept.</summary>
    public MailThread? Thread { get; init; }

    /// <summary>Of the organisations that the mail names, those that are known.</summary>
    public IReadOnlyList<OrganisationName> Organisations { get; init; } = [];

    /// <summary>Attacks that came from a recipient or its domain, by that address or domain.</summary>
    public IReadOnlyDictionary<string, AttackFrom> Attackers { get; init; } = new Dictionary<string, AttackFrom>();

    /// <summary>Recipients that the lists of the organisation or its MSP block, with the value of the entry.</summary>
    public IReadOnlyDictionary<string, string> Blocked { get; init; } = new Dictionary<string, string>();
}

/// <param name="Participants">Everybody whom the earlier mails came from, went to, or want answers sent to.</param>
public sealed record MailThread(IReadOnlySet<string> Participants)
{
    /// <summary>Those of them whom mail from outside brought into it, and no mail of the organisation's own before.</summary>
    public IReadOnlySet<string> FromOutside { get; init; } = new HashSet<string>();
}

/// <summary>An organisation as people of this one greet it, and where it was written to then.</summary>
/// <param name="Name">As <see cref="OrganisationNames"/> folds it.</param>
/// <param name="Domain">Organisational domain.</param>
/// <param name="Seen">In how many mails.</param>
public sealed record OrganisationName(string Name, string Domain, int Seen);

/// <param name="At">When the last one came.</param>
public sealed record AttackFrom(VerdictKind Verdict, DateTimeOffset At);
