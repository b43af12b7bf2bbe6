using System.Text.Json.Serialization;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;

namespace Platform.Scanning.Protocol;

internal enum Operation
{
    Scan,
    Preview,
    Journal,

    /// <summary>A mail that a person forwarded.</summary>
    Forward,

    /// <summary>What the confinement denies, tried out from inside; answered only when self-tests were allowed at start.</summary>
    Confinement,
}

internal sealed record RequestHeader(Operation Operation)
{
    public Envelope? Envelope { get; init; }
    public ScanContext? Context { get; init; }
    public ScanLimits? Limits { get; init; }

    /// <summary>The pool answers one question to antivirus, feeds and lists.</summary>
    public bool MayAskFeeds { get; init; }

    /// <summary>Who answers it; stays with the pool.</summary>
    [JsonIgnore]
    public IFeeds? Feeds { get; init; }

    /// <summary>The tenant's own lists; they stay with the pool.</summary>
    [JsonIgnore]
    public ListEntries? Entries { get; init; }
}

/// <summary>What the child sends: one member is set.</summary>
internal sealed record ResponseHeader
{
    /// <summary>Not yet the response: the child waits for a <see cref="DnsExchange"/> before it goes on.</summary>
    public DnsQuestion? Question { get; init; }

    /// <summary>Not yet the response: the child waits for <see cref="FeedAnswers"/> before it goes on.</summary>
    public FeedQuestions? FeedQuestions { get; init; }

    public Verdict? Verdict { get; init; }

    /// <summary>Beside a verdict: what the patterns of the child found; anything else in it is passed over.</summary>
    public FeedAnswers? Found { get; init; }
    public SafePreview? Preview { get; init; }
    public JournalHeader? Journal { get; init; }
    public ForwardHeader? Forward { get; init; }
    public ConfinementReport? Confinement { get; init; }
}

/// <param name="Name">Without the last dot; a name by <see cref="DnsName.IsName"/>.</param>
internal sealed record DnsQuestion(string Name, DnsType Type)
{
    /// <summary>Bytes of a frame with a question; a longest name, each character escaped, takes less.</summary>
    public const int MaxFrameBytes = 2 * 1024;
}

/// <summary>A <see cref="JournalReport"/> whose message travels as the body of the frame.</summary>
internal sealed record JournalHeader(bool IsReport, string? Sender, IReadOnlyList<string> Recipients);

/// <summary>A <see cref="ForwardedMail"/> whose message travels as the body of the frame.</summary>
internal sealed record ForwardHeader(bool IsAttached, IReadOnlyList<string> Refers);

/// <param name="Missing">Walls the operating system did not grant, in words for operators.</param>
internal sealed record ReadyHeader(int Version, IReadOnlyList<string> Missing)
{
    public const int CurrentVersion = 4;
}

/// <summary>Each attempt with the error number it met; zero means that it was let through.</summary>
/// <param name="Outer">With Landlock and resource limits alone, before the system call filter.</param>
/// <param name="Full">With every wall in place.</param>
internal sealed record ConfinementReport(IReadOnlyDictionary<string, int> Outer, IReadOnlyDictionary<string, int> Full);
