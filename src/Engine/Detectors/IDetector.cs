using Platform.Engine.Authentication;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Detectors;

/// <summary>Looks for one kind of sign. Reports, never decides: weights live in <c>Verdicts/</c>.</summary>
public interface IDetector
{
    /// <summary>Rows of the generated table in the docs: every sign id this detector can report.</summary>
    IReadOnlyList<SignDescription> Signs { get; }

    /// <summary>Yields the signs seen, each with its evidence. Must not throw for any message.</summary>
    IEnumerable<Sign> Inspect(DetectionInput input);
}

public sealed record DetectionInput(MailMessage Message, Envelope Envelope, ScanContext Context, Origin Origin)
{
    /// <summary>Tells who is responsible for a host: by the list that ships with the engine, or the one that the settings name.</summary>
    public OrganisationalDomain Domains { get; init; } = OrganisationalDomain.Embedded;

    /// <summary>What sender authentication found; null when it was not done.</summary>
    public AuthenticationReport? Authentication { get; init; }

    /// <summary>What antivirus, patterns, feeds and lists know of the message.</summary>
    public FeedAnswers Feeds { get; init; } = FeedAnswers.Empty;

    /// <summary>Subject and text folded for comparison; made once for all detectors.</summary>
    internal PlainText Text => field ??= PlainText.Of(Message);

    /// <summary>Where the links lead that a reader is meant to follow.</summary>
    internal LinkSurvey Survey => field ??= LinkSurvey.Of(this);

    /// <summary>What the detectors may still read of the files.</summary>
    internal Examination Examined { get; } = new();

    /// <summary>Who wrote.</summary>
    internal SenderView Sender => field ??= SenderView.Of(this);

    /// <summary>The author, and behind it what a list that rewrote the author put into From.</summary>
    internal IReadOnlyList<SenderView> Senders => field ??= SenderView.Shown(this) is var shown && shown.Address?.Address == Sender.Address?.Address ? [Sender] : [Sender, shown];
}

/// <summary>Something seen, with evidence and the values its sentence needs.</summary>
public sealed record Sign(string Id, Evidence Evidence, params IReadOnlyList<(string Name, string Value)> Arguments)
{
    /// <summary>How strongly it is seen, 0 to 100: that much of its weight counts.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>What kind of attack it tells of, where its id alone does not say; null: the kind in the table of weights.</summary>
    public AttackType? Type { get; init; }
}

/// <param name="Sees">One line: what the sign is.</param>
/// <param name="References">RFC, ATT&amp;CK id or paper.</param>
/// <param name="Arguments">Names of the values that every sign of this id carries for its sentence.</param>
public sealed record SignDescription(string Id, string Sees, string References, params IReadOnlyList<string> Arguments);
