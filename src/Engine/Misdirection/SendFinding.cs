using System.Globalization;

namespace Platform.Engine.Misdirection;

// A mail that goes to the wrong person cannot be called back, and its sender alone knows whom it is meant for (OUT6). So what is found
// here is put to the sender as a question, with what speaks for it: a domain one slip of a finger away from one that the organisation
// writes to, somebody who does not belong to the others or to the conversation, addresses that all recipients see, a file or greeting
// that names somebody else. Whom the sender cannot judge (OUT10) is not asked about but held: known attackers, entries of block lists, and
// domains that look like a partner's and were made to, or came into the conversation from outside.

/// <summary>What may be wrong with whom a mail goes to. Wire name: kebab case (<see cref="SendFindings.WireName"/>).</summary>
public enum SendFindingKind
{
    /// <summary>The recipient's domain is a slip of the finger or a confusable letter away from a domain that is known.</summary>
    LookAlikeDomain,

    /// <summary>The mailbox never wrote to the recipient, but to others of the same mail.</summary>
    NewAmongKnown,

    /// <summary>The conversation never had the recipient, nor anybody of its domain.</summary>
    JoinedThread,

    /// <summary>The mailbox writes to the same name at another domain.</summary>
    KnownElsewhere,

    /// <summary>Many people of several organisations see each other's addresses.</summary>
    ManyVisible,

    /// <summary>A file's name says that it is for another organisation.</summary>
    MisnamedFile,

    /// <summary>The greeting names another organisation.</summary>
    MisnamedGreeting,

    /// <summary>Attacks came from the recipient lately.</summary>
    KnownAttacker,

    /// <summary>The recipient stands on a block list.</summary>
    BlockListed,

    /// <summary>The recipient's domain looks like a partner's, and was made to, or came into the conversation from outside.</summary>
    PartnerLookAlike,
}

/// <summary>Something found of whom a mail goes to, kept with what follows from it and put into words where it is shown (<see cref="SendFindingText"/>).</summary>
/// <param name="Recipient">The recipient it is about; null: all of them that are outside.</param>
/// <param name="Evidence">Values for its sentence, by name; of the mail, so hostile: bounded here, to be escaped where shown.</param>
public sealed record SendFinding(SendFindingKind Kind, string? Recipient, IReadOnlyDictionary<string, string> Evidence)
{
    public bool IsAbout(string recipient) => Recipient is null || string.Equals(Recipient, recipient, StringComparison.OrdinalIgnoreCase);
}

public static class SendFindings
{
    /// <summary>Characters of one piece of evidence.</summary>
    public const int MaxEvidence = 120;

    /// <summary>Evidence that quotes the mail: a file name, or the line of a greeting.</summary>
    public const string Named = "named";

    public static string WireName(SendFindingKind kind) => kind switch
    {
        SendFindingKind.LookAlikeDomain => "look-alike-domain",
        SendFindingKind.NewAmongKnown => "new-among-known",
        SendFindingKind.JoinedThread => "joined-thread",
        SendFindingKind.KnownElsewhere => "known-elsewhere",
        SendFindingKind.ManyVisible => "many-visible",
        SendFindingKind.MisnamedFile => "misnamed-file",
        SendFindingKind.MisnamedGreeting => "misnamed-greeting",
        SendFindingKind.KnownAttacker => "known-attacker",
        SendFindingKind.BlockListed => "block-listed",
        SendFindingKind.PartnerLookAlike => "partner-look-alike",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a finding"),
    };

    /// <param name="from">The address or domain from which the attack came.</param>
    public static SendFinding OfAttacker(string recipient, string from, AttackFrom attack)
    {
        ArgumentNullException.ThrowIfNull(attack);
        return Of(
            SendFindingKind.KnownAttacker, recipient, ("from", from), ("verdict", attack.Verdict.ToString().ToLowerInvariant()), ("date", attack.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    internal static SendFinding Of(SendFindingKind kind, string? recipient, params ReadOnlySpan<(string Name, string Value)> evidence)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (recipient is not null)
            values["recipient"] = Cut(recipient);
        foreach (var (name, value) in evidence)
            values[name] = Cut(value);
        return new SendFinding(kind, recipient, values);
    }

    private static string Cut(string value) => value.Length <= MaxEvidence ? value : value[..(char.IsHighSurrogate(value[MaxEvidence - 1]) ? MaxEvidence - 1 : MaxEvidence)];
}
