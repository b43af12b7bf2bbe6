namespace Platform.Api.Identity.Sessions;

/// <summary>One sign-in of a person: a browser, or a device that was let in by code.</summary>
public sealed class SessionRow
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person proved who they are, which at an outside provider may be days before. Null: the provider does not say.</summary>
    public required DateTimeOffset? AuthenticatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>It ends by then, whatever is done in it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How the person proved who they are, by RFC 8176: <c>pwd</c>, <c>otp</c>, <c>hwk</c>, separated by spaces.</summary>
    public required string Methods { get; init; }

    /// <summary>Network of the address signed in from.</summary>
    public required string Network { get; init; }

    /// <summary>What the browser calls itself, at most 300 characters.</summary>
    public required string UserAgent { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What a session let an application have: an authorization of OpenIddict with the tokens behind it.</summary>
public sealed class SessionGrantRow
{
    public required string AuthorizationId { get; init; }
    public required Guid SessionId { get; init; }
    public required string ClientId { get; init; }
}
