namespace Platform.Engine.Authentication.Dkim;

/// <summary>In whose name and what is signed (RFC 6376, 5).</summary>
public sealed record DkimSigningOptions
{
    /// <summary><c>d=</c> (RFC 6376, 3.5).</summary>
    public required string Domain { get; init; }

    /// <summary><c>s=</c> (RFC 6376, 3.1).</summary>
    public required string Selector { get; init; }

    /// <summary><c>i=</c>; left out when null (RFC 6376, 3.5).</summary>
    public string? Identity { get; init; }

    /// <summary>Canonical form of the header (RFC 6376, 3.4.2), simple otherwise (RFC 6376, 3.4.1).</summary>
    public bool IsHeaderRelaxed { get; init; } = true;

    /// <summary>Canonical form of the body (RFC 6376, 3.4.4), simple otherwise (RFC 6376, 3.4.3).</summary>
    public bool IsBodyRelaxed { get; init; } = true;

    /// <summary>Every field of these names is signed (RFC 6376, 5.4.1).</summary>
    public IReadOnlyList<string> Fields { get; init; } = DefaultFields;

    /// <summary>Signed once more than they stand in the message, present or not, so that none can be added (RFC 6376, 8.15).</summary>
    public IReadOnlyList<string> OverSigned { get; init; } = DefaultOverSigned;

    /// <summary>From <c>t=</c> to <c>x=</c>; no <c>x=</c> when null (RFC 6376, 3.5).</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>What a reader sees or a program acts on (RFC 6376, 5.4.1; RFC 8058, 4 for the List- fields).</summary>
    public static IReadOnlyList<string> DefaultFields { get; } =
    [
        "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    /// <summary>Fields of which a message has one at most and a reader shows the first found (RFC 5322, 3.6; RFC 6376, 8.15).</summary>
    public static IReadOnlyList<string> DefaultOverSigned { get; } =
        ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];

    /// <summary>The value of <c>h=</c> for a message (RFC 6376, 5.4).</summary>
    internal static IEnumerable<string> NamesFor(RawMessage message, IReadOnlyList<string> fields, IReadOnlyList<string> overSigned)
    {
        foreach (var name in fields.Union(overSigned, StringComparer.OrdinalIgnoreCase))
        {
            var count = message.IndicesOf(name).Count + (overSigned.Contains(name, StringComparer.OrdinalIgnoreCase) ? 1 : 0);
            for (var mention = 0; mention < count; mention++)
                yield return name;
        }
    }
}
