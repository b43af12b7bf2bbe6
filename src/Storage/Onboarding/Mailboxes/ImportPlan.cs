using Platform.Storage.Directory;
using Platform.Storage.Groups;

namespace Platform.Storage.Onboarding.Mailboxes;

/// <param name="Id">Null: it is to be made.</param>
internal sealed record PlannedMailbox(
    Guid? Id, string Address, string? DisplayName, IReadOnlyList<string> NewAliases, IReadOnlyList<string> OldAliases, IReadOnlyList<string> Groups);

/// <summary>What of a list is good and what it changes, found without changing anything.</summary>
internal sealed class ImportPlan
{
    private readonly KnownMailboxes _known;
    private readonly bool _isDirectory;
    private readonly HashSet<string> _named = [];
    private readonly HashSet<string> _listed;
    private readonly Dictionary<string, string> _missingGroups = [];
    private readonly List<PlannedMailbox> _changes = [];
    private readonly List<MailboxLineError> _errors = [];
    private long? _room;

    private ImportPlan(KnownMailboxes known, IReadOnlyList<MailboxLine> lines, bool isDirectory)
    {
        _known = known;
        _isDirectory = isDirectory;
        _room = known.Room;
        _listed = [.. lines.Select(line => Address(line.Address)).OfType<string>()];
        foreach (var line in lines)
            Add(line);
    }

    public IReadOnlyList<PlannedMailbox> Changes => _changes;

    public IReadOnlyList<MailboxLineError> Errors => _errors;

    public int Unchanged { get; private set; }

    /// <summary>Lines of which nothing is taken.</summary>
    public int Refused { get; private set; }

    public IReadOnlyList<string> MissingGroups => [.. _missingGroups.Values];

    public static ImportPlan Make(KnownMailboxes known, IReadOnlyList<MailboxLine> lines, bool isDirectory) => new(known, lines, isDirectory);

    private void Add(MailboxLine line)
    {
        if (Fault(line, out var address, out var aliases) is { } fault)
        {
            Refuse(fault);
            return;
        }

        var known = _known.Mailboxes.GetValueOrDefault(address);
        if (known is null && _room is <= 0)
        {
            Refuse(new MailboxLineError(line.Line, "PLAN_LIMIT", "The plan of this tenant holds no more mailboxes; its MSP can raise it.", "address"));
            return;
        }

        _named.Add(address);
        _named.UnionWith(aliases ?? []);
        var groups = GroupsOf(line);
        var change = new PlannedMailbox(
            known?.Id,
            address,
            string.IsNullOrWhiteSpace(line.DisplayName) || line.DisplayName.Trim() == known?.DisplayName ? null : line.DisplayName.Trim(),
            [.. (aliases ?? []).Except(known?.Aliases ?? [])],
            [.. aliases is null ? [] : (known?.Aliases ?? []).Except(aliases)],
            [.. groups.Where(group => known is null || !_known.IsIn(group, known.Id))]);
        if (known is not null && change is { DisplayName: null, NewAliases: [], OldAliases: [], Groups: [] })
        {
            Unchanged++;
            return;
        }

        if (known is null)
            _room--;
        _changes.Add(change);
    }

    private void Refuse(MailboxLineError fault)
    {
        Refused++;
        _errors.Add(fault);
    }

    /// <summary>Groups of a line that was found good, or of an entry those that can be had.</summary>
    private List<string> GroupsOf(MailboxLine line)
    {
        List<string> groups = [];
        foreach (var name in (line.Groups ?? []).Select(name => name.Trim()).DistinctBy(name => name.ToLowerInvariant()))
        {
            var key = name.ToLowerInvariant();
            var isKnown = _known.Groups.ContainsKey(key) || _missingGroups.ContainsKey(key);
            if ((GroupName(name) ?? (!isKnown && IsFull(1) ? GroupRules.Full : null)) is { } wrong)
            {
                _errors.Add(new MailboxLineError(line.Line, wrong.Code, wrong.Message, "groups"));
                continue;
            }

            if (!isKnown)
                _missingGroups.Add(key, name);
            groups.Add(name);
        }

        return groups;
    }

