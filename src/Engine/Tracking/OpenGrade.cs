namespace Platform.Engine.Tracking;

/// <summary>Who opened something of a mail, as far as that can be told. The names are stored.</summary>
public enum OpenGrade
{
    /// <summary>No person: a scanner, or a proxy that fetches pictures whether the mail is read or not.</summary>
    Machine,

    /// <summary>A person or a machine; nobody can tell.</summary>
    Unknown,

    /// <summary>A person, who has the mail before its eyes.</summary>
    Person,
}

/// <summary>What of a mail was opened. The names are stored.</summary>
public enum OpenTarget
{
    /// <summary>The picture of its own in each recipient's copy.</summary>
    Picture,

    /// <summary>A link in it.</summary>
    Link,

    /// <summary>The mail itself, in the secure reader.</summary>
    Reader,
}

/// <param name="Reason">One of <see cref="OpenReasons.All"/>.</param>
public sealed record GradedOpen(OpenGrade Grade, string Reason)
{
    /// <summary>What asked, from a closed set of words.</summary>
    public required Agent Agent { get; init; }

    /// <summary>A proxy asked in a person's place, so that neither place nor device are the person's.</summary>
    public bool IsByProxy { get; init; }
}
