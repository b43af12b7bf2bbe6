namespace Platform.Engine.Feeds;

/// <summary>What all sources said of one message, kept so that the scan can be repeated without asking.</summary>
/// <param name="Sources">One a source, in the order of the settings.</param>
/// <param name="Hits">At most <see cref="MaxHits"/>.</param>
public sealed record FeedAnswers(IReadOnlyList<SourceStatus> Sources, IReadOnlyList<FeedHit> Hits)
{
    public const int MaxSources = 100;
    public const int MaxHits = 200;
    public const int MaxText = 300;

    public static FeedAnswers Empty { get; } = new([], []);

    /// <summary>Entries of the tenant's and the MSP's own lists that meet the message by name.</summary>
    public IReadOnlyList<ListEntry> Entries { get; init => field = value ?? []; } = [];

    public FeedAnswers With(FeedAnswers other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new FeedAnswers([.. Sources.Concat(other.Sources).Take(MaxSources)], [.. Hits.Concat(other.Hits).Take(MaxHits)]) { Entries = [.. Entries, .. other.Entries] };
    }

    /// <summary>The same with every text cut to its bound: for answers that a stranger may have had a hand in.</summary>
    public FeedAnswers Bounded() => new(
        [.. Sources.Take(MaxSources).Select(source => source with { Name = Cut(source.Name), Detail = Cut(source.Detail) })],
        [.. Hits.Take(MaxHits).Select(hit => hit with { Source = Cut(hit.Source), Where = Cut(hit.Where), Value = Cut(hit.Value), Detail = Cut(hit.Detail) })]) { Entries = Entries };

    private static string Cut(string? text) => text is null ? "" : text.Length <= MaxText ? text : text[..MaxText];
}

/// <summary>How asking a source ended.</summary>
public enum SourceOutcome
{
    /// <summary>It knows something of the message.</summary>
    Hit,

    /// <summary>It was asked and knows nothing.</summary>
    NoHit,

    /// <summary>Nobody asked it: none is set up, the part is not on this machine, or the scan is offline.</summary>
    NotAsked,

    /// <summary>It gave no answer.</summary>
    Failed,
}

/// <summary>What kind of source it is.</summary>
public enum SourceKind
{
    Antivirus,
    Yara,
    List,
    DnsList,
}

/// <param name="Name">As the settings name it: <c>clamd</c>, <c>urlhaus</c>.</param>
/// <param name="Detail">Why it was not asked or failed, or how old its data is; empty when there is nothing to say.</param>
public sealed record SourceStatus(string Name, SourceKind Kind, SourceOutcome Outcome, string Detail)
{
    /// <summary>The name in scan output and the API: <c>hit</c>, <c>no-hit</c>, <c>not-asked</c>, <c>failed</c>.</summary>
    public static string WireName(SourceOutcome outcome) => outcome switch
    {
        SourceOutcome.Hit => "hit",
        SourceOutcome.NoHit => "no-hit",
        SourceOutcome.NotAsked => "not-asked",
        SourceOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };
}

/// <summary>What of a message a source knows.</summary>
public enum HitKind
{
    /// <summary>An antivirus knows the message or a file by a signature.</summary>
    Malware,

    /// <summary>An antivirus suspects it by rules of thumb.</summary>
    Suspicion,

    /// <summary>A pattern rule that its author calls proof of malware met a file.</summary>
    MalwareRule,

    /// <summary>A pattern rule met a file.</summary>
    Rule,

    /// <summary>The digest of a file.</summary>
    File,

    /// <summary>The very URL of a link.</summary>
    Url,

    /// <summary>The host of a link, or the domain it belongs to.</summary>
    Domain,

    /// <summary>The address or domain of a sender.</summary>
    Sender,

    /// <summary>The IP address whence the message came.</summary>
    Address,
}

/// <param name="Where">Attachment path, or empty where it is the message itself.</param>
/// <param name="Value">What is known: digest, URL, host, address, name of a signature or rule.</param>
/// <param name="Detail">What the source says of it: name of the malware, campaign, code; empty when nothing.</param>
public sealed record FeedHit(string Source, HitKind Kind, string Where, string Value, string Detail);
