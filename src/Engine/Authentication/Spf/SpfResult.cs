namespace Platform.Engine.Authentication.Spf;

/// <summary>What SPF found, and how (RFC 7208, 2.6, 8).</summary>
public sealed record SpfResult
{
    /// <summary>None, Neutral, Pass, Fail, SoftFail, TempError or PermError (RFC 7208, 2.6).</summary>
    public required AuthenticationResult Result { get; init; }

    /// <summary>Which identity was checked (RFC 7208, 2.3, 2.4).</summary>
    public required SpfIdentity Identity { get; init; }

    /// <summary>The domain checked (RFC 7208, 4.1), in A-labels without the last dot when it has that form; else as the client gave it, cut at 255 characters.</summary>
    public required string Domain { get; init; }

    /// <summary>The mechanism that gave the result (RFC 7208, 4.6.2); null when none matched, or there is no result of a record.</summary>
    public SpfMatch? Match { get; init; }

    /// <summary>Text of the domain for whom it refuses (RFC 7208, 6.2), in ASCII, printable; null when there is none. A stranger wrote it.</summary>
    public string? Explanation { get; init; }

    /// <summary>One English sentence for a TempError, PermError (RFC 7208, 2.6.6, 2.6.7) or None; else null.</summary>
    public string? Problem { get; init; }

    /// <summary>The record of <see cref="Domain"/> with its look-ups, and within them the records they led to (RFC 7208, 4.6.4).</summary>
    public required SpfCheck Check { get; init; }

    /// <summary>Terms that asked DNS (RFC 7208, 4.6.4), the one over the limit included.</summary>
    public required int Lookups { get; init; }

    /// <summary>Those of them for which DNS had nothing (RFC 7208, 4.6.4).</summary>
    public required int VoidLookups { get; init; }
}

/// <summary>A mechanism that matched (RFC 7208, 4.6.2).</summary>
/// <param name="Term">As the record has it (RFC 7208, 4.6.1): <c>-all</c>.</param>
/// <param name="Domain">Whose record it stands in (RFC 7208, 4.1).</param>
/// <param name="Within">For an include (RFC 7208, 5.2): what matched in the included record; null for any other mechanism.</param>
public sealed record SpfMatch(string Term, string Domain, SpfMatch? Within = null);
