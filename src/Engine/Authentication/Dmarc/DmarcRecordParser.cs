using System.Globalization;

namespace Platform.Engine.Authentication.Dmarc;

/// <summary>
/// Reads the text of a DMARC policy record (RFC 9989, 4.7 and 4.8): <c>v=DMARC1; p=reject; rua=mailto:a@b.test</c>. The version comes
/// first and exact, else it is no DMARC record; of the rest, unknown tags are passed over and broken ones left to their defaults.
/// </summary>
public static class DmarcRecordParser
{
    private const int MaxLength = 4_096;
    private const int MaxFaults = 20;
    private const int MaxPart = 100;

    /// <summary>The record; null when the text is none: no <c>v=DMARC1</c> in front (RFC 9989, 4.7). Never throws; linear.</summary>
    public static DmarcRecord? Parse(string text)
    {
        var bounded = text.Length > MaxLength ? text[..MaxLength] : text;
        var rest = AfterVersion(bounded);
        return rest < 0 ? null : Read(bounded, bounded.AsSpan(rest));
    }

    // Where the tags after the version begin; -1 when the version is not there.
    private static int AfterVersion(string text)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var version = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        var equals = version.IndexOf('=');
        if (equals < 0 || version[..equals].TrimEnd(" \t") is not ("v" or "V"))
            return -1;
        return version[(equals + 1)..].Trim(" \t") is "DMARC1" ? version.Length : -1;
    }

    private static DmarcRecord Read(string text, ReadOnlySpan<char> rest)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var twice = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<DmarcFault>();
        foreach (var range in rest.Split(';'))
        {
            var part = rest[range].Trim(" \t");
            if (part.IsEmpty)
                continue;
            if (!TryTag(part, out var name, out var value))
                Fault(DmarcFaultKind.Syntax, part);
            else if (!tags.TryAdd(name, value))
                twice.Add(name);
        }

        foreach (var name in twice)
        {
            Fault(DmarcFaultKind.Duplicate, name);
            tags.Remove(name);
        }

        var isTest = Choice("t", ["y", "n"]);
        var place = Choice("psd", ["y", "n", "u"]);
        var record = new DmarcRecord
        {
            Text = text,
            Policy = Policy("p", out _),
            SubdomainPolicy = Policy("sp", out var brokenSubdomain),
            NonexistentPolicy = Policy("np", out var brokenNonexistent),
            HasBrokenSubdomainPolicy = brokenSubdomain || brokenNonexistent,
            DkimAlignment = Choice("adkim", ["r", "s"]) == "s" ? DmarcAlignment.Strict : DmarcAlignment.Relaxed,
            SpfAlignment = Choice("aspf", ["r", "s"]) == "s" ? DmarcAlignment.Strict : DmarcAlignment.Relaxed,
            IsTest = isTest == "y",
            Place = place == "y" ? DmarcPlace.PublicSuffix : place == "n" ? DmarcPlace.Organisation : DmarcPlace.Undeclared,
            Percent = (int)Number("pct", 100, 100, broken: 0),
            ReportInterval = Number("ri", uint.MaxValue, 86_400, broken: 86_400),
            FailureOptions = Options(),
            FailureFormats = Formats(),
            AggregateReports = Addresses("rua"),
            FailureReports = Addresses("ruf"),
        };
        return record with { Faults = faults };

        void Fault(DmarcFaultKind kind, ReadOnlySpan<char> part)
        {
            if (faults.Count < MaxFaults)
                faults.Add(new DmarcFault(kind, part[..Math.Min(part.Length, MaxPart)].ToString()));
        }

        DmarcPolicy? Policy(string name, out bool isBroken)
        {
            var choice = Choice(name, ["none", "quarantine", "reject"]);
            isBroken = choice is null && (tags.ContainsKey(name) || twice.Contains(name));
            return choice is null ? null : Enum.Parse<DmarcPolicy>(choice, ignoreCase: true);
        }

        string? Choice(string name, string[] choices)
        {
            if (!tags.TryGetValue(name, out var value))
                return null;
            var found = Array.Find(choices, choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase));
            if (found is null)
                Fault(DmarcFaultKind.Value, $"{name}={value}");
            return found;
        }

        uint Number(string name, uint highest, uint absent, uint broken)
        {
            if (!tags.TryGetValue(name, out var value))
                return absent;
            if (uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest)
                return number;
            Fault(DmarcFaultKind.Value, $"{name}={value}");
            return broken;
        }

        IReadOnlyList<char> Options()
        {
            if (!tags.TryGetValue("fo", out var value))
                return ['0'];
            var options = value.Split(':', StringSplitOptions.TrimEntries);
            if (Array.TrueForAll(options, option => option is "0" or "1" or "d" or "s" or "D" or "S"))
                return [.. options.Select(option => char.ToLowerInvariant(option[0])).Distinct()];
            Fault(DmarcFaultKind.Value, $"fo={value}");
            return ['0'];
        }

        IReadOnlyList<string> Formats()
        {
            if (!tags.TryGetValue("rf", out var value))
                return ["afrf"];
            var formats = value.ToLowerInvariant().Split(':', StringSplitOptions.TrimEntries);
            if (Array.TrueForAll(formats, format => format.Length > 0 && format.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && format[^1] != '-'))
                return [.. formats.Distinct().Take(MaxFaults)];
            Fault(DmarcFaultKind.Value, $"rf={value}");
            return ["afrf"];
        }

        IReadOnlyList<DmarcReportAddress> Addresses(string name)
        {
            if (!tags.TryGetValue(name, out var value))
                return [];
            var addresses = ReportAddressParser.Parse(value, out var broken);
            foreach (var uri in broken)
                Fault(DmarcFaultKind.Value, $"{name}={uri}");
            return addresses;
        }
    }

    private static bool TryTag(ReadOnlySpan<char> part, out string name, out string value)
    {
        name = value = "";
        var equals = part.IndexOf('=');
        if (equals <= 0)
            return false;
        var tag = part[..equals].TrimEnd(" \t");
        var text = part[(equals + 1)..].TrimStart(" \t");
        if (tag.IsEmpty || tag.ContainsAnyExcept(TagCharacters) || text.ContainsAnyExceptInRange(' ', '~'))
            return false;
        name = tag.ToString();
        value = text.ToString();
        return true;
    }

    // RFC 9989, 4.8 has letters alone; RFC 6376, 3.2, from which the form is taken, digits and underscores too.
    private static readonly System.Buffers.SearchValues<char> TagCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
