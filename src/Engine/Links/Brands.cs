using System.Buffers;
using System.Collections.Frozen;

namespace Platform.Engine.Links;

/// <summary>A name that phishers like to borrow, and the domains under which it really writes.</summary>
/// <param name="OrdinaryLabel">The first label of the domain is an ordinary word, a place or a surname: others have it in their domains.</param>
/// <param name="Names">Normalised names as they stand in display names and texts.</param>
/// <param name="OnlyWhole">The name is an ordinary word too: it counts only when it is the whole display name.</param>
/// <param name="Domains">Organisational domains; <c>amazon.*</c> stands for every suffix, a public suffix (<c>gov.uk</c>) for all below it.</param>
internal sealed record Brand(string Id, bool OnlyWhole, bool OrdinaryLabel, IReadOnlyList<string> Names, FrozenSet<string> Domains)
{
    /// <summary>The longer names as the eye takes them, letters and digits alone: <c>PayPaI</c> and <c>Pay Pal</c> are one.</summary>
    public required IReadOnlyList<string> Skeletons { get; init; }

    /// <summary>The first domain: the one that look-alikes imitate.</summary>
    public required NamedHost Main { get; init; }

    public bool Owns(string organisationalDomain) =>
        organisationalDomain.Length > 0
        && (Domains.Contains(organisationalDomain) || Domains.Contains($"{organisationalDomain[..organisationalDomain.IndexOf('.')]}.*") || Domains.Contains(organisationalDomain[(organisationalDomain.IndexOf('.') + 1)..]));
}

/// <summary>
/// The embedded list of widely abused brands. A line: <c>id | name; name | domain, domain</c>; an id with <c>=</c> before
/// it marks a name that is an ordinary word as well, with <c>~</c> a domain whose label is one.
/// </summary>
internal sealed class Brands
{
    private const int ShortestForSkeleton = 6;

    // Against so many names a single slip in a short one is chance.
    private const int ShortestForTypo = 7;

    private static readonly Lazy<Brands> FromResource = new(() => new Brands(EmbeddedText.Lines("Links/brands.txt")));

    private readonly FrozenSet<string> _domains;
    private readonly SearchValues<string> _names;
    private readonly FrozenSet<string> _skeletons;
    private readonly FrozenDictionary<string, Brand>.AlternateLookup<ReadOnlySpan<char>> _byId;

    public Brands(IEnumerable<string> lines)
    {
        All = [.. lines.Select(Parse)];
        _names = SearchValues.Create([.. All.SelectMany(brand => brand.Names)], StringComparison.Ordinal);
        _skeletons = All.SelectMany(brand => brand.Skeletons).ToFrozenSet(StringComparer.Ordinal);
        _domains = All.SelectMany(brand => brand.Domains).ToFrozenSet(StringComparer.Ordinal);
        _byId = All.ToFrozenDictionary(brand => brand.Id, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static Brands Embedded => FromResource.Value;

    public IReadOnlyList<Brand> All { get; }

    public Brand? WithId(ReadOnlySpan<char> id) => _byId.TryGetValue(id, out var brand) ? brand : null;

    /// <summary>Whether any brand's name stands in the folded text, be it within a word. False: it need not be asked for each.</summary>
    public bool MayName(string foldedText) => foldedText.AsSpan().ContainsAny(_names);

    /// <summary>Whether a form made by <see cref="Letters"/> is that of any brand's name.</summary>
    public bool IsSkeleton(string letters) => _skeletons.Contains(letters);

    /// <summary>The brand that a host imitates, and how; null when it imitates none or belongs to one.</summary>
    public (Brand Brand, LookAlikeTrick Trick)? ImitatedBy(NamedHost host)
    {
        if (IsOfBrand(host.Domain))
            return null;
        foreach (var brand in All)
            if (LookAlike.Judge(host, brand.Main, otherSuffix: false) is { } trick && Counts(brand, trick))
                return (brand, trick);
        return null;
    }

    /// <summary>Whether the domain belongs to any listed brand.</summary>
    public bool IsOfBrand(string organisationalDomain) =>
        organisationalDomain.Length > 0
        && (_domains.Contains(organisationalDomain) || _domains.Contains($"{organisationalDomain.AsSpan(0, organisationalDomain.IndexOf('.'))}.*") || _domains.Contains(organisationalDomain[(organisationalDomain.IndexOf('.') + 1)..]));

    /// <summary>The form of a name or text in which names that look alike are equal.</summary>
    public static string Letters(string text) => Confusables.Skeleton(string.Concat(text.Where(char.IsLetterOrDigit)));

    private static bool Counts(Brand brand, LookAlikeTrick trick) => trick switch
    {
        LookAlikeTrick.Homoglyph or LookAlikeTrick.SubDomain => true,
        LookAlikeTrick.Typo => !brand.OnlyWhole && !brand.OrdinaryLabel && brand.Main.Label.Length >= ShortestForTypo,
        _ => !brand.OnlyWhole && !brand.OrdinaryLabel,
    };

    private static Brand Parse(string line)
    {
        var fields = line.Split('|', StringSplitOptions.TrimEntries);
        var domains = fields[2].Split(',', StringSplitOptions.TrimEntries);
        string[] names = [.. fields[1].Split(';', StringSplitOptions.TrimEntries).Select(Language.NormalText.Fold)];
        return new Brand(fields[0].TrimStart('=', '~'), fields[0][0] == '=', fields[0][0] == '~', names, domains.ToFrozenSet(StringComparer.Ordinal))
        {
            Skeletons = [.. names.Where(name => name.Length >= ShortestForSkeleton).Select(Letters)],
            Main = NamedHost.Of(domains[0].Replace(".*", ".com", StringComparison.Ordinal), OrganisationalDomain.Embedded) ?? throw new FormatException($"'{domains[0]}' is no domain."),
        };
    }
}
