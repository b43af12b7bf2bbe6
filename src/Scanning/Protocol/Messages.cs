using System.Text.Json.Serialization;
using Platform.Engine;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Engine.Letters;
using Platform.Engine.Preview;
using Platform.Engine.Rewriting;
using Platform.Engine.Verdicts;

namespace Platform.Scanning.Protocol;

internal enum Operation
{
    Scan,
    Preview,
    Journal,

    /// <summary>A mail that a person forwarded.</summary>
    Forward,

    /// <summary>A mail on its way out.</summary>
    Rewrite,

    /// <summary>A mail as its reader sees it.</summary>
    Letter,

    /// <summary>One file of it.</summary>
    File,

    /// <summary>What the confinement denies, tried out from inside; answered only when self-tests were allowed at start.</summary>
    Confinement,
}

internal sealed record RequestHeader(Operation Operation)
{
    public Envelope? Envelope { get; init; }
    public ScanContext? Context { get; init; }
    public ScanLimits? Limits { get; init; }
    public MailRewrite? Rewrite { get; init; }

    /// <summary>Of a letter and its files.</summary>
    public LetterView? View { get; init; }

    /// <summary>Of a file.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes that the body of a response may have; what is rewritten is coded anew, and grows by a third and what is added.</summary>
    public int MaxBodyBytes(int message) => Operation == Operation.Rewrite ? (int)Math.Min(int.MaxValue, (message * 2L) + (1 << 20)) : message;

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
    public RewrittenHeader? Rewritten { get; init; }
    public Letter? Letter { get; init; }
    public FileHeader? File { get; init; }
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

/// <summary>A <see cref="RewrittenMail"/> whose message travels as the body of the frame.</summary>
internal sealed record RewrittenHeader(RewriteEnd End, IReadOnlyList<TakenFile> Taken);

/// <summary>An <see cref="OpenedFile"/> whose content travels as the body of the frame.</summary>
/// <param name="File">Null: there is none.</param>
internal sealed record FileHeader(LetterFile? File, string Text);

/// <param name="Missing">Walls the operating system did not grant, in words for operators.</param>
internal sealed record ReadyHeader(int Version, IReadOnlyList<string> Missing)
{
    public const int CurrentVersion = 5;
}

/// <summary>Each attempt with the error number it met; zero means that it was let through.</summary>
/// <param name="Outer">With Landlock and resource limits alone, before the system call filter.</param>
/// <param name="Full">With every wall in place.</param>
internal sealed record ConfinementReport(IReadOnlyDictionary<string, int> Outer, IReadOnlyDictionary<string, int> Full);
