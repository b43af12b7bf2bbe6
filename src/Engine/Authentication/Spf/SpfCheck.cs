using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Spf;

/// <summary>One record evaluated (RFC 7208, 4): that of the sender's domain, or one that include or redirect led to.</summary>
/// <param name="Domain">Whose record (RFC 7208, 4.1).</param>
/// <param name="Answer">How the question for its TXT records ended (RFC 7208, 4.4); NotAsked when the name cannot be asked for.</param>
/// <param name="Record">The record as DNS has it (RFC 7208, 3, 4.5); null when there is none, more than one or no answer.</param>
/// <param name="Result">What this record gives, before an include turns it into match or no match (RFC 7208, 5.2).</param>
/// <param name="Problem">Why there is no result (RFC 7208, 2.6.6, 2.6.7): one English sentence; else null.</param>
/// <param name="Lookups">The terms evaluated that asked DNS, in their order (RFC 7208, 4.6.4).</param>
public sealed record SpfCheck(string Domain, DnsStatus Answer, string? Record, AuthenticationResult Result, string? Problem, IReadOnlyList<SpfLookup> Lookups);

/// <summary>A term that asked DNS (RFC 7208, 4.6.4).</summary>
/// <param name="Term">As the record has it (RFC 7208, 4.6.1): <c>include:spf.example.net</c>, <c>redirect=_spf.example.org</c>.</param>
/// <param name="Number">Its count against the limit, from 1 (RFC 7208, 4.6.4).</param>
/// <param name="Target">The name it asks for, macros expanded (RFC 7208, 4.8); empty when they gave none.</param>
/// <param name="Outcome">How it ended (RFC 7208, 4.6.2).</param>
/// <param name="IsVoid">DNS had nothing for it (RFC 7208, 4.6.4).</param>
/// <param name="Questions">What was asked for it, in order (RFC 7208, 5), but for the record it led to.</param>
/// <param name="Check">The record that an include or redirect led to (RFC 7208, 5.2, 6.1); null for other terms and over the limit.</param>
public sealed record SpfLookup(string Term, int Number, string Target, SpfOutcome Outcome, bool IsVoid, IReadOnlyList<SpfQuestion> Questions, SpfCheck? Check);

/// <summary>A question to DNS and how it ended (RFC 7208, 5).</summary>
/// <param name="Name">The name asked for: a target name (RFC 7208, 4.8), a host of an MX record (RFC 7208, 5.4), the client's address reversed or a name it has (RFC 7208, 5.5).</param>
/// <param name="Type">What the mechanism asks for (RFC 7208, 5.3 to 5.7).</param>
/// <param name="Status">No answer makes a temperror (RFC 7208, 5), an empty one a void look-up (RFC 7208, 4.6.4).</param>
public readonly record struct SpfQuestion(string Name, DnsType Type, DnsStatus Status);

/// <summary>What a term came to (RFC 7208, 4.6.2).</summary>
public enum SpfOutcome
{
    /// <summary>Evaluation goes on with the next term (RFC 7208, 4.6.2).</summary>
    NoMatch,

    /// <summary>The term gives the result (RFC 7208, 4.6.2).</summary>
    Match,

    /// <summary>DNS gave no answer (RFC 7208, 2.6.6).</summary>
    TempError,

    /// <summary>The record cannot be evaluated (RFC 7208, 2.6.7).</summary>
    PermError,
}
