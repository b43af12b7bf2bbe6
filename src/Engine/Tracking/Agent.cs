namespace Platform.Engine.Tracking;

/// <summary>What kind of program asks, by what it says of itself.</summary>
public enum AgentKind
{
    /// <summary>It says nothing.</summary>
    None,

    /// <summary>Nothing that is known.</summary>
    Other,

    Browser,

    MailProgram,

    /// <summary>Fetches pictures in place of a person's program.</summary>
    PictureProxy,

    /// <summary>A scanner, robot or library, or anything else that is nobody's eyes.</summary>
    Program,
}

/// <summary>The names are stored.</summary>
public enum DeviceKind
{
    Unknown,
    Desktop,
    Phone,
    Tablet,
}

/// <summary>A program and its device, from a closed set of words whatever the request says.</summary>
/// <param name="Family"><c>Chrome</c>, <c>Outlook</c>; empty: not known.</param>
/// <param name="System"><c>Windows</c>, <c>iOS</c>; empty: not known.</param>
public sealed record Agent(AgentKind Kind, string Family, string System, DeviceKind Device)
{
    public static Agent None { get; } = new(AgentKind.None, "", "", DeviceKind.Unknown);

    /// <summary>A program of its kind tells for what it fetches (Fetch Metadata), on connections with TLS.</summary>
    public bool TellsPurpose { get; init; }
}
