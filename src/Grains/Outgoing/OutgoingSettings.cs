namespace Platform.Grains.Outgoing;

/// <summary>Outgoing mail before it leaves, and the links to it in mails.</summary>
public sealed record OutgoingSettings
{
    /// <summary>How late a stage may end.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long links to cancel and confirm work at least; those of a mail that may wait longer work as long as it may.</summary>
    public TimeSpan LinksFor { get; init; } = TimeSpan.FromDays(8);

    /// <summary>Mails in one summary.</summary>
    public int MaxListed { get; init; } = 50;
}
