namespace Platform.Grains.Mailboxes;

/// <summary>Stored state; the names of its properties are the stored names.</summary>
internal sealed class MailboxState
{
    public Dictionary<string, Correspondent> Correspondents { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Messages recorded last, oldest first.</summary>
    public List<Guid> Messages { get; init; } = [];

    /// <summary>Mails ever recorded.</summary>
    public long Total { get; set; }
}

internal sealed class Correspondent
{
    public int Received { get; set; }
    public int Sent { get; set; }
    public required DateTimeOffset FirstSeen { get; set; }
    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>Latest last.</summary>
    public List<string> Countries { get; init; } = [];

    /// <summary>Latest last.</summary>
    public List<long> Networks { get; init; } = [];
}
