namespace Platform.Engine.Authentication.Spf;

/// <summary>Limits of one evaluation (RFC 7208, 4.6.4, 11.1). The defaults are those of the standard.</summary>
public sealed record SpfLimits
{
    /// <summary>Terms that ask DNS, over all records of the evaluation (RFC 7208, 4.6.4); one more is permerror. Bounds the depth of include and redirect too.</summary>
    public int MaxLookups { get; init; } = 10;

    /// <summary>Terms for which DNS has nothing (RFC 7208, 4.6.4); one more is permerror.</summary>
    public int MaxVoidLookups { get; init; } = 2;

    /// <summary>MX hosts of one mechanism whose addresses are asked for (RFC 7208, 4.6.4); one more is permerror.</summary>
    public int MaxExchangers { get; init; } = 10;

    /// <summary>PTR names of the client whose addresses are asked for (RFC 7208, 4.6.4, 5.5); further ones are left out.</summary>
    public int MaxPointers { get; init; } = 10;

    /// <summary>Characters of an explanation (RFC 7208, 6.2); the rest is cut off, since it goes into a reply of SMTP.</summary>
    public int MaxExplanationLength { get; init; } = 1_000;
}
