using Platform.Engine.Feeds;
using Platform.Engine.Links;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Storage.Lists;

/// <summary>What an entry must look like. A refusal has a code and a sentence that says what to do.</summary>
internal static class ListRules
{
    /// <summary>Of one list, expired entries among them.</summary>
    public const int MaxEntries = 20_000;
    public const int MaxNetworks = 50;
    public const int MaxNote = 300;

    private const string InvalidValue = "INVALID_LIST_VALUE";
    private const string InvalidNetworks = "INVALID_LIST_NETWORKS";

    public static Refusal Exists { get; } = new("LIST_ENTRY_EXISTS", "This value stands in the list already; change that entry.");

    public static Refusal Contradicts { get; } = new("LIST_ENTRY_CONFLICT", "This value stands in the opposite list of the same owner; change that entry, or remove it first.");

    public static Refusal Full { get; } = new("LIST_FULL", $"A list holds at most {MaxEntries:N0} entries; remove what is no longer needed.");

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such entry.");

    public static Refusal Inherited { get; } = new("LIST_ENTRY_INHERITED", "This entry is your MSP's, which alone can change it. An entry of your own for the same value goes before it.");

    /// <param name="ownDomains">Domains of the owner; an unbound allow entry for one would let in whoever writes it into From.</param>
    public static (CheckedEntry? Entry, Refusal? Refusal) Check(NewListEntry entry, IReadOnlyCollection<string> ownDomains)
    {
        var text = entry.Value.Trim();
        var kind = entry.Kind ?? ListValue.KindOf(text);
        if (ListValue.Normalise(kind, text) is not { } value)
            return (null, new(InvalidValue, FormOf(kind)));
        List<string> networks = [];
        foreach (var network in entry.Networks)
        {
            if (ListValue.Network(network.Trim()) is not { } range)
                return (null, new(InvalidNetworks, $"Networks are addresses or ranges such as '192.0.2.0/24' or '2001:db8::/32', host bits zero, none wider than /8 or /16 of IPv6; '{Shown(network)}' is none."));
            networks.Add(range);
        }

        var note = entry.Note.Trim();
        var good = new CheckedEntry(
            entry.Action,
            kind,
            value,
            entry.IsExact && kind is (ListEntryKind.Domain or ListEntryKind.Host),
            [.. networks.Distinct().Order(StringComparer.Ordinal)],
            SafeText.Clean(note, MaxNote),
            entry.ExpiresAt?.ToUniversalTime());
        var refusal = Bounds(good, note) ?? Meaning(good, ownDomains);
        return refusal is null ? (good, null) : (null, refusal);
    }

    public static Refusal? Expiry(DateTimeOffset? end, DateTimeOffset now) => end <= now ? new("INVALID_LIST_EXPIRY", "The end must lie in the future.") : null;

    private static Refusal? Bounds(CheckedEntry entry, string note)
    {
        if (note.Length > MaxNote || note.Any(char.IsControl))
            return new("INVALID_LIST_NOTE", $"A note has at most {MaxNote} characters and no control characters.");
        if (entry.Networks.Count > MaxNetworks)
            return new(InvalidNetworks, $"An entry is bound to at most {MaxNetworks} networks.");
        return null;
    }

    private static Refusal? Meaning(CheckedEntry entry, IReadOnlyCollection<string> ownDomains)
    {
        if (entry.Networks.Count > 0 && (entry.Action == ListAction.Block || entry.Kind is not (ListEntryKind.Address or ListEntryKind.Domain)))
            return new(InvalidNetworks, "Only allow entries for an address or a domain are bound to networks.");
        if (entry.Action == ListAction.Block)
            return null;
        if (entry is { Kind: ListEntryKind.Domain or ListEntryKind.Host, IsExact: false } && OrganisationalDomain.Embedded.Of(entry.Value).Length == 0 && !System.Net.IPAddress.TryParse(entry.Value, out _))
            return new(InvalidValue, $"Below '{entry.Value}' anybody can register a name; allow the names themselves.");
        if (entry.Kind == ListEntryKind.Domain && FreeMail.IsProvider(entry.Value))
            return new(InvalidValue, $"At '{entry.Value}' anybody can have a mailbox; allow the addresses themselves.");
        if (entry.Kind == ListEntryKind.File && !ListValue.IsSha256(entry.Value))
            return new(InvalidValue, "A file is allowed by its SHA-256 alone: of MD5 and SHA-1 there are forgeries.");
        if (entry.Networks.Count == 0 && ListValue.SenderDomain(entry.Kind, entry.Value) is { } domain && ownDomains.Any(own => IsWithin(domain, own) || (entry is { Kind: ListEntryKind.Domain, IsExact: false } && IsWithin(own, domain))))
            return new(InvalidNetworks, "An allow entry for a domain of your own must be bound to networks, or whoever writes it into From is let in.");
        return null;
    }

    private static bool IsWithin(string name, string parent) =>
        name.EndsWith(parent, StringComparison.Ordinal) && (name.Length == parent.Length || name[^(parent.Length + 1)] == '.');

    private static string FormOf(ListEntryKind kind) => kind switch
    {
        ListEntryKind.Address => "An address is written 'name@example.com'.",
        ListEntryKind.Domain => "A domain is a name such as 'example.com', without protocol or path.",
        ListEntryKind.Host => "A host is a name such as 'www.example.com' or an IP address, without protocol or path.",
        ListEntryKind.Url => $"A link is written 'https://example.com/path', with at most {ListValue.MaxLength:N0} characters.",
        ListEntryKind.File => "A file is named by its SHA-256 (or, to block it, MD5 or SHA-1) in hexadecimal digits.",
        ListEntryKind.Network => "A network is an address or a range such as '192.0.2.0/24' or '2001:db8::/32', host bits zero, none wider than /8 or /16 of IPv6.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of entry"),
    };

    private static string Shown(string text) => SafeText.Clean(text, 60);
}

/// <summary>An entry that keeps all rules, normalised.</summary>
internal sealed record CheckedEntry(ListAction Action, ListEntryKind Kind, string Value, bool IsExact, IReadOnlyList<string> Networks, string Note, DateTimeOffset? ExpiresAt)
{
    /// <summary>What may stand once in a list.</summary>
    public (ListEntryKind Kind, string Value, bool IsExact) Key => (Kind, Value, IsExact);
}
