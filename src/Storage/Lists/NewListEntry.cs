using Platform.Engine.Feeds;

namespace Platform.Storage.Lists;

/// <summary>Whose list: a tenant's or an MSP's.</summary>
public readonly record struct ListOwner(Guid Id, bool IsMsp)
{
    public static ListOwner Tenant(Guid id) => new(id, IsMsp: false);

    public static ListOwner Msp(Guid id) => new(id, IsMsp: true);
}

/// <param name="Kind">Null: what the value looks like.</param>
/// <param name="Value">As a person writes it.</param>
/// <param name="IsExact">Of a domain or host: the name alone, not what stands below it.</param>
/// <param name="Networks">CIDR ranges or addresses from which alone an allowed name is believed.</param>
/// <param name="ExpiresAt">Null: it does not end.</param>
public sealed record NewListEntry(ListAction Action, ListEntryKind? Kind, string Value, bool IsExact, IReadOnlyList<string> Networks, string Note, DateTimeOffset? ExpiresAt);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="NeverExpires">Takes the end away.</param>
public sealed record ListEntryChange(ListAction? Action = null, bool? IsExact = null, IReadOnlyList<string>? Networks = null, string? Note = null, DateTimeOffset? ExpiresAt = null, bool NeverExpires = false);

/// <summary>How an import ended: every line that holds something is counted in one of the three.</summary>
/// <param name="Added">Entries that were added.</param>
/// <param name="Unchanged">Lines whose entry stands in the list already, or stood in an earlier line.</param>
/// <param name="Refused">Lines that were not taken, in their order.</param>
public sealed record ListImport(int Added, int Unchanged, IReadOnlyList<RefusedLine> Refused);

/// <param name="Line">Counted from 1.</param>
/// <param name="Text">The line as it came, cut to a few words.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">A sentence that says what to do.</param>
public sealed record RefusedLine(int Line, string Text, string Code, string Message);
