using Platform.Engine.Feeds;

namespace Platform.Storage.Lists;

/// <summary>A list as a file, for a scan without storage: what <see cref="ListText"/> reads, under the rules of an import.</summary>
/// <param name="Entries">As those of a tenant of its own.</param>
/// <param name="Refused">Lines that were not taken.</param>
public sealed record ListFile(IReadOnlyList<ListEntry> Entries, IReadOnlyList<RefusedLine> Refused)
{
    /// <param name="action">Of lines that do not say it.</param>
    /// <param name="ownDomains">Domains of whom the list is.</param>
    public static ListFile Read(string text, ListAction action, IReadOnlyCollection<string> ownDomains)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (lines, unreadable) = ListText.Read(text, action);
        if (unreadable is not null)
            return new ListFile([], [new RefusedLine(1, "", unreadable.Code, unreadable.Message)]);
        List<ListEntry> entries = [];
        List<RefusedLine> refused = [];
        foreach (var line in lines)
        {
            var (good, problem) = line.Entry is { } entry ? ListRules.Check(entry, ownDomains) : (null, line.Refusal);
            if (good is not null)
                entries.Add(new ListEntry(good.Action, good.Kind, good.Value, good.Networks, good.ExpiresAt, good.Note, ListEntry.OfTenant) { IsExact = good.IsExact });
            else
                refused.Add(new RefusedLine(line.Number, line.Shown, problem!.Code, problem.Message));
        }

        return new ListFile(entries, refused);
    }
}