    private MailboxLineError? Fault(MailboxLine line, out string address, out IReadOnlyList<string>? aliases)
    {
        aliases = null;
        address = Address(line.Address) ?? "";
        if (address.Length == 0)
            return new(line.Line, "INVALID_ADDRESS", "A mailbox address is an address such as 'name@example.com'.", "address");
        if (FaultOf(address, address, line.Line, "address") is { } wrong)
            return wrong;
        if (line.DisplayName is { Length: > 0 } name && DirectoryRules.Name(name) is { } badName && !string.IsNullOrWhiteSpace(name))
            return new(line.Line, badName.Code, badName.Message, "displayName");
        var most = _isDirectory ? MailboxImportLimits.MaxPerEntry : MailboxImportLimits.MaxPerLine;
        if (line.Aliases?.Count > most || line.Groups?.Count > most)
            return new(line.Line, MailboxLineCodes.TooManyValues, $"A line names at most {most} aliases and as many groups.", line.Groups?.Count > most ? "groups" : "aliases");
        if (line.Aliases is { } given)
        {
            var read = new List<string>(given.Count);
            foreach (var text in given)
            {
                if (Address(text) is not { } alias)
                    return new(line.Line, "INVALID_ADDRESS", $"'{Cut(text)}' is no address such as 'name@example.com'.", "aliases");
                if (alias == address || read.Contains(alias))
                    continue;
                if (_listed.Contains(alias))
                    return new(line.Line, MailboxLineCodes.AddressRepeated, $"'{alias}' is a mailbox of this list and cannot be an alias.", "aliases");
                if (FaultOf(alias, address, line.Line, "aliases") is { } wrongAlias)
                    return wrongAlias;
                read.Add(alias);
            }

            aliases = read;
        }

        if (_isDirectory)
            return null;
        return (line.Groups ?? []).Select(GroupName).FirstOrDefault(refusal => refusal is not null) is { } badGroup
            ? new(line.Line, badGroup.Code, badGroup.Message, "groups")
            : TooManyGroups(line);
    }

    /// <summary>A semicolon stands between names in lists, so that a name with one would come back as two.</summary>
    private static Refusal? GroupName(string name) =>
        GroupRules.Name(name) ?? (name.Contains(';', StringComparison.Ordinal) ? new("INVALID_NAME", "The name of a group in a list holds no ';'.") : null);

    private MailboxLineError? TooManyGroups(MailboxLine line)
    {
        var added = (line.Groups ?? []).Select(group => group.Trim().ToLowerInvariant()).Distinct().Count(key => !_known.Groups.ContainsKey(key) && !_missingGroups.ContainsKey(key));
        return IsFull(added) ? new(line.Line, GroupRules.Full.Code, GroupRules.Full.Message, "groups") : null;
    }

    private bool IsFull(int added) => _known.Groups.Count + _missingGroups.Count + added > GroupLimits.MaxGroups;

    /// <param name="owner">The mailbox that the address is to lead to.</param>
    private MailboxLineError? FaultOf(string address, string owner, int line, string field)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        if (!_known.Domains.Contains(domain))
            return new(line, "DOMAIN_UNKNOWN", $"The domain '{domain}' is not one of this tenant; add it first.", field);
        if (_named.Contains(address))
            return new(line, MailboxLineCodes.AddressRepeated, $"'{address}' stands in an earlier line.", field);
        if (_known.Services.Contains(address) && TenantAddresses.ServiceAddress(address) is var (code, message))
            return new(line, code, message, field);
        var holder = _known.Aliases.GetValueOrDefault(address) ?? (address != owner && _known.Mailboxes.ContainsKey(address) ? address : null);
        return holder is not null && holder != owner ? new(line, "ADDRESS_TAKEN", $"The address '{address}' already leads to '{holder}'.", field) : null;
    }

    private static string? Address(string text) => MailAddress.TryParse(text.Trim(), out var local, out var domain) ? $"{local}@{domain}" : null;

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
