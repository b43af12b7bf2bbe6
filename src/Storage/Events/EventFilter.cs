using Platform.Engine;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Events;

/// <summary>Which events of a feed. All that is given must hold; an empty list is as none given.</summary>
public sealed record EventFilter
{
    public static EventFilter None { get; } = new();

    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    /// <summary>As the message stood at the event; events before the verdict have none.</summary>
    public IReadOnlyCollection<VerdictKind> Verdicts { get; init; } = [];

    public MailDirection? Direction { get; init; }

    /// <summary>Address of the recipient, case not regarded.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Recorded at this moment or later. What is stored late is recorded late, so nothing is missed by it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Some events between two places may be passed over.</summary>
    internal bool PassesOver => Kinds.Count > 0 || Verdicts.Count > 0 || Direction is not null || Mailbox is not null;
}
