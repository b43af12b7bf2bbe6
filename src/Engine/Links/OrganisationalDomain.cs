using System.Globalization;
using System.Net;

namespace Platform.Engine.Links;

// Who is responsible for a host name is not to be seen in the name alone: `a.example.co.jp` belongs to `example.co.jp`,
// `a.example.com` to `example.com`, `a.github.io` to itself. The Public Suffix List (publicsuffix.org/list) names the
// suffixes below which others register. Its algorithm: of all rules that match from the right, an exception rule (`!`)
// wins, else the longest; `*` stands for one label; when nothing matches, the rule is `*`. A suffix plus one label is
// the registrable, or organisational, domain (RFC 7489, section 3.2).

/// <summary>Tells the organisational (registrable) domain of a host.</summary>
public interface IOrganisationalDomains
{
    /// <summary>The organisational domain, lower-case A-labels; empty for an IP address, a public suffix itself or no host at all.</summary>
    string Of(string host);
}

/// <summary>Organisational domains after the Public Suffix List.</summary>
public sealed class OrganisationalDomain : IOrganisationalDomains
{
    private const int MaxHostLength = 253;
    private static readonly Lazy<OrganisationalDomain> FromResource = new(() => new OrganisationalDomain(EmbeddedText.Lines("Links/public-suffixes.gz")));
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    private readonly HashSet<string> _rules;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="rules">Rules in A-label form, as the list writes them.</param>
    public OrganisationalDomain(IEnumerable<string> rules)
    {
        _rules = new HashSet<string>(rules, StringComparer.Ordinal);
        _lookup = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The list that ships with the engine.</summary>
    public static OrganisationalDomain Embedded => FromResource.Value;

    public string Of(string host)
    {
        var name = ToAscii(host);
        if (name.Length == 0 || IPAddress.TryParse(name.Trim('[', ']'), out _))
            return "";
        var labels = name.Split('.');
        if (Array.Exists(labels, label => label.Length == 0))
            return "";
        var suffixLabels = SuffixLength(name, labels);
        return labels.Length > suffixLabels ? string.Join('.', labels[^(suffixLabels + 1)..]) : "";
    }

    /// <summary>True when the last label is a registered top-level domain.</summary>
    public bool HasKnownSuffix(string host)
    {
        var name = ToAscii(host);
        return name.Length > 0 && _lookup.Contains(name.AsSpan(name.LastIndexOf('.') + 1));
    }

    /// <summary>Lower-case A-label form of a host; empty when it is none.</summary>
    public static string ToAscii(string host)
    {
        var name = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (name.Length is 0 or > MaxHostLength)
            return "";
        if (System.Text.Ascii.IsValid(name))
            return name;
        try
        {
            return Idn.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    /// <summary>U-label form of a host, for eyes and for look-alike checks; the host itself when it does not decode.</summary>
    public static string ToUnicode(string host)
    {
        var name = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (!name.Contains("xn--", StringComparison.Ordinal))
            return name;
        try
        {
            return Idn.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private int SuffixLength(string name, string[] labels)
    {
        var longest = 1;
        var start = 0;
        for (var index = 0; index < labels.Length; index++)
        {
            var candidate = name.AsSpan(start);
            var count = labels.Length - index;
            if (_lookup.Contains($"!{candidate}"))
                return count - 1;
            if (count > longest && _lookup.Contains(candidate))
                longest = count;
            var next = start + labels[index].Length + 1;
            if (count > longest && next <= name.Length && _lookup.Contains($"*.{name.AsSpan(Math.Min(next, name.Length))}"))
                longest = count;
            start = next;
        }

        return longest;
    }
}
