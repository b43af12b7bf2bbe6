using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>A record evaluated, with what the one above it needs to know.</summary>
/// <param name="Explanation">For a result by a directive (RFC 7208, 6.2).</param>
/// <param name="ExplanationDomain">Whose record <paramref name="Explanation"/> stands in.</param>
internal sealed record SpfVerdict(SpfCheck Check, SpfMatch? Match = null, SpfModifier? Explanation = null, string ExplanationDomain = "")
{
    public static SpfVerdict WithoutRecord(string domain, DnsStatus answer, AuthenticationResult result, string problem) =>
        new(new SpfCheck(domain, answer, null, result, problem, []));
}

/// <summary>A term evaluated (RFC 7208, 4.6.2).</summary>
/// <param name="Problem">One sentence for an error.</param>
internal readonly record struct SpfTerm(SpfOutcome Outcome, string? Problem = null)
{
    public static SpfTerm Match { get; } = new(SpfOutcome.Match);

    public static SpfTerm NoMatch { get; } = new(SpfOutcome.NoMatch);

    /// <summary>DNS had nothing for it.</summary>
    public static SpfTerm Void { get; } = NoMatch with { IsVoid = true };

    public bool IsVoid { get; init; }

    /// <summary>Of an include.</summary>
    public SpfCheck? Check { get; init; }

    /// <summary>Of an include that matched.</summary>
    public SpfMatch? Within { get; init; }

    public static SpfTerm Of(bool isMatch) => isMatch ? Match : NoMatch;

    public static SpfTerm Temporary(string problem) => new(SpfOutcome.TempError, problem);

    public static SpfTerm Permanent(string problem) => new(SpfOutcome.PermError, problem);
}
