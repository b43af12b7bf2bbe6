using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Feeds;

/// <summary>The entries of one list, and those it inherits, ready to be looked up.</summary>
public sealed class ListEntries
{
    private readonly Dictionary<(ListEntryKind Kind, string Value), List<ListEntry>> _entries = [];
    private readonly SortedSet<(AddressFamily Family, int Length)> _prefixes = [];
    private readonly ListEntries? _inherited;

    /// <param name="inherited">The list of the MSP, shared by the lists of its tenants; null: none.</param>
    public ListEntries(IEnumerable<ListEntry> entries, ListEntries? inherited = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _inherited = inherited is { IsEmpty: false } ? inherited : null;
        foreach (var entry in entries)
        {
            if (!_entries.TryGetValue((entry.Kind, entry.Value), out var same))
                _entries[(entry.Kind, entry.Value)] = same = [];
            same.Add(entry);
            if (entry.Kind == ListEntryKind.Network && IPNetwork.TryParse(entry.Value, out var network))
                _prefixes.Add((network.BaseAddress.AddressFamily, network.PrefixLength));
        }
    }

    private ListEntries(ListEntries own, ListEntries inherited)
    {
        _entries = own._entries;
        _prefixes = own._prefixes;
        _inherited = inherited;
    }

    public bool IsEmpty => _entries.Count == 0 && _inherited is null;

    /// <summary>The same entries before those of another list. Shares both, copies neither.</summary>
    public ListEntries Over(ListEntries inherited)
    {
        ArgumentNullException.ThrowIfNull(inherited);
        return inherited.IsEmpty ? this : new ListEntries(this, inherited);
    }

    /// <summary>The entry that decides over an address, by itself or its domain; null: none names it.</summary>
    /// <param name="address">In lower case.</param>
    public ListEntry? DecidingOf(string address, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IsEmpty
            ? null
            : Find(ListEntryKind.Address, address, now).Concat(FindName(ListEntryKind.Domain, Links.OrganisationalDomain.ToAscii(address[(address.LastIndexOf('@') + 1)..]), now)).Order(ListOrder.Deciding).FirstOrDefault();
    }

    /// <summary>
    /// The entries in force that meet these questions by name, in a fixed order: of senders and networks all, since only the whole
    /// message tells which of them holds; of a link or a file the one that decides (<see cref="ListOrder"/>).
    /// </summary>
    public IReadOnlyList<ListEntry> Match(FeedQuestions questions, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (IsEmpty)
            return [];
        List<ListEntry> met = [];
        foreach (var sender in questions.Senders)
        {
            met.AddRange(Find(ListEntryKind.Address, sender, now));
            met.AddRange(FindName(ListEntryKind.Domain, sender[(sender.LastIndexOf('@') + 1)..], now));
        }

        if (IPAddress.TryParse(questions.Origin, out var origin))
            met.AddRange(FindNetworks(origin.IsIPv4MappedToIPv6 ? origin.MapToIPv4() : origin, now));
        foreach (var host in questions.Hosts)
            AddDeciding(FindName(ListEntryKind.Host, host, now));
        foreach (var url in questions.Urls)
            AddDeciding(Find(ListEntryKind.Url, url, now));
        foreach (var file in questions.Files)
            AddDeciding([.. Find(ListEntryKind.File, file.Sha256, now), .. Find(ListEntryKind.File, file.Sha1, now), .. Find(ListEntryKind.File, file.Md5, now)]);
        return [.. met.Distinct().Take(FeedAnswers.MaxHits)];

        void AddDeciding(IEnumerable<ListEntry> entries)
        {
            if (entries.Order(ListOrder.Deciding).FirstOrDefault() is { } deciding)
                met.Add(deciding);
        }
    }

    private IEnumerable<ListEntry> FindName(ListEntryKind kind, string name, DateTimeOffset now) =>
        SelfAndParents(name).SelectMany(part => Find(kind, part, now)).Where(entry => !entry.IsExact || entry.Value == name);

    private IEnumerable<ListEntry> FindNetworks(IPAddress address, DateTimeOffset now)
    {
        foreach (var (family, length) in _prefixes)
            if (family == address.AddressFamily)
                foreach (var entry in FindOwn(ListEntryKind.Network, new IPNetwork(Masked(address, length), length).ToString(), now))
                    yield return entry;
        foreach (var entry in _inherited?.FindNetworks(address, now) ?? [])
            yield return entry;
    }

    private IEnumerable<ListEntry> Find(ListEntryKind kind, string value, DateTimeOffset now) =>
        FindOwn(kind, value, now).Concat(_inherited?.Find(kind, value, now) ?? []);

    private IEnumerable<ListEntry> FindOwn(ListEntryKind kind, string value, DateTimeOffset now) =>
        _entries.TryGetValue((kind, value), out var entries) ? entries.Where(entry => entry.IsInForce(now)) : [];

    private static IPAddress Masked(IPAddress address, int length)
    {
        var octets = address.GetAddressBytes();
        for (var index = 0; index < octets.Length; index++)
            octets[index] &= (byte)(0xFF00 >> Math.Clamp(length - index * 8, 0, 8));
        return new IPAddress(octets);
    }

    internal static IEnumerable<string> SelfAndParents(string host)
    {
        for (var name = host; name.Length > 0;)
        {
            yield return name;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
                yield break;
            name = name[(dot + 1)..];
        }
    }
}
