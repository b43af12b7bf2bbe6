using System.Text.Json.Serialization;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.PersonalData;

namespace Platform.Engine.Verdicts;

/// <summary>The answer of the scanner: what the message is, why, whence, and the facts lists and search need.</summary>
/// <param name="Score">0 to 100. No score without a reason.</param>
/// <param name="Type">The leading attack type; null when clean.</param>
/// <param name="NotAsked">What could not be asked or read, in stable ids (<c>dns</c>, <c>feeds</c>, <c>source:NAME</c>, <c>limit-depth</c>): said, never silent.</param>
public sealed record Verdict(
    VerdictKind Kind,
    AttackType? Type,
    int Score,
    IReadOnlyList<Reason> Reasons,
    Origin Origin,
    MessageFacts Facts,
    IReadOnlyList<string> NotAsked,
    string EngineVersion)
{
    public const int MaxBehaviours = 100;

    /// <summary>What sender authentication found; null when it was not done: mail going out, a scan offline, a row of an older version.</summary>
    public AuthenticationFacts? Authentication { get; init; }

    /// <summary>What DNS answered to this scan, to be kept with its context (<see cref="ScanContext.Dns"/>); null when it could not be asked.</summary>
    [JsonIgnore]
    public DnsSnapshot? Dns { get; init; }

    /// <summary>How antivirus, patterns, feeds and lists fared, one a source; empty where none is set up.</summary>
    public IReadOnlyList<SourceStatus> Sources { get; init => field = value ?? []; } = [];

    /// <summary>What scripts, macros and shortcuts in the mail would do, in the order they were seen; at most <see cref="MaxBehaviours"/>.</summary>
    public IReadOnlyList<ObservedBehaviour> Behaviours { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Under which addresses a mail that goes out says to be written and sent (RFC 5322, 3.6.2: From, Sender), as any reader may take it. Empty where
    /// readers would differ, where it names nobody, and for mail that comes in.
    /// </summary>
    public IReadOnlyList<string> Authors { get; init => field = value ?? []; } = [];

    /// <summary>The sender stands on an allow list and nothing speaks against its being the sender: unwanted mail is delivered, attacks are not (DET10).</summary>
    public bool AllowListed { get; init; }

    /// <summary>Sender, network, link or file stand on a block list of the tenant or its MSP: at least quarantined.</summary>
    public bool BlockListed { get; init; }

    /// <summary>Classes of personal data in subject, body and files, one each; empty in rows of an older version. Adds nothing to the score.</summary>
    public IReadOnlyList<PersonalDataFinding> PersonalData { get; init => field = value ?? []; } = [];

    /// <summary>What the sources answered to this scan, to be kept with its context (<see cref="ScanContext.Feeds"/>).</summary>
    [JsonIgnore]
    public FeedAnswers? Feeds { get; init; }
}

/// <summary>What lists, search and events show of a message. All text is decoded, bounded and hostile.</summary>
/// <param name="MessageIdHeader">The Message-ID header without angle brackets; empty when absent.</param>
/// <param name="Text">Visible text for search, at most <see cref="MaxTextLength"/> characters.</param>
public sealed record MessageFacts(
    string MessageIdHeader,
    string Subject,
    string FromAddress,
    string FromName,
    IReadOnlyList<string> ReplyTo,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    DateTimeOffset? Date,
    IReadOnlyList<AttachmentFacts> Attachments,
    IReadOnlyList<string> Links,
    string Text)
{
    public const int MaxTextLength = 32_768;
    public const int MaxFilesTextLength = 65_536;
    public const int MaxListed = 100;
    public const int MaxMoreNamesLength = 65_536;

    /// <summary>Names of the files beyond the first <see cref="MaxListed"/>, of <see cref="MaxMoreNamesLength"/> characters together at most.</summary>
    public IReadOnlyList<string> MoreNames { get; init => field = value ?? []; } = [];

    public const int MaxInReplyTo = 20;

    /// <summary>Ids of the messages that it answers, the last one first (RFC 5322, 3.6.4), without angle brackets; at most <see cref="MaxInReplyTo"/>.</summary>
    public IReadOnlyList<string> InReplyTo { get; init => field = value ?? []; } = [];

    /// <summary>Text of the files, in the order in which they stand, at most <see cref="MaxFilesTextLength"/> characters; for the rules of tenants, not for search.</summary>
    public string FilesText { get; init => field = value ?? ""; } = "";

    public static MessageFacts Empty { get; } = new("", "", "", "", [], [], [], null, [], [], "");
}

/// <param name="Size">Decoded size in bytes.</param>
/// <param name="Type">Media type by content, not by name.</param>
/// <param name="Sha256">Lower-case hex of the decoded content.</param>
public sealed record AttachmentFacts(string Name, string DeclaredType, string Type, long Size, string Sha256);
